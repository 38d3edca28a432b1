// The command `history` shows the deployments of services that ECS remembers.
import { Command } from 'clipanion'
import { readHistory } from '../deploy/look/readHistory.ts'
import { historyText } from '../output/look/historyText.ts'
import { filesOption } from './files/classCommand.ts'
import { LookCommand } from './look/lookCommand.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'

export class HistoryCommand extends LookCommand {
  static override paths = [['history']]
  static override usage = Command.Usage({
    description: 'Show the deployments of the last 90 days',
    details: `
      Shows each deployment of each service, the newest first: when it started, revision with image tags, outcome and ECS's
      reason, how long it took, and who registered the revision. Also its commit and CI run, if it was deployed with --record.
      ECS keeps deployments for 90 days. Reads only.
    `,
    examples: [
      ['Show the deployments of a class', '$0 history'],
      ['Show those of one service of a cluster', '$0 history --cluster prod --service web'],
    ],
  })

  files = filesOption()

  protected override async perform(): Promise<number> {
    const asked = this.asked()
    const { history, taskDefinitions } = await readInSession(this, this.fixtures(asked), ({ aws, clock }) =>
      readHistory(aws, asked, clock.now),
    )
    const found = taskDefinitions.map((taskDefinition) => ({ taskDefinition }))
    printResult(this, this.redactor(asked, found)(history), historyText)
    return 0
  }
}
