import { Command } from 'clipanion'
import { BaseCommand, declaredIn } from './program/command.ts'
import { readAll } from '../definition/read.ts'
import { wantsColor } from '../output/color.ts'
import { statusText } from '../output/statusText.ts'
import { visibleJson } from '../ground/visible.ts'
import { redactor } from '../definition/secrets/redact.ts'
import { takenForGranted } from './program/localAws.ts'
import { openSession } from './program/session.ts'
import { readStatus } from '../deploy/status/readStatus.ts'

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
    const { stdout, stderr, env } = this.context
    const definitions = readAll(declaredIn(this.context)).map(({ definition }) => definition)
    const session = await openSession(this, takenForGranted(definitions))
    try {
      for (const thing of session.local?.made ?? []) stderr.write(`Made in the local AWS: ${thing}.\n`)
      const status = redactor(definitions)(await readStatus(session.aws, definitions))
      if (this.json) stdout.write(`${visibleJson(JSON.stringify(status, undefined, 2))}\n`)
      else stdout.write(statusText(status, { color: wantsColor(env, stdout), columns: stdout.columns || 80 }))
      return status.state === 'settled' ? 0 : unsettled
    } finally {
      await session.close()
    }
  }
}
