// The command `diff` of a class shows what a deploy of an image tag would change.
import { Command } from 'clipanion'
import { redactor } from '../definition/secrets/redact.ts'
import { readDifferences } from '../deploy/differences/readDifferences.ts'
import { sameAws } from '../ground/command.ts'
import { differencesFound } from '../ground/exitCode.ts'
import { visible } from '../ground/visible.ts'
import { differencesText } from '../output/differencesText.ts'
import { filesOption } from './files/classCommand.ts'
import { TagCommand } from './files/tagCommand.ts'
import { classProgram } from './program/command.ts'
import { localFixtures } from './program/localFixtures.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'
import { declaredIn } from './program/runDefinitionCommand.ts'
import { exitCodeOption } from './options/sharedOptions.ts'

export class DiffCommand extends TagCommand {
  static override paths = [['diff']]
  static override usage = Command.Usage({
    description: 'Compare an image tag with what runs',
    details: `
      Shows what a deploy of the tag would change, member by member, compared with what each service, event target and schedule runs
      now: images, variables, sizes, secrets' references, settings, targets, and the revisions that it deregisters. Values
      that look secret are hidden. Reads only. Exits with 0; with --exit-code, with 6 if there are differences, and with 2 if
      it could not be compared.
    `,
    examples: [
      ['Show what a deploy would change', '$0 diff v1.2.3'],
      ['Fail a job if anything differs', '$0 diff v1.2.3 --exit-code'],
      ['Print the paths that differ', "$0 diff v1.2.3 --json | jq -r '.[].path'"],
    ],
  })

  exitCode = exitCodeOption()
  files = filesOption()

  protected override async perform(): Promise<number> {
    const { tag, context } = this
    const { definitions, warnings } = declaredIn(context)
    const program = classProgram(context)
    const read = await readInSession(this, localFixtures(definitions), ({ aws, clock }) =>
      readDifferences(aws, { definitions, tag }, { clock }),
    )
    const found = redactor(definitions, { program, names: [tag], sameAws: sameAws(this) })({
      differences: read.differences,
      warnings: [...warnings, ...read.warnings],
    })
    // The JSON is the differences alone.
    if (this.json && !this.saying.quiet) {
      for (const warning of found.warnings) context.stderr.write(`${visible(`! ${warning}`)}\n`)
    }
    printResult(this, this.json ? found.differences : found, (_result, page) => differencesText(found, page))
    return this.exitCode && found.differences.length > 0 ? differencesFound : 0
  }
}
