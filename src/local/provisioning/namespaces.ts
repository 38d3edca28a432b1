// Namespaces of Cloud Map that exist before the first deployment, for Service Connect.
import { makeNamespace } from '../servicediscovery/namespace.ts'
import { nameOf } from '../world/arn.ts'
import type { Context } from '../world/operation.ts'

/** By name or ARN, each with the cluster whose default it is. */
export interface ProvisionedNamespace {
  readonly namespace: string
  readonly cluster?: string
}

/** Makes those that do not exist yet and answers what it made; clusters must be there. */
export function provisionNamespaces(context: Context, wanted: readonly ProvisionedNamespace[]): string[] {
  return wanted.flatMap(({ namespace, cluster }) => {
    const made = madeNamespace(context, namespace)
    const defaults = cluster === undefined ? undefined : context.region.clusters[nameOf(cluster)]
    if (defaults) defaults.cluster['serviceConnectDefaults'] ??= { namespace }
    return made
  })
}

function madeNamespace(context: Context, nameOrArn: string): string[] {
  const { region, ids } = context
  const isArn = nameOrArn.startsWith('arn:')
  const isThere = Object.entries(region.namespaces).some(([id, { namespace }]) =>
    isArn ? id === nameOf(nameOrArn) : namespace.Name === nameOrArn,
  )
  if (isThere) return []
  makeNamespace(context, isArn ? nameOf(nameOrArn) : `ns-${ids.hex(16)}`, {
    Name: nameOf(nameOrArn),
    Vpc: 'vpc-0123456789abcdef0',
  })
  return [`namespace ${nameOf(nameOrArn)}`]
}
