// Which file has called `main()`.
import { pathToFileURL } from 'node:url'
import type { FoundFile } from './foundFiles.ts'

/** Below this frame stands whoever imports the file, which has not called what it calls. */
const loading = /\bnode:internal\/modules\//

/** The path of the first of these files in the stack of a call, by the code that a module runs itself; undefined where there is none. */
export function callerAmong(files: readonly FoundFile[], stack: string): string | undefined {
  const frames = stack.split('\n').slice(1)
  const end = frames.findIndex((frame) => loading.test(frame))
  const own = end < 0 ? frames : frames.slice(0, end)
  return own.map((frame) => files.find(({ real }) => isIn(frame, real))).find((file) => file !== undefined)?.path
}

/** A place is a path or a URL, with a line behind it; tsx puts a query between them. */
function isIn(frame: string, file: string): boolean {
  return [file, pathToFileURL(file).href].some((at) => frame.includes(`${at}:`) || frame.includes(`${at}?`))
}
