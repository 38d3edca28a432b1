// `ecs-task cluster destroy` deletes everything that was made for a cluster.
import { Command } from 'clipanion'
import { DestroyCommand } from './program/destroyCommand.ts'

export class ClusterDestroyCommand extends DestroyCommand {
  static override paths = [['cluster', 'destroy']]
  static override usage = Command.Usage({
    description: 'Delete everything that was created for a cluster',
    details: `
      Deletes what \`cluster deploy\` created, in the order AWS allows: records, services, listeners, load balancers, target
      groups, discovery services and the namespace. Deregisters the revisions. The cluster and what others created stay. Asks
      first; without a terminal, pass --yes. Run it again after a failure to continue.
    `,
    examples: [
      ['Preview what would be deleted', '$0 cluster destroy my-cluster --dry-run'],
      ['Delete without confirmation', '$0 cluster destroy my-cluster --yes'],
    ],
  })

  override execute(): Promise<number> {
    return this.destroy({ cluster: this.cluster })
  }
}
