// The command `status` of a class shows what runs, and what is on its way.
import { visible } from '../ground/visible.ts'
import { Command } from 'clipanion'
import { redactor } from '../definition/secrets/redact.ts'
import { readStatus } from '../deploy/status/readStatus.ts'
import { statusText } from '../output/statusText.ts'
import { BaseCommand, classProgram } from './program/command.ts'
import { localFixtures } from './program/localFixtures.ts'
import { printResult } from './program/printResult.ts'
import { declaredIn } from './program/runDefinitionCommand.ts'
import { openSession } from './program/session.ts'

/** As a run that has timed out with its rollout still going. */
const unsettled = 4

export class StatusCommand extends BaseCommand {
  static override paths = [['status']]
  static override usage = Command.Usage({
    description: 'Show what runs, and what is on its way',
    details: `
      Shows what each service and event target points at, deployments under way, the newest events, and the revisions with
      their image tags and who uses them. Reads only. Ends 0 when every service has settled, 4 when one has not.
    `,
    examples: [
      ['Look', '$0 status'],
      ['Ask for one fact', '$0 status --json | jq .state'],
    ],
  })

  override async execute(): Promise<number> {
    const { definitions } = declaredIn(this.context)
    const program = classProgram(this.context)
    const session = await openSession(this, localFixtures(definitions))
    try {
      const made = this.saying.quiet ? [] : (session.local?.made ?? [])
      for (const thing of made)
        this.context.stderr.write(`${visible(`Made in the local AWS: ${thing}.`)}
`)
      const status = redactor(definitions, { program })(await readStatus(session.aws, definitions, { program }))
      printResult(this, status, statusText)
      return status.state === 'settled' ? 0 : unsettled
    } finally {
      await session.close()
    }
  }
}
