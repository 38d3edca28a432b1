// `ecs-task cluster diff` shows how a cluster differs from what YAML files say.
import { Command } from 'clipanion'
import { diffCluster } from '../cluster/deployCluster.ts'
import { changing } from '../engine/plan.ts'
import { differencesFound } from '../ground/exitCode.ts'
import { changeText, diffText } from '../output/differencesText.ts'
import { BaseCommand } from './program/command.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'
import { exitCodeOption } from './options/sharedOptions.ts'
import { readStackOptions, stackFixtures, stackOptions } from './program/stackOptions.ts'

export class ClusterDiffCommand extends BaseCommand {
  static override paths = [['cluster', 'diff']]
  static override usage = Command.Usage({
    description: 'Compare a cluster with YAML files',
    details: `
      Shows what a deploy would create, change and delete, including changes made by hand. Reads only. Exits with 0; with
      --exit-code, with 6 if a deploy would change anything, and with 2 if it could not be compared.
    `,
    examples: [
      ['Show the changes', '$0 cluster diff my-cluster -f stack.yml'],
      ['Fail a job if anything differs', '$0 cluster diff my-cluster -f stack.yml --exit-code'],
    ],
  })

  stack = stackOptions()
  exitCode = exitCodeOption()

  override async execute(): Promise<number> {
    const stack = readStackOptions(this.stack, this.context.env)
    const plan = await readInSession(this, stackFixtures(stack), ({ transport, clock }) =>
      diffCluster(stack, { transport, clock }),
    )
    const steps = changing(plan.stages).map(
      ({ title, call, differences = [], changes = differences.map(changeText) }) => ({
        title,
        method: call.method,
        changes,
        ...(differences.length > 0 && { differences }),
      }),
    )
    printResult(this, steps, (_steps, page) => diffText(plan, page))
    return this.exitCode && steps.length > 0 ? differencesFound : 0
  }
}
