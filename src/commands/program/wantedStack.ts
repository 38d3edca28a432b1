import type { Context } from './command.ts'
import type { DeployClusterOptions } from '../../cluster/deployCluster.ts'
import type { TakenForGranted } from './localAws.ts'
import { stackFiles } from '../../cluster/file/stackFiles.ts'
import { takenByStack } from './localFixtures.ts'

/** The options of the commands that compare a cluster with the files of a stack. */
export interface StackCommand {
  readonly cluster: string
  readonly file?: readonly string[] | undefined
  readonly only?: string | undefined
  readonly context: Pick<Context, 'env'>
}

/**
 * What such a command wants in the cluster, and what a local AWS needs for it to be there. Throws `BadArguments` for files
 * that cannot be read, `BadDefinition` for what is not right in them.
 */
export function wantedStack(command: StackCommand): { options: DeployClusterOptions; taken: TakenForGranted } {
  const { cluster, file = [], only, context } = command
  const options = {
    cluster,
    files: stackFiles(file),
    env: context.env,
    only: only?.split(',').map((name) => name.trim()),
  }
  return { options, taken: takenByStack(options) }
}
