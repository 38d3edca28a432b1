// Keeps a file whose class is never run from passing for a deploy.
import { readFileSync, writeSync } from 'node:fs'
import { relative } from 'node:path'
import { EcsTaskError } from '../../ground/errors.ts'
import { problemOf } from '../../engine/problem.ts'
import { wantsColor } from '../../output/color.ts'
import { errorText } from '../program/program.ts'
import { reasonOf } from './reasonOf.ts'

/**
 * Ends a process with 2 that was given one of these commands, has run a file about an EcsTask, and did nothing with it; so, too,
 * where the file throws before it does something: Node alone would end with 1, which says that everything was put back.
 */
export function requireMain(commands: readonly string[], isUsed: () => boolean): void {
  const [, file = '', ...words] = process.argv
  const isOurs = (): boolean => !isUsed() && words.some((word) => commands.includes(word)) && isAboutTask(file)
  process.once('exit', (code) => {
    if (code !== 0 || !isOurs()) return
    const fix = 'End the file with: void new YourTask().main()'
    tell(new EcsTaskError('BadArguments', `${file} never calls main(), so nothing was done.`, { fix }))
    process.exitCode = 2
  })
  process.on('uncaughtExceptionMonitor', (error) => {
    if (!isOurs()) return
    const problem = new EcsTaskError('BadArguments', 'A file cannot be used.', {
      problems: [`${relative('', file)}: ${reasonOf(error, file)}`],
    })
    tell(problem)
    process.exit(2)
  })
}

function tell(error: EcsTaskError): void {
  writeSync(2, errorText(problemOf(error), wantsColor(process.env, process.stderr)))
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
