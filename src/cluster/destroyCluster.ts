import { type Aws, openAws } from '../aws/aws.ts'
import { executePlan, type Result } from '../engine/executePlan.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { describeRevision } from '../deploy/describeRevision.ts'
import { clusterHandlers } from './stepHandlers.ts'
import { activeRevisions } from '../deploy/revisions.ts'
import type { Plan } from '../engine/plan.ts'
import type { Revision } from '../deploy/world.ts'
import { ownersIn, planDestroy } from './planDestroy.ts'
import { describedStack } from './describedStack.ts'
import { findStack } from './findStack.ts'
import { tagsOf } from './found.ts'
import { ownerOf, ownerTag } from './marks.ts'
import { familyIn } from './resourceNames.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'
import type { Stack } from './stack.ts'

/** What to delete: everything that was created for a cluster, or for one service of it. */
export interface DestroyOptions {
  /** Its name. */
  readonly cluster: string
  /** Only this service. By default all of them. */
  readonly service?: string | undefined
}

/**
 * Deletes what was created for a cluster or a service, and resolves with how the run ended; what others created stays, and so
 * does the cluster. Nothing is put back when it fails: another run goes on where this one stopped.
 */
export async function destroyCluster(options: DestroyOptions, settings: Settings = {}): Promise<Result> {
  const { service } = options
  const context = withDefaults(settings)
  return executePlan(
    {
      ...context,
      handlers: clusterHandlers,
      // What is gone cannot be put back; run again, it goes on where it has stopped.
      onFailure: 'leave',
      command: service === undefined ? 'cluster destroy' : 'service destroy',
      definitions: [],
      about: service === undefined ? options.cluster : `${options.cluster}/${service}`,
    },
    (aws) => planned(aws, options, context.signal),
  )
}

async function planned(aws: Aws, { cluster, service }: DestroyOptions, signal: AbortSignal | undefined): Promise<Plan> {
  const found = await findStack(aws, { cluster, names: undefined }, signal)
  const names = ownersIn(found)
  if (service !== undefined && !names.includes(service) && !found.services.has(service)) {
    throw new EcsTaskError('NotFound', `There is no service ${service} in cluster ${cluster}.`, {
      why: names.length > 0 ? `What was made there: ${names.join(', ')}.` : 'Nothing was made there.',
    })
  }
  const revisions = await Promise.all(
    (service === undefined ? names : [service]).map(async (name) => {
      const family = familyIn(cluster, name)
      return [family, await revisionsOf(aws, { family, owner: ownerOf(cluster, name) }, signal)] as const
    }),
  )
  return planDestroy(found, { service, revisions: new Map(revisions) })
}

/** The ACTIVE revisions that were made for it: `a-b` of cluster `c` and `b` of cluster `c-a` are of one family. */
async function revisionsOf(
  aws: Aws,
  of: { readonly family: string; readonly owner: string },
  signal: AbortSignal | undefined,
): Promise<Revision[]> {
  const all = await Promise.all(
    (await activeRevisions(aws, of.family, signal)).map(async (revision) => {
      const { tags } = await describeRevision(aws, revision.arn, signal)
      return tagsOf(tags)[ownerTag] === of.owner ? [revision] : []
    }),
  )
  return all.flat()
}

/**
 * What was created for a cluster, as the stack that would deploy exactly that. Reads only. Rejects with `NotFound` if there is
 * no such cluster, and with the SDK's error for a read that AWS refuses.
 */
export async function describeCluster(
  { cluster }: { readonly cluster: string },
  settings: Settings = {},
): Promise<Stack> {
  const aws = openAws(withDefaults(settings))
  const found = await findStack(aws, { cluster, names: undefined })
  const used = found.namespaces.filter(({ services }) => services.length > 0)
  const vpcs = await Promise.all(used.map(async ({ namespace: { Id = '' } }) => [Id, await vpcOf(aws, Id)] as const))
  return describedStack(found, ownersIn(found), new Map(vpcs))
}

/** The VPC from which a private namespace is seen. */
async function vpcOf(aws: Aws, namespace: string): Promise<string> {
  const { Namespace } = await aws.call('getNamespace', { Id: namespace })
  const zone = Namespace?.Properties?.DnsProperties?.HostedZoneId
  if (zone === undefined) return ''
  const { VPCs = [] } = await aws.call('getHostedZone', { Id: zone })
  return VPCs[0]?.VPCId ?? ''
}
