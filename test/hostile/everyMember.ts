// A task definition with every member of AWS’s model.
import type { TaskDefinition } from '../../src/definition/definition.ts'
import { inputs, shapes } from '../../src/definition/shapes.ts'

/** Text that every layer between two programs has its own way to spoil. */
const text = 'é 🚀 "\\\' <&> {x} $& \u0000 \u2028 \u202e \ud800'

/** Members that are checked for more than their type. */
const meaningful: Readonly<Record<string, unknown>> = {
  'RegisterTaskDefinitionRequest.family': 'every',
  'RegisterTaskDefinitionRequest.networkMode': 'bridge',
  'RegisterTaskDefinitionRequest.requiresCompatibilities': ['EC2'],
  'RegisterTaskDefinitionRequest.cpu': '256',
  'RegisterTaskDefinitionRequest.memory': '512',
  'ContainerDefinition.name': 'web',
  'ContainerDefinition.cpu': 255,
  'ContainerDefinition.image': 'registry.example:5000/shop/web:v1',
  'ContainerDefinition.memory': 512,
  'ContainerDefinition.memoryReservation': 256,
  'ContainerRestartPolicy.restartAttemptPeriod': 1799,
  'RegisterTaskDefinitionRequest.pidMode': 'task',
  'RegisterTaskDefinitionRequest.ipcMode': 'task',
  'HealthCheck.command': ['CMD', text],
  'HealthCheck.interval': 299,
  'HealthCheck.timeout': 59,
  'HealthCheck.retries': 9,
  'HealthCheck.startPeriod': 298,
  'EphemeralStorage.sizeInGiB': 199,
  'ContainerDefinition.links': ['proxy:alias'],
  'ContainerDependency.containerName': 'proxy',
  'ContainerDependency.condition': 'START',
  'VolumeFrom.sourceContainer': 'proxy',
  'MountPoint.sourceVolume': 'data',
  'Volume.name': 'data',
  'LogConfiguration.logDriver': 'splunk',
  'TaskDefinitionPlacementConstraint.type': 'memberOf',
  'TaskDefinitionPlacementConstraint.expression': 'attribute:stack == "é 🚀 <&> {x} $&"',
}

/**
 * A task definition in which every member of every structure of AWS's model occurs, whatever the model is: texts are hostile,
 * numbers all differ. With `unknown`, each structure has a member more that no model knows.
 */
export function everyMember({ unknown = false } = {}): TaskDefinition {
  let count = 0
  const value = (type: string): unknown => {
    const [kind = '', of = ''] = type.replace(/!$/, '').split(/ (.*)/)
    if (kind === 'list') return [value(of)]
    if (kind === 'map') return { [`label ${text}`]: value(of), constructor: value(of) }
    if (kind === 'string') return `${(count += 1)} ${text}`
    if (kind === 'number') return (count += 1)
    if (kind === 'boolean') return true
    return structure(kind)
  }
  const structure = (name: string): object =>
    Object.fromEntries([
      ...Object.entries(shapes[name]!).map(([member, type]) => [
        member,
        meaningful[`${name}.${member}`] ?? value(type),
      ]),
      ...(unknown ? [['addedNextYear', { to: [name, { deep: [null, 0, false, ''] }] }]] : []),
    ])
  const { containerDefinitions, ...rest } = structure(inputs.taskDefinition) as TaskDefinition
  const proxy = { name: 'proxy', image: 'proxy:v1', memory: 128, essential: false }
  return { ...rest, containerDefinitions: [...containerDefinitions, proxy] }
}

/** Every structure of the model that a task definition can hold, itself among them. */
export function structuresOfTaskDefinition(
  name: string = inputs.taskDefinition,
  found = new Set<string>(),
): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const type of Object.values(shapes[name]!)) {
    const below = type.replace(/!$/, '').split(' ').at(-1)!
    if (Object.hasOwn(shapes, below)) structuresOfTaskDefinition(below, found)
  }
  return found
}
