// Writes what was imported from the files of another tool as a stack file; what a stack has no key for are comments.
import type { Service, TaskDefinition as Described } from '@aws-sdk/client-ecs'
import { describedService } from '../../cluster/describedService.ts'
import { stackText } from '../../cluster/file/stackText.ts'
import { settingsAsInput, simple } from '../../cluster/serviceSettings.ts'
import type { StackService } from '../../cluster/stack.ts'
import { taskDefinitionOf } from '../../cluster/taskDefinitionOf.ts'
import type { ServiceUpdate, TaskDefinition } from '../../definition/definition.ts'
import { differences } from '../../definition/sameTaskDefinition.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Imported } from './imported.ts'
import { commentLines } from './literal.ts'
import type { ImportedStack } from './stackFileText.ts'
import { markOf, withVariables } from './stackVariables.ts'
import { FromEnvironment, type Tree, commentsIn, plain } from './tree.ts'

/** Throws `BadArguments` for a job: its schedule has a role, which only whoever deploys it knows. */
export function importedAsStack({ name, about, members, variables, warnings }: Imported): ImportedStack {
  const { taskDefinition = {}, updateServices, schedules } = members
  if (schedules !== undefined || updateServices === undefined) {
    throw new EcsTaskError('BadArguments', `${name} is no service, and only services become stack files.`, {
      fix: 'Write a class: leave --stack out. In a stack file, a task with a schedule is written by hand.',
    })
  }
  const task = withMarks(taskDefinition) as TaskDefinition
  const [update] = withMarks(updateServices) as [ServiceUpdate]
  const service = named(describedService(nothing, existingOf(name, task, update), undefined), name)
  const lines = [
    ...about.map((line) => line.replace('in a class', 'in a stack file')),
    ...defaultsIn([taskDefinition, updateServices]),
    ...(update.networkConfiguration ? [] : ['Put your subnets and security groups at network.']),
    ...lostOf(task, update, service),
    ...commentsIn([taskDefinition, updateServices]),
  ]
  const text = [...lines.flatMap(commentLines).map((line) => line.replace('//', '#')), stackText(stackOf(service))]
  return { name, text: withVariables(text.join('\n')), variables, warnings }
}

const stackOf = (service: StackService) => ({ vpc: undefined, namespace: undefined, services: [service] })

/** Nothing was looked for in AWS. */
const nothing = {
  cluster: '',
  namespaces: [],
  targetGroups: [],
  listeners: [],
  loadBalancers: [],
  certificates: new Map(),
  scaling: new Map(),
}

/** The data with marks for variables: the tag is one, too. */
function withMarks(tree: Tree): unknown {
  const read = ({ parts, type }: FromEnvironment): unknown => {
    const [part] = parts
    const fixed = typeof part === 'object' ? part.otherwise : undefined
    if (type === 'number') return fixed === undefined ? undefined : Number(fixed)
    if (type === 'boolean') return fixed === undefined ? undefined : fixed === 'true'
    return parts.map((one) => (typeof one === 'string' ? one : markOf(one.names[0] ?? ''))).join('')
  }
  const marked = JSON.stringify(plain(tree, read)).replaceAll('<image_tag>', markOf('IMAGE_TAG'))
  return JSON.parse(marked) as unknown
}

/** What runs where a variable is not set: a stack file has no such defaults. */
function defaultsIn(tree: Tree): string[] {
  const lines = new Set<string>()
  plain(tree, ({ parts }) => {
    for (const part of parts) {
      if (typeof part === 'object' && part.otherwise !== undefined)
        lines.add(`Set ${part.names[0]}; its default was ${part.otherwise}.`)
    }
  })
  return [...lines]
}

function existingOf(name: string, task: TaskDefinition, update: ServiceUpdate) {
  const isFargate = task.requiresCompatibilities?.includes('FARGATE') === true
  const awsvpcConfiguration = { subnets: ['subnet-0123456789abcdef0'] }
  const service: Service = {
    serviceName: name,
    launchType: isFargate ? 'FARGATE' : 'EC2',
    ...settingsAsInput({ schedulingStrategy: 'REPLICA', ...update }),
    desiredCount: update.desiredCount ?? 1,
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      ...update.deploymentConfiguration,
    },
    ...(task.networkMode === 'awsvpc' && { networkConfiguration: { awsvpcConfiguration } }),
    ...(update.networkConfiguration && { networkConfiguration: update.networkConfiguration }),
    placementConstraints: update.placementConstraints,
  }
  return { name, service, schedule: undefined, registered: { arn: '', taskDefinition: task as Described, tags: [] } }
}

/** The first container of a stack is called like its service. */
function named(service: StackService, name: string): StackService {
  const [own, ...further] = service.containers
  return { ...service, containers: [{ ...own, name }, ...further] }
}

/** What a stack file has no key for: members of the task definition that it would not have, and settings. */
function lostOf(task: TaskDefinition, update: ServiceUpdate, service: StackService): string[] {
  const { family, tags } = task
  const written = { ...taskDefinitionOf('', service), family, tags }
  const compound = ['networkConfiguration', 'deploymentConfiguration', 'placementConstraints']
  const said: readonly string[] = [
    'cluster',
    'service',
    'desiredCount',
    ...compound,
    ...simple.map(({ member }) => member),
  ]
  const lost = [
    ...differences(written, task).flatMap(({ path, before }) =>
      before === undefined ? [] : `  ${path}: ${shown(before)}`,
    ),
    ...(tags ?? []).map(({ key, value }) => `  tags/${key}: ${value}`),
    ...Object.entries(update)
      .filter(([member]) => !said.includes(member))
      .map(([member, value]) => `  ${member}: ${shown(value)}`),
  ]
  return lost.length === 0 ? [] : ['No counterpart in a stack file:', ...lost]
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
