// Keeps a file whose class is never run from passing for a deploy.
import { readFileSync, writeSync } from 'node:fs'
import { EcsTaskError } from '../../ground/errors.ts'
import { problemOf } from '../../engine/problem.ts'
import { wantsColor } from '../../output/color.ts'
import { errorText } from '../program/program.ts'

const commands = ['deploy', 'rollback', 'wait', 'continue', 'status', 'debug']

/** Ends a process with 2 that was given one of our commands, has run a file about an EcsTask, and did nothing with it. */
export function requireMain(isUsed: () => boolean): void {
  process.once('exit', (code) => {
    const [, file = '', ...words] = process.argv
    if (code !== 0 || isUsed() || !words.some((word) => commands.includes(word)) || !isAboutTask(file)) return
    const problem = problemOf(
      new EcsTaskError('BadArguments', `${file} never calls main(), so nothing was done.`, {
        fix: 'End the file with: void new YourTask().main()',
      }),
    )
    process.exitCode = 2
    writeSync(2, errorText(problem, wantsColor(process.env, process.stderr)))
  })
}

/** tsx runs a file whose extension is left out, too. */
function isAboutTask(file: string): boolean {
  return ['', '.ts', '.mts', '.js'].some((extension) => {
    try {
      return /\bEcsTask\b/.test(readFileSync(file + extension, 'utf8'))
    } catch {
      return false
    }
  })
}
