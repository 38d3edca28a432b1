// `ecs-task cluster verify` says what AWS would only say in the middle of a deploy of a stack.
import { Command } from 'clipanion'
import { readDesired } from '../cluster/deployCluster.ts'
import { bareDefinition } from '../definition/bareDefinition.ts'
import { sameAws } from '../ground/command.ts'
import { redactor } from '../definition/secrets/redact.ts'
import { definitionFindings } from '../deploy/verify/definitionFindings.ts'
import { stackSubjects } from '../cluster/stackSubjects.ts'
import { verify, verifyOffline } from '../deploy/verify/verify.ts'
import { BaseCommand } from './program/command.ts'
import { printVerification } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'
import { offlineOption } from './options/sharedOptions.ts'
import { readStackOptions, stackFixtures, stackOptions } from './program/stackOptions.ts'

export class ClusterVerifyCommand extends BaseCommand {
  static override paths = [['cluster', 'verify']]
  static override usage = Command.Usage({
    description: 'Find what would make a deploy of YAML files fail',
    details: `
      Looks for everything that AWS would only say in the middle of a deploy, and shows all findings with their places in the files.
      Reads only. A check without permission says which one is missing. Exits with 0 without errors, with 2 otherwise.
    `,
    examples: [
      ['Verify a stack', '$0 cluster verify my-cluster -f stack.yml'],
      ['Check only what needs no account', '$0 cluster verify my-cluster -f stack.yml --offline'],
    ],
  })

  stack = stackOptions()
  offline = offlineOption()

  override async execute(): Promise<number> {
    const { context, offline } = this
    const { env } = context
    const stack = readStackOptions(this.stack, env)
    let read: ReturnType<typeof readDesired>
    try {
      read = readDesired(stack)
    } catch (error) {
      return printVerification(this, definitionFindings(error))
    }
    const subjects = stackSubjects(read.desired, read.where)
    const found = offline
      ? await verifyOffline(subjects)
      : await readInSession(this, stackFixtures(stack), ({ transport, clock }) =>
          verify(subjects, { transport, clock, env, isLocal: this.local }),
        )
    return printVerification(this, redactor(subjects.map(bareDefinition), { sameAws: sameAws(this) })(found))
  }
}
