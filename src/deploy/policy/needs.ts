/** What definitions name in AWS, as a policy has to know it. */
import type { Definition, TaskDefinition, TaskRun } from '../../definition/definition.ts'
import { type EcrImage, ecrImageOf } from '../../definition/image.ts'
import { fillImageTag } from '../../definition/placeholder.ts'
import { clustersOf } from '../observe.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import { type ToLock, toLock } from '../lock/places.ts'

/** All of it by name, or by ARN where the definition has one. */
export interface Needs {
  readonly families: readonly string[]
  /** Those whose revisions carry tags. */
  readonly taggedFamilies: readonly string[]
  /** Those that one-off tasks are of, and the clusters that these run in. */
  readonly runFamilies: readonly string[]
  readonly runClusters: readonly string[]
  /** Those in which one-off tasks carry tags. */
  readonly taggedRunClusters: readonly string[]
  readonly clusters: readonly string[]
  /** `shop/web` */
  readonly services: readonly string[]
  readonly rules: readonly { readonly bus: string; readonly rule: string }[]
  readonly schedules: readonly { readonly group: string; readonly name: string }[]
  readonly taskRoles: readonly string[]
  /** Those that services hand to ECS itself: for target groups, hooks, volumes, certificates. */
  readonly serviceRoles: readonly string[]
  readonly eventRoles: readonly string[]
  /** `*` of a schedule whose role is not declared: it hands over the one that it has. */
  readonly scheduleRoles: readonly string[]
  readonly images: readonly EcrImage[]
  readonly logs: readonly { readonly group: string; readonly prefix: string; readonly region: string | undefined }[]
  readonly topics: readonly string[]
  readonly locks: readonly ToLock[]
}

/** Stands where the image tag will, which may be anything, and for a role that is not declared. */
const anyTag = 'ecs-task-any-image-tag'

/** Throws `BadDefinition` where a name would be a pattern in a policy, which would allow more than one thing. */
export function needsOf(definitions: readonly Definition[]): Needs {
  const text = JSON.stringify(namedIn(definitions))
  const patterns = [...new Set(textsIn(JSON.parse(text)).filter((name) => /[*?]|\$\{/.test(name)))]
  if (patterns.length > 0) {
    throw new EcsTaskError('BadDefinition', 'A policy cannot name everything in the definition.', {
      problems: patterns.map((name) => `${name.replaceAll(anyTag, '<image_tag>')}: would be a pattern in a policy`),
      fix: 'Use the full name: no role, service or log group has *, ? or ${ in its name.',
    })
  }
  return JSON.parse(text.replaceAll(anyTag, '*'))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function namedIn(definitions: readonly Definition[]): Needs {
  const filled = definitions.map(({ taskDefinition }) => fillImageTag(taskDefinition, anyTag))
  const running = definitions.filter(({ runTasks }) => runTasks.length > 0)
  const runs = definitions.flatMap(({ runTasks }) => runTasks)
  const updates = definitions.flatMap(({ updateServices }) => updateServices)
  const targets = definitions.flatMap(({ eventTargets }) => eventTargets)
  const schedules = definitions.flatMap((definition) => definition.schedules)
  return {
    families: filled.map(({ family }) => family),
    taggedFamilies: filled.filter(({ tags = [] }) => tags.length > 0).map(({ family }) => family),
    runFamilies: running.map(({ taskDefinition }) => taskDefinition.family),
    runClusters: runs.map(clusterOf),
    taggedRunClusters: runs.filter(isTagged).map(clusterOf),
    clusters: clustersOf(definitions).map(nameOf),
    services: updates.map((update) => `${clusterOf(update)}/${nameOf(update.service)}`),
    rules: targets.map(({ Rule, EventBusName = 'default' }) => ({ bus: nameOf(EventBusName), rule: Rule })),
    schedules: schedules.map(({ GroupName = 'default', Name }) => ({ group: GroupName, name: Name })),
    taskRoles: [...filled, ...runs.map(({ overrides }) => overrides ?? {})].flatMap(rolesOf),
    serviceRoles: [...updates, ...runs].flatMap(infrastructureRoles),
    eventRoles: targets.flatMap(({ Targets }) => Targets.flatMap(({ RoleArn }) => RoleArn ?? [])),
    scheduleRoles: schedules.map(({ Target }) => Target?.RoleArn ?? anyTag),
    images: filled.flatMap(imagesOf),
    logs: filled.flatMap(logsOf),
    topics: definitions.flatMap(({ snsNotificationTopicArn }) => snsNotificationTopicArn ?? []),
    locks: toLock(definitions, undefined),
  }
}

const clusterOf = ({ cluster = 'default' }: { readonly cluster?: string | undefined }): string => nameOf(cluster)

const isTagged = ({ tags = [], propagateTags = 'NONE' }: TaskRun): boolean =>
  tags.length > 0 || propagateTags !== 'NONE'

function rolesOf({
  taskRoleArn,
  executionRoleArn,
}: Pick<TaskDefinition, 'taskRoleArn' | 'executionRoleArn'>): string[] {
  return [taskRoleArn, executionRoleArn].flatMap((role) => role || [])
}

/** Each `roleArn` of a service's or a task's settings, however deep. */
function infrastructureRoles(settings: unknown): string[] {
  if (Array.isArray(settings)) return settings.flatMap(infrastructureRoles)
  if (typeof settings !== 'object' || settings === null) return []
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) =>
    name === 'roleArn' && typeof value === 'string' ? value : infrastructureRoles(value),
  )
}

function imagesOf({ containerDefinitions }: TaskDefinition): EcrImage[] {
  return containerDefinitions.flatMap(({ image = '' }) => ecrImageOf(image) ?? [])
}

/** The streams of each container: the awslogs driver calls them `prefix/container/task id`. */
function logsOf({ containerDefinitions }: TaskDefinition): Needs['logs'][number][] {
  return containerDefinitions.flatMap(({ name = '', logConfiguration }) => {
    const options: Readonly<Record<string, string | undefined>> =
      logConfiguration?.logDriver === 'awslogs' ? (logConfiguration.options ?? {}) : {}
    const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix, 'awslogs-region': region } = options
    return group && prefix ? [{ group, prefix: `${prefix}/${name}/`, region }] : []
  })
}
