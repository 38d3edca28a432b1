import { Command, Option } from 'clipanion'
import { BaseCommand } from './program/command.ts'
import { diffCluster } from '../cluster/deployCluster.ts'
import { changing } from '../engine/plan.ts'
import { wantsColor } from '../output/color.ts'
import { diffText } from '../output/planText.ts'
import { visibleJson } from '../ground/visible.ts'
import { openSession } from './program/session.ts'
import { wantedStack } from './program/wantedStack.ts'

export class ClusterDiffCommand extends BaseCommand {
  static override paths = [['cluster', 'diff']]
  static override usage = Command.Usage({
    description: 'Show how a cluster differs from what YAML files say',
    details: `
      Shows what a deploy would make, change and take away, also what somebody has changed by hand. Reads only, and ends 0
      with and without a difference.
    `,
    examples: [
      ['Look', '$0 cluster diff my-cluster -f stack.yml'],
      ['Fail a job when there is one', `test "$($0 cluster diff my-cluster -f stack.yml --json | jq length)" = 0`],
    ],
  })

  cluster = Option.String({ name: 'CLUSTER' })
  file = Option.Array('-f,--file', { description: 'A file of the stack; more are merged in their order' })
  only = Option.String('--only', { description: 'Only these of its services: web,worker' })

  override async execute(): Promise<number> {
    const { stdout, env } = this.context
    const { options, taken } = wantedStack(this)
    const session = await openSession(this, taken)
    try {
      const { transport, clock } = session
      const plan = await diffCluster(options, { transport, clock })
      const differences = changing(plan.stages).map(({ title, call, changes = [] }) => ({
        title,
        method: call.method,
        changes,
      }))
      if (this.json) stdout.write(`${visibleJson(JSON.stringify(differences, undefined, 2))}\n`)
      else stdout.write(diffText(plan, { color: wantsColor(env, stdout), columns: stdout.columns || 80 }))
      return 0
    } finally {
      await session.close()
    }
  }
}
