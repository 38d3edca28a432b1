// What ecspresso's service definition and its configuration say of a service.
import { inputs, shapes } from '../../../definition/shapes.ts'
import { redactor } from '../../../definition/secrets/redact.ts'
import { ordered } from '../ordered.ts'
import { FromEnvironment, Noted, type Tree, comments, isMembers, plain } from '../tree.ts'
import { typed } from './typed.ts'

type Members = Readonly<Record<string, Tree | undefined>>

/** Members of UpdateService that are not settings of the service. */
const notSettings = ['cluster', 'service', 'taskDefinition', 'forceNewDeployment', 'deploymentController']

/** One call of UpdateService: what it takes is declared, what only CreateService takes is a comment. */
export function serviceUpdateOf(settings: Members, service: Members): Tree {
  const known = Object.keys(shapes[inputs.updateServices] ?? {}).filter((name) => !notSettings.includes(name))
  const there = Object.entries(service).filter(([, value]) => value !== undefined && value !== null)
  const taken = Object.fromEntries(there.filter(([name]) => known.includes(name)))
  const left = there.filter(([name]) => !known.includes(name) && name !== 'serviceName' && name !== 'taskDefinition')
  const input = typed(ordered(taken, inputs.updateServices, shapes) as Tree, inputs.updateServices, shapes)
  const why = 'No counterpart: UpdateService does not take it, the service has it from its creation.'
  return {
    cluster: settings['cluster'] ?? 'default',
    service: settings['service'] ?? '',
    ...(input as object),
    ...comments(left.length === 0 ? [] : [why, ...left.map(([name, value]) => `  ${name}: ${shown(value)}`)]),
  }
}

/** The keys of ecspresso.yml that the class does not say, for the top of the file. */
export function configLines(settings: Members): string[] {
  const said = ['cluster', 'service', 'task_definition', 'service_definition']
  const left = Object.entries(settings).filter(([key, value]) => !said.includes(key) && value !== undefined)
  if (left.length === 0) return []
  const hints: Readonly<Record<string, string>> = {
    region: '  (AWS_REGION, or --region)',
    timeout: '  (--timeout)',
    plugins: '  (their functions are variables here)',
  }
  return [
    'No counterpart in a class, from ecspresso.yml:',
    ...left.map(([key, value]) => `  ${key}: ${shown(value)}${hints[key] ?? ''}`),
  ]
}

/** What is said of a service that ECS does not deploy. */
export function controllerWarnings({ deploymentController }: Members): string[] {
  const type = isMembers(deploymentController) ? shown(deploymentController['type']) : 'ECS'
  if (type === 'ECS') return []
  return [`The service is deployed by ${type}: ecs-task deploys only services with the ECS deployment controller.`]
}

/** A value as JSON, with the variables that it is read from. */
function shown(value: Tree | undefined): string {
  if (value instanceof Noted) return shown(value.value)
  const read = ({ parts }: FromEnvironment): string =>
    parts.map((part) => (typeof part === 'string' ? part : `\${${part.names.join(' or ')}}`)).join('')
  const bare = plain(value ?? null, read)
  const open = redactor([])(bare)
  return typeof open === 'string' ? open : JSON.stringify(open)
}
