// The options of the commands that compare a cluster with the files of a stack.
import { Option } from 'clipanion'
import type { DeployClusterOptions } from '../../cluster/deployCluster.ts'
import { stackFiles } from '../../cluster/file/stackFiles.ts'
import { parsed, together } from './composedOption.ts'
import { list } from './optionValues.ts'

/** Which cluster, which files, and which of their services. */
interface StackChoice {
  readonly cluster: string
  readonly file: readonly string[] | undefined
  readonly only: readonly string[] | undefined
}

export function stackOptions(): StackChoice {
  const options = {
    cluster: Option.String({ name: 'CLUSTER' }),
    file: Option.Array('-f,--file', { description: 'A file of the stack; more are merged in their order' }),
    only: parsed(Option.String('--only', { description: 'Only these of its services: web,worker' }), list),
  }
  return together(options, (values) => values)
}

/** What the files say is to be in the cluster. Throws `BadArguments` for files that cannot be read. */
export function readStackOptions(
  { cluster, file = [], only }: StackChoice,
  env: DeployClusterOptions['env'],
): DeployClusterOptions {
  return { cluster, files: stackFiles(file), env, only }
}
