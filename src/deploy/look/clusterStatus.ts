// Reads what `status --cluster` shows.
import type { Aws } from '../../aws/aws.ts'
import type { Definition } from '../../definition/definition.ts'
import { nameOf } from '../../ground/names.ts'
import { readStatus } from '../status/readStatus.ts'
import type { Status } from '../status/status.ts'
import { liveDefinitions } from './liveDefinitions.ts'
import type { Asked } from './selection.ts'

/** Reads services that no class declares. Answers also with the definitions that they come to, which may hold secrets. */
export async function readClusterStatus(
  aws: Aws,
  asked: Extract<Asked, { cluster: string }>,
): Promise<{ readonly status: Status; readonly definitions: readonly Definition[] }> {
  const { definitions, leftOut } = await liveDefinitions(aws, asked)
  const status = await readStatus(aws, definitions)
  return {
    status: { ...status, cluster: nameOf(asked.cluster), unread: [...leftOut, ...status.unread] },
    definitions,
  }
}
