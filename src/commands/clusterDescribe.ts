// `ecs-task cluster describe` prints the stack file of what a cluster has.
import { Command } from 'clipanion'
import { describeCluster } from '../cluster/describeCluster.ts'
import { stackText } from '../cluster/file/stackText.ts'
import { clusterWord } from './options/sharedOptions.ts'
import { BaseCommand } from './program/command.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'

export class ClusterDescribeCommand extends BaseCommand {
  static override paths = [['cluster', 'describe']]
  static override usage = Command.Usage({
    description: 'Print a cluster as a YAML file',
    details: `
      Prints a stack file of everything that \`cluster deploy\` created for the cluster. The file contains the values of
      variables, secret or not: treat it accordingly. Reads only.
    `,
    examples: [['Write it to a file', '$0 cluster describe my-cluster > stack.yml']],
  })

  cluster = clusterWord()

  override async execute(): Promise<number> {
    const { cluster } = this
    const stack = await readInSession(this, {}, ({ transport, clock }) =>
      describeCluster({ cluster }, { transport, clock }),
    )
    printResult(this, stack, stackText)
    return 0
  }
}
