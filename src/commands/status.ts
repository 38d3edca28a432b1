// The command `status` of a class shows what runs, and what is on its way.
import { visible } from '../ground/visible.ts'
import { Command } from 'clipanion'
import { readClusterStatus } from '../deploy/look/clusterStatus.ts'
import type { Asked } from '../deploy/look/selection.ts'
import { readStatus } from '../deploy/status/readStatus.ts'
import { statusText } from '../output/look/statusText.ts'
import { filesOption } from './files/classCommand.ts'
import { LookCommand } from './look/lookCommand.ts'
import type { Aws } from '../aws/aws.ts'
import { classProgram } from './program/command.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'

/** As a run that has timed out with its rollout still going. */
const unsettled = 4

export class StatusCommand extends LookCommand {
  static override paths = [['status']]
  static override usage = Command.Usage({
    description: 'Show what runs and what is in progress',
    details: `
      Shows what each service, event target and schedule points at, deployments in progress, the newest events, and the revisions with
      their image tags and what uses them. With --cluster it needs no class: it shows the services of a stack, or any. Reads
      only. Exits with 0 when every service has settled, with 4 when one has not.
    `,
    examples: [
      ['Show everything', '$0 status'],
      ['Show the services of a cluster', '$0 status --cluster prod'],
      ['Print only the state', '$0 status --json | jq .state'],
    ],
  })

  files = filesOption()

  protected override async perform(): Promise<number> {
    const asked = this.asked()
    const { read, made = [] } = await readInSession(this, this.fixtures(asked), async ({ aws, local }) => ({
      read: await this.read(aws, asked),
      made: local?.made,
    }))
    for (const thing of this.saying.quiet ? [] : made)
      this.context.stderr.write(`${visible(`Created in the local AWS: ${thing}.`)}\n`)
    const status = this.redactor(asked, read.definitions)(read.status)
    printResult(this, status, statusText)
    return status.state === 'settled' ? 0 : unsettled
  }

  private async read(aws: Aws, asked: Asked): ReturnType<typeof readClusterStatus> {
    if ('cluster' in asked) return readClusterStatus(aws, asked)
    const { definitions } = asked
    const { context } = this
    return {
      status: await readStatus(aws, definitions, { program: classProgram(context), leftOut: context.leftOut }),
      definitions,
    }
  }
}
