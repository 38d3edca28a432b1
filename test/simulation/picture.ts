import type { Unchecked } from '../../src/local/world/wire.ts'
import { nameOf } from '../../src/local/world/arn.ts'
import type { Region, TaskRecord } from '../../src/local/world/world.ts'

/** What the invariants look at, as it is at one moment. */
export interface Picture {
  /** By `cluster/service`. */
  readonly services: Readonly<Record<string, ServicePicture>>
  /** By `bus/rule/id`: the target as JSON. */
  readonly targets: Readonly<Record<string, string>>
  /** By `group/name`: the schedule as JSON, without the date of its last change. */
  readonly schedules: Readonly<Record<string, string>>
  /** ARNs of the ACTIVE revisions. */
  readonly active: readonly string[]
  /** By `cluster/service`: between how many tasks it scales, and what of that is suspended, as JSON. */
  readonly scaling: Readonly<Record<string, string>>
}

interface ServicePicture {
  /** What its newest service deployment is like. */
  readonly newest: string
  /** Whether that is paused at a PAUSE hook. */
  readonly isPaused: boolean
  /** Tasks that run and are no healthy target in each of its target groups. */
  readonly unbalanced: number
  readonly isDaemon: boolean
  readonly status: string
  readonly taskDefinition: string
  /** What a way back leads to: the same, or the last revision that was deployed successfully where that has never been. */
  readonly wayBack: string
  /** The revision that was deployed successfully last: where ECS itself goes back to. */
  readonly lastSuccess: string
  readonly desiredCount: number
  readonly runningCount: number
  /** Everything that a deploy must leave alone unless it is declared, as JSON. */
  readonly settings: Readonly<Record<string, string>>
  /** Those of the settings that belong to a service revision, of the one that was deployed successfully last. */
  readonly lastCompleted: Readonly<Record<string, string>>
  readonly primary:
    | {
        readonly id: string
        readonly taskDefinition: string
        /** As AWS knows it, which shows it for rolling updates only. */
        readonly rolloutState: string
        /** Percent of the production traffic that goes to it. */
        readonly traffic: number
      }
    | undefined
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
    schedules: Object.fromEntries(
      Object.entries(region.schedules).map(
        ([
          key,
          {
            schedule: { LastModificationDate, ...members },
          },
        ]) => [key, JSON.stringify(sorted(members))],
      ),
    ),
    active: Object.values(region.taskDefinitions).flatMap((records) =>
      records.flatMap(({ taskDefinition }) =>
        taskDefinition.status === 'ACTIVE' ? [taskDefinition.taskDefinitionArn] : [],
      ),
    ),
    scaling: Object.fromEntries(
      Object.values(region.scalableTargets).map(({ ResourceId, MinCapacity, MaxCapacity, SuspendedState }) => [
        ResourceId.slice('service/'.length),
        JSON.stringify(sorted({ MinCapacity, MaxCapacity, ...SuspendedState })),
      ]),
    ),
  }
}

function pictureOfService(region: Region, service: Unchecked): ServicePicture {
  const newest = newestOf(region, service)
  const successes = successesOf(region, service)
  const primary: Unchecked | undefined = service['deployments'].find(({ status }: Unchecked) => status === 'PRIMARY')
  const record = region.services[`${nameOf(service['clusterArn'])}/${service['serviceName']}`]
  const rollout = record?.rollouts[primary?.['id']]
  const { status, taskDefinition, desiredCount, runningCount, deploymentConfiguration, serviceArn } = service
  return {
    newest: newest?.['status'] ?? '',
    isPaused: newest?.['status'] === 'IN_PROGRESS' && (newest['lifecycleHookDetails'] ?? []).some(isWaiting),
    unbalanced: unbalancedOf(region, service),
    isDaemon: service['schedulingStrategy'] === 'DAEMON',
    status,
    taskDefinition,
    wayBack: wayBackOf(service, successes, primary),
    lastSuccess: successes[0]?.['taskDefinition'] ?? taskDefinition,
    lastCompleted: settingsOf(successes[0] ?? {}),
    desiredCount,
    runningCount,
    settings: {
      desiredCount: JSON.stringify(desiredCount),
      deploymentConfiguration: JSON.stringify(sorted(withoutDefaults(deploymentConfiguration))),
      ...settingsOf(service),
      healthCheckGracePeriodSeconds: JSON.stringify(service['healthCheckGracePeriodSeconds']),
      enableExecuteCommand: JSON.stringify(service['enableExecuteCommand']),
      tags: JSON.stringify(region.tags[serviceArn] ?? []),
    },
    primary: primary && {
      id: primary['id'],
      taskDefinition: primary['taskDefinition'],
      rolloutState: rollout?.state ?? '',
      traffic: trafficOf(region, rollout?.serviceDeploymentArn),
    },
    failed: primary?.['failedTasks'] ?? 0,
  }
}

function unbalancedOf(region: Region, { serviceName, clusterArn, loadBalancers }: Unchecked): number {
  const groups: (string | undefined)[] = loadBalancers.map(({ targetGroupArn }: Unchecked) => targetGroupArn)
  const isTarget = ({ targets = [] }: TaskRecord, group: string | undefined): boolean => {
    const { id, port } = targets.find(({ targetGroupArn }) => targetGroupArn === group) ?? {}
    const found = region.targetGroups[group ?? '']?.targets ?? []
    return found.some((one) => one.id === id && one.port === port && one.goneAt === undefined && !one.fails)
  }
  const running = Object.values(region.tasks).filter(
    ({ task }) =>
      task['group'] === `service:${serviceName}` &&
      task['clusterArn'] === clusterArn &&
      task['lastStatus'] === 'RUNNING' &&
      task['desiredStatus'] === 'RUNNING',
  )
  return running.filter((task) => !groups.every((group) => isTarget(task, group))).length
}

/** No hooks and no time to bake are the same as not saying so. */
function withoutDefaults(configuration: Unchecked): Unchecked {
  return Object.fromEntries(
    Object.entries(configuration).filter(([, value]) => !(Array.isArray(value) && value.length === 0) && value !== 0),
  )
}

/** Where nothing shifts it, all of the traffic goes to what is deployed. */
function trafficOf({ serviceDeployments }: Region, arn = ''): number {
  return serviceDeployments[arn]?.serviceDeployment['targetServiceRevision'].requestedProductionTrafficWeight ?? 100
}

/** What belongs to a service revision, of one, of a service or of an update; a launch type stands for no strategy. */
export function settingsOf({ loadBalancers = [], capacityProviderStrategy = [], launchType }: Unchecked) {
  const strategy = capacityProviderStrategy.map(({ weight = 0, base = 0, ...one }: Unchecked) => ({
    ...one,
    weight,
    base,
  }))
  return {
    loadBalancers: JSON.stringify(sorted(loadBalancers)),
    capacityProviderStrategy: JSON.stringify(strategy.length > 0 ? sorted(strategy) : launchType),
  }
}

const isWaiting = ({ status, targetType }: Unchecked): boolean => targetType === 'PAUSE' && status === 'AWAITING_ACTION'

function newestOf({ serviceDeployments }: Region, { serviceArn }: Unchecked): Unchecked | undefined {
  return (
    Object.values(serviceDeployments)
      .map(({ serviceDeployment }) => serviceDeployment)
      .filter((one) => one['serviceArn'] === serviceArn)
      // Of two in the same moment the later one.
      .toReversed()
      .toSorted((one, other) => other['createdAt'] - one['createdAt'])[0]
  )
}

/** The service revisions that were deployed successfully, the last first. */
function successesOf({ serviceDeployments, serviceRevisions }: Region, { serviceArn }: Unchecked): Unchecked[] {
  return Object.values(serviceDeployments)
    .flatMap(({ serviceDeployment: one }) =>
      one['serviceArn'] === serviceArn && one['status'] === 'SUCCESSFUL' ? one : [],
    )
    .toSorted((one, other) => other.finishedAt! - one.finishedAt!)
    .flatMap((one) => serviceRevisions[one['targetServiceRevision']['arn']] ?? [])
}

function wayBackOf(
  { taskDefinition }: Unchecked,
  successes: readonly Unchecked[],
  primary: Unchecked | undefined,
): string {
  const arns: string[] = successes.map((one) => one['taskDefinition'])
  const hasCompleted = primary?.['rolloutState'] === 'COMPLETED' || arns.includes(taskDefinition)
  return hasCompleted ? taskDefinition : (arns[0] ?? taskDefinition)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = value as Readonly<Record<string, unknown>>
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(members).toSorted()) copy[name] = sorted(members[name])
  return copy
}
