import type { Wire } from '../../src/local/world/wire.ts'
import type { Region } from '../../src/local/world/world.ts'

/** What the invariants look at, as it is at one moment. */
export interface Picture {
  /** By `cluster/service`. */
  readonly services: Readonly<Record<string, ServicePicture>>
  /** By `bus/rule/id`: the target as JSON. */
  readonly targets: Readonly<Record<string, string>>
  /** ARNs of the ACTIVE revisions. */
  readonly active: readonly string[]
}

interface ServicePicture {
  readonly status: string
  readonly taskDefinition: string
  /** What a way back leads to: the same, or the last revision that was deployed successfully where that has never been. */
  readonly wayBack: string
  readonly desiredCount: number
  readonly runningCount: number
  /** Everything that a deploy must leave alone unless it is declared, as JSON. */
  readonly settings: Readonly<Record<string, string>>
  readonly primary: { readonly id: string; readonly taskDefinition: string; readonly rolloutState: string } | undefined
  readonly failed: number
}

export function pictureOf(region: Region): Picture {
  return {
    services: Object.fromEntries(
      Object.entries(region.services).map(([key, { service }]) => [key, pictureOfService(region, service)]),
    ),
    targets: Object.fromEntries(
      Object.entries(region.rules).flatMap(([key, { targets }]) =>
        targets.map((target) => [`${key}/${target['Id']}`, JSON.stringify(sorted(target))]),
      ),
    ),
    active: Object.values(region.taskDefinitions).flatMap((records) =>
      records.flatMap(({ taskDefinition }) =>
        taskDefinition['status'] === 'ACTIVE' ? [taskDefinition['taskDefinitionArn'] as string] : [],
      ),
    ),
  }
}

function pictureOfService(region: Region, service: Wire): ServicePicture {
  const primary: Wire | undefined = service['deployments'].find(({ status }: Wire) => status === 'PRIMARY')
  const { status, taskDefinition, desiredCount, runningCount, deploymentConfiguration, serviceArn } = service
  return {
    status,
    taskDefinition,
    wayBack: wayBackOf(region, service, primary),
    desiredCount,
    runningCount,
    settings: {
      desiredCount: JSON.stringify(desiredCount),
      deploymentConfiguration: JSON.stringify(sorted(deploymentConfiguration)),
      launchType: JSON.stringify(service['launchType']),
      enableExecuteCommand: JSON.stringify(service['enableExecuteCommand']),
      tags: JSON.stringify(region.tags[serviceArn] ?? []),
    },
    primary: primary && {
      id: primary['id'],
      taskDefinition: primary['taskDefinition'],
      rolloutState: primary['rolloutState'],
    },
    failed: primary?.['failedTasks'] ?? 0,
  }
}

function wayBackOf({ serviceDeployments, serviceRevisions }: Region, service: Wire, primary: Wire | undefined): string {
  const { serviceArn, taskDefinition } = service
  const successes = Object.values(serviceDeployments)
    .flatMap(({ serviceDeployment: one }) =>
      one['serviceArn'] === serviceArn && one['status'] === 'SUCCESSFUL' ? one : [],
    )
    .toSorted((one, other) => other['finishedAt'] - one['finishedAt'])
    .map((one) => serviceRevisions[one['targetServiceRevision']['arn']]?.['taskDefinition'] as string)
  const hasCompleted = primary?.['rolloutState'] === 'COMPLETED' || successes.includes(taskDefinition)
  return hasCompleted ? taskDefinition : (successes[0] ?? taskDefinition)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
