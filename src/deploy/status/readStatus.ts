/** Reads what `status` shows. */
import type { Service, ServiceDeployment, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Aws } from '../../aws/aws.ts'
import type { Definition } from '../../definition/definition.ts'
import { hasNoHistory } from '../../rollout/serviceDeployment.ts'
import { noting } from '../../rollout/missingPermission.ts'
import { onlyOf } from '../../ground/command.ts'
import { nameOf, ruleKey, scheduleKey, serviceKey } from '../../ground/names.ts'
import { clustersOf, observe } from '../observe.ts'
import type { RevisionReference, World } from '../world.ts'
import { findingsOf } from './findings.ts'
import { serviceStatus } from './serviceStatus.ts'
import { type DefinitionStatus, type PointedAt, type RevisionUse, type Status, stateOf } from './status.ts'
import { imageTags } from '../../definition/image.ts'
import { revisionReferences } from '../revisionReferences.ts'

/** How many ACTIVE revisions of a family are shown, the newest ones. */
const mostRevisions = 10

/**
 * Reads what services, event targets and schedules point at, the deployments under way and the revisions in use. Nothing is changed.
 * Throws `NotFound`, with all that is missing, when a service, a rule, a schedule or a cluster is not there.
 */
export async function readStatus(
  aws: Aws,
  definitions: readonly Definition[],
  {
    program,
    leftOut = [],
    signal,
  }: {
    readonly program?: string | undefined
    /** The names of classes in the program that are not shown. */
    readonly leftOut?: readonly string[] | undefined
    readonly signal?: AbortSignal
  } = {},
): Promise<Status> {
  const families = [...new Set(definitions.map(({ taskDefinition }) => taskDefinition.family))]
  const unread: string[] = []
  const without = noting(unread)
  const [world, uses] = await Promise.all([
    observe(aws, definitions, { ...(signal && { signal }) }),
    revisionReferences(aws, { families, clusters: clustersOf(definitions) }, signal).catch(
      without('What uses the revisions', undefined),
    ),
  ])
  const [taskDefinitions, serviceDeployments] = await Promise.all([
    describeTaskDefinitions(aws, shown(world), signal).catch(
      without('The image tags of the revisions', new Map<string, TaskDefinition>()),
    ),
    describeServiceDeployments(aws, [...world.services.values()], signal).catch(
      without('Whether deployments are paused', new Map<string, ServiceDeployment>(), 'ecs:DescribeServiceDeployments'),
    ),
  ])
  const classes = [...definitions.map(({ name }) => name), ...leftOut]
  const read: Read = { world, uses, taskDefinitions, serviceDeployments, program, classes }
  const all = definitions.map((definition) => definitionStatus(definition, read))
  return {
    version: 1,
    state: stateOf(all.flatMap(({ services }) => services)),
    definitions: all,
    unread: [...world.unread, ...unread],
  }
}

interface Read {
  readonly world: World
  /** Undefined where they may not be read. */
  readonly uses: readonly RevisionReference[] | undefined
  /** By the ARN that was asked for. */
  readonly taskDefinitions: ReadonlyMap<string, TaskDefinition>
  readonly serviceDeployments: ReadonlyMap<string, ServiceDeployment>
  /** What a person types to run the file of the class. */
  readonly program: string | undefined
  /** The names of all classes in it. */
  readonly classes: readonly string[]
}

function definitionStatus(
  definition: Definition,
  { world, uses, taskDefinitions, serviceDeployments, program, classes }: Read,
): DefinitionStatus {
  const { name, taskDefinition, updateServices, eventTargets } = definition
  const { family } = taskDefinition

  function pointedAt(arn: string | undefined): PointedAt {
    if (arn === undefined) return { revision: undefined, tags: [] }
    const found = taskDefinitions.get(arn)
    // A target may name the family alone, which stands for its latest revision.
    const tags = imageTags(taskDefinition, found?.containerDefinitions ?? [])
    return { revision: nameOf(found?.taskDefinitionArn ?? arn), tags }
  }

  const services = [...new Set(updateServices.map(serviceKey))].flatMap((key) => {
    const service = world.services.get(key)
    if (!service) return []
    const current = serviceDeployments.get(service.currentServiceDeployment ?? '')
    return [serviceStatus(key, service, { current, pointedAt, program, only: onlyOf([name], classes) })]
  })
  const targets = eventTargets.flatMap((rule) =>
    rule.Targets.filter(({ EcsParameters }) => EcsParameters).map(({ Id }) => {
      const target = world.targets.get(ruleKey(rule))?.find((one) => one.Id === Id)
      return { target: `${ruleKey(rule)}/${Id}`, ...pointedAt(revisionOf(target)) }
    }),
  )
  const schedules = definition.schedules.flatMap((declared) => {
    const key = scheduleKey(declared)
    const found = world.schedules.get(key)
    if (!found) return []
    const { State = 'ENABLED', ScheduleExpression = '', ScheduleExpressionTimezone: timezone = 'UTC', Target } = found
    const pointed = pointedAt(Target?.EcsParameters?.TaskDefinitionArn)
    return [{ schedule: key, ...pointed, state: State, expression: ScheduleExpression, timezone }]
  })
  const active = world.revisions.get(family) ?? []
  const revisions = active.slice(0, mostRevisions).map(({ arn }) => ({
    revision: nameOf(arn),
    tags: pointedAt(arn).tags,
    ...(uses && { uses: counted(uses.filter((use) => use.revision === arn)) }),
  }))
  const known = { services, targets, schedules, revisions, activeRevisions: active.length }
  const inactive = [...taskDefinitions.values()].filter(({ status }) => status === 'INACTIVE')
  const gone = new Set(inactive.map(({ taskDefinitionArn = '' }) => nameOf(taskDefinitionArn)))
  return { name, family, ...known, findings: findingsOf(known, gone) }
}

/** The ARNs of all revisions that a status shows. */
function shown({ services, targets, schedules, revisions }: World): string[] {
  const arns = [
    ...[...services.values()].flatMap(({ taskDefinition, deployments = [] }) => [
      taskDefinition,
      ...deployments.map((deployment) => deployment.taskDefinition),
    ]),
    ...[...targets.values()].flat().map(revisionOf),
    ...[...schedules.values()].map(({ Target }) => Target?.EcsParameters?.TaskDefinitionArn),
    ...[...revisions.values()].flatMap((active) => active.slice(0, mostRevisions).map(({ arn }) => arn)),
  ]
  return [...new Set(arns.filter((arn) => arn !== undefined))]
}

function revisionOf(target: Target | undefined): string | undefined {
  return target?.EcsParameters?.TaskDefinitionArn
}

async function describeTaskDefinitions(
  aws: Aws,
  arns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, TaskDefinition>> {
  const answers = await Promise.all(
    arns.map((taskDefinition) => aws.call('describeTaskDefinition', { taskDefinition }, signal).catch(deleted)),
  )
  return new Map(
    arns.flatMap((arn, index): [string, TaskDefinition][] => {
      const found = answers[index]?.taskDefinition
      return found ? [[arn, found]] : []
    }),
  )
}

/** A target may still name a revision that has been deleted. */
function deleted(error: unknown): undefined {
  const { name, message } = error as Error
  if (name !== 'ClientException' || !message.startsWith('Unable to describe task definition')) throw error
}

/** What AWS tells beyond the services themselves, where it tells anything. */
async function describeServiceDeployments(
  aws: Aws,
  services: readonly Service[],
  signal: AbortSignal | undefined,
): Promise<Map<string, ServiceDeployment>> {
  const serviceDeploymentArns = [...new Set(services.flatMap((service) => service.currentServiceDeployment ?? []))]
  if (serviceDeploymentArns.length === 0) return new Map()
  const { serviceDeployments = [] } = await aws
    .all('describeServiceDeployments', { serviceDeploymentArns }, signal)
    .catch((error: Error) => {
      if (!hasNoHistory(error)) throw error
      return { serviceDeployments: [] }
    })
  return new Map(serviceDeployments.map((one) => [one.serviceDeploymentArn ?? '', one]))
}

function counted(uses: readonly RevisionReference[]): RevisionUse[] {
  const counts = new Map<string, RevisionUse>()
  for (const { kind, key } of uses) {
    const count = 1 + (counts.get(`${kind} ${key}`)?.count ?? 0)
    counts.set(`${kind} ${key}`, { kind, key, count })
  }
  return [...counts.values()]
}
