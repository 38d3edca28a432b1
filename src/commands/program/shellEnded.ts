// Notices that nobody waits for this process any more, where a package manager's shell stands in between.
import { readFileSync } from 'node:fs'
import { systemClock } from '../../ground/clock.ts'

/** Milliseconds between two looks. */
const pace = 250

/**
 * Resolves once the `sh -c` that runs this process has ended, or the package manager that started that shell. npx, npm,
 * pnpm and yarn put such a shell in between, and a signal that ends them never reaches the program. Never resolves where
 * there is no such shell, or where it runs the program in the background and is expected to end first.
 */
export async function shellEnded(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  if (!isWaitedFor()) return new Promise(() => {})
  const isInScript = env['npm_lifecycle_event'] !== undefined
  const waiting = (): string => [process.ppid, isInScript && parentOf(process.ppid)].join()
  const atFirst = waiting()
  const clock = systemClock()
  while (waiting() === atFirst) await clock.sleep(pace)
}

/** Whether a script puts something in the background: a lone `&` does, `&&` and `2>&1` do not. */
export const hasBackground = (script: string): boolean => /(?<![&>])&(?![&>])/.test(script)

function isWaitedFor(): boolean {
  const [, option, script] = read(`/proc/${process.ppid}/cmdline`)?.split('\0') ?? []
  return option === '-c' && script !== undefined && !hasBackground(script)
}

function parentOf(pid: number): string | undefined {
  return /^PPid:\s*(\d+)$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1]
}

/** Undefined where there is no such file: the shells of systems without /proc leave none in between. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
