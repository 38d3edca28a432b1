// `ecs-task cluster destroy` deletes everything that was made for a cluster.
import { Command } from 'clipanion'
import { DestroyCommand } from './program/destroyCommand.ts'

export class ClusterDestroyCommand extends DestroyCommand {
  static override paths = [['cluster', 'destroy']]
  static override usage = Command.Usage({
    description: 'Delete everything that was created for a cluster',
    details: `
      Takes away, in the order AWS allows, what \`cluster deploy\` has made: records, services, listeners, load balancers,
      target groups, discovery services and the namespace, and deregisters the revisions. What others have made stays, and
      so does the cluster. It asks first; where nobody can answer it needs --yes. Run again, it goes on where it has stopped.
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
