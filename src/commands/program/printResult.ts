// Prints what a command answers, on the standard output.
import { visibleJson } from '../../ground/visible.ts'
import { exitCodeOf } from '../../ground/exitCode.ts'
import { verificationText } from '../../output/verificationText.ts'
import type { Verification } from '../../deploy/verify/verify.ts'
import { wantsColor } from '../../output/color.ts'
import { type Zone, machineZone } from '../../output/time.ts'
import type { BaseCommand } from './command.ts'

/** What a text is laid out for. */
interface Page {
  readonly color: boolean
  readonly columns: number
  /** That of this machine on a terminal; elsewhere times are UTC. */
  readonly zone: Zone | undefined
}

/** As JSON where --json asks for it, else as a text: as wide as the terminal, and not wrapped where there is none. */
export function printResult<T>(
  { json, context }: BaseCommand,
  result: T,
  text: (result: T, page: Page) => string,
): void {
  const { stdout, env } = context
  if (json) stdout.write(jsonText(result))
  else {
    const zone = stdout.isTTY ? machineZone : undefined
    stdout.write(text(result, { color: wantsColor(env, stdout), columns: widthOf(stdout), zone }))
  }
}

/** Prints what was found; answers with the exit code: that of a refusal where there is an error. */
export function printVerification(command: BaseCommand, verification: Verification): number {
  printResult(command, verification, verificationText)
  return verification.findings.some(({ severity }) => severity === 'error')
    ? exitCodeOf('refused')
    : exitCodeOf('succeeded')
}

/** How wide a text may be that goes there. */
export function widthOf({ isTTY, columns }: Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>): number {
  return isTTY ? columns || 80 : Infinity
}

/** JSON that a terminal shows as it is. */
export function jsonText(result: unknown): string {
  return `${visibleJson(JSON.stringify(result, undefined, 2))}\n`
}
