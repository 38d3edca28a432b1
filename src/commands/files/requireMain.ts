// Keeps a file whose class is never run from passing for a deploy.
import { readFileSync, writeSync } from 'node:fs'
import { EcsTaskError } from '../../ground/errors.ts'
import { problemOf } from '../../engine/problem.ts'
import { wantsColor } from '../../output/color.ts'
import { errorText } from '../program/program.ts'
import { withoutNew } from './withoutNew.ts'

/**
 * Ends a process with 2 that was given one of these commands, has run a file about an EcsTask, and did nothing with it; so, too,
 * where the file calls its class without `new`.
 */
export function requireMain(commands: readonly string[], isUsed: () => boolean): void {
  const [, file = '', ...words] = process.argv
  const isOurs = (): boolean => !isUsed() && words.some((word) => commands.includes(word)) && isAboutTask(file)
  process.once('exit', (code) => {
    if (code !== 0 || !isOurs()) return
    tell(`${file} never calls main(), so nothing was done.`, 'End the file with: void new YourTask().main()')
    process.exitCode = 2
  })
  process.on('uncaughtExceptionMonitor', (error) => {
    const meant = error instanceof Error ? withoutNew(error) : undefined
    if (meant === undefined || !isOurs()) return
    tell(`${file} cannot be run.`, `${meant}.`)
    process.exit(2)
  })
}

function tell(what: string, fix: string): void {
  const problem = problemOf(new EcsTaskError('BadArguments', what, { fix }))
  writeSync(2, errorText(problem, wantsColor(process.env, process.stderr)))
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
