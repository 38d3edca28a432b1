// Keeps a file that ends the process while it is imported, or never finishes, from passing for a deploy.
import { writeSync } from 'node:fs'
import { allThatIsDue } from '../../ground/clock.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { problemOf } from '../../engine/problem.ts'
import { wantsColor } from '../../output/color.ts'
import { errorText } from '../program/program.ts'
import { onUncaught } from '../program/uncaught.ts'
import { setExitCode } from '../program/unfinished.ts'

/** What an error that nothing has caught ends with, which says so itself. */
const uncaught = 70

/**
 * Does what imports a file. Where the process ends meanwhile, it ends with 2 and says which file it was. Rejects with what nothing in
 * the file has caught.
 */
export async function endingWithTwo<T>(path: string, act: () => Promise<T>): Promise<T> {
  let isStuck = false
  const stuck = (): void => void (isStuck = true)
  const ended = (code: number): void => {
    if (code === uncaught) return
    const how = isStuck ? 'never finishes: nothing settles what it awaits' : `calls process.exit(${code})`
    const problem = problemOf(
      new EcsTaskError('BadArguments', 'A file cannot be used.', { problems: [`${path}: ${how}`] }),
    )
    writeSync(2, errorText(problem, wantsColor(process.env, process.stderr)))
    setExitCode(2)
  }
  // Before whoever else hears of the end: this says more of it.
  process.once('beforeExit', stuck).prependOnceListener('exit', ended)
  let unlisten = (): void => {}
  const uncaughtError = new Promise<never>((_, reject) => {
    unlisten = onUncaught(({ cause }, nothingGoesOn) => nothingGoesOn || reject(cause))
  })
  const answered = async (): Promise<T> => {
    const answer = await act()
    await allThatIsDue()
    return answer
  }
  try {
    return await Promise.race([answered(), uncaughtError])
  } finally {
    unlisten()
    process.off('beforeExit', stuck).off('exit', ended)
  }
}
