// What a manifest says of a service's settings.
import type { Tree } from '../tree.ts'
import type { Manifest } from './manifest.ts'
import { type Valued, membersOf } from './values.ts'

export function serviceUpdateOf(manifest: Manifest, name: string): Valued {
  const spot = manifest.number('count', 'spot')
  const rolling = manifest.take(
    (value) => (value === 'default' || value === 'recreate' ? value : undefined),
    'deployment',
    'rolling',
  )
  const alarmNames = manifest.take(
    (value) => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined),
    'deployment',
    'rollback_alarms',
  )
  const percents = {
    default: { minimumHealthyPercent: 100, maximumPercent: 200 },
    recreate: { minimumHealthyPercent: 0, maximumPercent: 100 },
  }
  return membersOf({
    cluster: 'my_cluster',
    service: name,
    desiredCount: manifest.number('count') ?? spot,
    capacityProviderStrategy: spot === undefined ? undefined : [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    deploymentConfiguration: {
      ...(rolling !== undefined && percents[rolling]),
      ...(alarmNames !== undefined && { alarms: { alarmNames, enable: true, rollback: true } }),
    },
    networkConfiguration: networkOf(manifest),
    enableExecuteCommand: manifest.boolean('exec'),
  })
}

/**
 * The network, where the manifest says all of it: UpdateService replaces the whole, and of other manifests the subnets or the security
 * group of the environment would be missing.
 */
function networkOf(manifest: Manifest): Tree | undefined {
  const groupsAt = ['network', 'vpc', 'security_groups'] as const
  const isWhole = manifest.at(...groupsAt, 'deny_default') === true
  const isIds = (value: unknown): value is string[] =>
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
  const subnetsAt = ['network', 'vpc', 'placement', 'subnets'] as const
  if (!isWhole || !isIds(manifest.at(...subnetsAt)) || !isIds(manifest.at(...groupsAt, 'groups'))) return undefined
  manifest.boolean(...groupsAt, 'deny_default')
  const awsvpcConfiguration = {
    subnets: manifest.words(...subnetsAt) ?? [],
    securityGroups: manifest.words(...groupsAt, 'groups') ?? [],
  }
  return { awsvpcConfiguration }
}
