// Which file has called `main()`.
import { pathToFileURL } from 'node:url'
import type { FoundFile } from './foundFiles.ts'

/** Below this frame stands whoever imports the file, which has not called what it calls. */
const loading = /\bnode:internal\/modules\//

/** Answers with the path of the first of these files in the stack of a call, by the code that a module runs itself; undefined without one. */
export function callerAmong(files: readonly FoundFile[]): (stack: string) => string | undefined {
  const paths = new Map(files.flatMap(({ path, real }) => [real, pathToFileURL(real).href].map((at) => [at, path])))
  return (stack) => {
    const frames = stack.split('\n').slice(1)
    const end = frames.findIndex((frame) => loading.test(frame))
    const places = (end < 0 ? frames : frames.slice(0, end)).flatMap(placesIn)
    return paths.get(places.find((place) => paths.has(place)) ?? '')
  }
}

/** What may be the path or the URL of a frame: `at name (file:3:5)`, `at async file:3:5`; tsx puts a query behind the file. */
function placesIn(frame: string): string[] {
  const place = frame.replace(/:\d+:\d+\)?$/, '')
  return [place, place.replace(/\?[^?]*$/, '')].flatMap((text) =>
    ['at ', 'async ', ' ('].map((before) => text.slice(text.indexOf(before) + before.length)),
  )
}
