import { Command, Option } from 'clipanion'
import { deployCluster } from '../cluster/deployCluster.ts'
import { FollowCommand } from './program/performCommand.ts'
import { wantedStack } from './program/wantedStack.ts'
import { checkPolicy } from './program/writeCommand.ts'

export class ClusterDeployCommand extends FollowCommand {
  static override paths = [['cluster', 'deploy']]
  static override usage = Command.Usage({
    description: 'Bring a cluster to what YAML files say',
    details: `
      Makes what is not there yet (load balancers, target groups, listeners, DNS records, service discovery, services),
      changes what differs, runs one-off tasks, follows each rollout to its end, and leaves alone what is so already. When
      something fails, what this run has made and changed is put back.
    `,
    examples: [
      ['Deploy a cluster', '$0 cluster deploy my-cluster -f stack.yml'],
      ['With what differs in production', '$0 cluster deploy my-cluster -f base.yml -f prod.yml'],
      ['See what that would do', '$0 cluster deploy my-cluster -f stack.yml --dry-run'],
      ['Try it without an AWS account', '$0 cluster deploy my-cluster -f stack.yml --local'],
    ],
  })

  cluster = Option.String({ name: 'CLUSTER' })
  file = Option.Array('-f,--file', { description: 'A file of the stack; more are merged in their order' })
  only = Option.String('--only', { description: 'Only these of its services: web,worker' })
  redeploy = Option.Boolean('--redeploy', false, {
    description: 'Start every service anew, also where nothing changes',
  })
  updateOnly = Option.Boolean('--update-only', false, { description: 'Leave out services that are not there yet' })
  replace = Option.Boolean('--replace', false, { description: 'Make anew what AWS cannot change in place' })
  dryRun = Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })
  wait = Option.Boolean('--wait', true, { description: 'Follow the rollouts to their end; --no-wait does not' })
  onFailure = Option.String('--on-failure', 'rollback', { description: 'rollback, leave or stop' })

  override async execute(): Promise<number> {
    const { redeploy, updateOnly, replace, dryRun, wait, context } = this
    const onFailure = checkPolicy(this.onFailure)
    const { options, taken } = wantedStack(this)
    return this.follow(taken, dryRun, (shared) =>
      deployCluster(
        { ...options, redeploy, updateOnly, replace },
        { ...shared, dryRun, wait, onFailure, warnings: context.notes },
      ),
    )
  }
}
