import { Option } from 'clipanion'
import type { DeployClusterOptions } from './deployCluster.ts'
import type { TakenForGranted } from './localAws.ts'
import { FollowCommand } from './performCommand.ts'
import { stackFiles } from './stackFiles.ts'
import { takenByStack } from './takenByStack.ts'

/** What the commands have in common that compare a cluster with the files of a stack. */
export abstract class ClusterCommand extends FollowCommand {
  cluster = Option.String({ name: 'CLUSTER' })
  file = Option.Array('-f,--file', { description: 'A file of the stack; more are merged in their order' })
  only = Option.String('--only', { description: 'Only these of its services: web,worker' })

  /** What is wanted in the cluster, and what a local AWS needs for it to be there. */
  protected stack(): { options: DeployClusterOptions; taken: TakenForGranted } {
    const { cluster, context } = this
    const options = {
      cluster,
      files: stackFiles(this.file ?? []),
      env: context.env,
      only: this.only?.split(',').map((name) => name.trim()),
    }
    return { options, taken: takenByStack(options) }
  }
}
