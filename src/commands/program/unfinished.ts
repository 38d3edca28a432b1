// Keeps a process that ends in the middle of a command from passing for one that has done what it was asked.
import { writeSync } from 'node:fs'
import { EcsTaskError } from '../../ground/errors.ts'
import { problemOf } from '../../engine/problem.ts'
import { wantsColor } from '../../output/color.ts'
import { errorText } from './program.ts'

/** The commands that have been asked for and have not ended, those that wait for another included. */
let unfinished = 0
/** Whether this process ends because we say so. */
let isOurs = false
let isListening = false
let isStuck = false

/** What an uncaught error of a file ends with: what was changed is not known, so that no other code would be true. */
const uncaught = 70

/** Does what a command does, to the end of it. A process that ends before, with whatever code, ends with 70 and says so. */
export async function toTheEnd(command: () => Promise<void>): Promise<void> {
  unfinished++
  listen()
  try {
    await command()
  } finally {
    unfinished--
  }
}

/** Ends the process with this code, whatever has not ended. */
export function exitNow(exitCode: number): never {
  isOurs = true
  process.exit(exitCode)
}

/** Has the process, which is about to exit, end with this code; called by who has said why. */
export function setExitCode(exitCode: number): void {
  isOurs = true
  process.exitCode = exitCode
}

function listen(): void {
  if (isListening) return
  isListening = true
  process.on('beforeExit', () => void (isStuck = true))
  process.on('exit', (code) => {
    if (unfinished === 0 || isOurs) return
    const why = isStuck ? 'Nothing was left to wait for.' : `A file that it loaded called process.exit(${code}).`
    const fix = 'Throw an error instead: then the run puts back what it changed. See what is in progress with status.'
    const problem = problemOf(
      new EcsTaskError('Interrupted', 'The process ended before the command had finished.', { why, fix }),
    )
    writeSync(2, errorText(problem, wantsColor(process.env, process.stderr)))
    process.exitCode = uncaught
  })
}
