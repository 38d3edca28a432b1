// `ecs-task cluster diff` shows how a cluster differs from what YAML files say.
import { Command } from 'clipanion'
import { diffCluster } from '../cluster/deployCluster.ts'
import { changing } from '../engine/plan.ts'
import { diffText } from '../output/planText.ts'
import { BaseCommand } from './program/command.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'
import { readStackOptions, stackFixtures, stackOptions } from './program/stackOptions.ts'

export class ClusterDiffCommand extends BaseCommand {
  static override paths = [['cluster', 'diff']]
  static override usage = Command.Usage({
    description: 'Compare a cluster with YAML files',
    details: `
      Shows what a deploy would create, change and delete, including changes made by hand. Reads only. Exits with 0, with
      and without changes.
    `,
    examples: [
      ['Show the changes', '$0 cluster diff my-cluster -f stack.yml'],
      ['Fail a job if anything differs', `test "$($0 cluster diff my-cluster -f stack.yml --json | jq length)" = 0`],
    ],
  })

  stack = stackOptions()

  override async execute(): Promise<number> {
    const stack = readStackOptions(this.stack, this.context.env)
    const plan = await readInSession(this, stackFixtures(stack), ({ transport, clock }) =>
      diffCluster(stack, { transport, clock }),
    )
    const differences = changing(plan.stages).map(({ title, call, changes = [] }) => ({
      title,
      method: call.method,
      changes,
    }))
    printResult(this, differences, (_differences, page) => diffText(plan, page))
    return 0
  }
}
