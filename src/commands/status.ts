// The command `status` of a class shows what runs, and what is on its way.
import { visible } from '../ground/visible.ts'
import { Command } from 'clipanion'
import { redactor } from '../definition/secrets/redact.ts'
import { readStatus } from '../deploy/status/readStatus.ts'
import { statusText } from '../output/statusText.ts'
import { sameAws } from '../ground/command.ts'
import { ClassCommand, filesOption } from './files/classCommand.ts'
import { classProgram } from './program/command.ts'
import { localFixtures } from './program/localFixtures.ts'
import { printResult } from './program/printResult.ts'
import { declaredIn } from './program/runDefinitionCommand.ts'
import { readInSession } from './program/readInSession.ts'

/** As a run that has timed out with its rollout still going. */
const unsettled = 4

export class StatusCommand extends ClassCommand {
  static override paths = [['status']]
  static override usage = Command.Usage({
    description: 'Show what runs and what is in progress',
    details: `
      Shows what each service and event target points at, deployments in progress, the newest events, and the revisions with
      their image tags and what uses them. Reads only. Exits with 0 when every service has settled, with 4 when one has not.
    `,
    examples: [
      ['Show everything', '$0 status'],
      ['Print only the state', '$0 status --json | jq .state'],
    ],
  })

  files = filesOption()

  protected override async perform(): Promise<number> {
    const { definitions } = declaredIn(this.context)
    const program = classProgram(this.context)
    const { read, made = [] } = await readInSession(this, localFixtures(definitions), async ({ aws, local }) => ({
      read: await readStatus(aws, definitions, { program }),
      made: local?.made,
    }))
    for (const thing of this.saying.quiet ? [] : made)
      this.context.stderr.write(`${visible(`Created in the local AWS: ${thing}.`)}\n`)
    const status = redactor(definitions, { program, sameAws: sameAws(this) })(read)
    printResult(this, status, statusText)
    return status.state === 'settled' ? 0 : unsettled
  }
}
