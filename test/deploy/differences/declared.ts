// What runs before a diff: a service and a target of a rule.
import type { Declared, ServiceUpdate } from '../../../src/definition/definition.ts'
import { clusterArn, roleArn } from '../declared.ts'

export const [level, password] = [
  { name: 'LEVEL', value: 'info' },
  { name: 'DB_PASSWORD', value: 'correct-horse-1' },
]
export const [http, statsd] = [{ containerPort: 80 }, { containerPort: 8125, protocol: 'udp' as const }]
export const [data, logs] = [
  { sourceVolume: 'data', containerPath: '/data' },
  { sourceVolume: 'logs', containerPath: '/var/log' },
]
export const container = {
  name: 'web',
  image: 'my_image:<image_tag>',
  cpu: 256,
  memory: 512,
  environment: [level, password],
  secrets: [{ name: 'API_KEY', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/old' }],
  portMappings: [http, statsd],
  mountPoints: [data, logs],
  command: ['serve', '--threads', '4'],
}
export const taskDefinition = {
  family: 'web',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [container],
  volumes: [{ name: 'data' }, { name: 'logs' }],
  tags: [{ key: 'team', value: 'a' }],
}
export const target = {
  Id: 'report',
  Arn: clusterArn,
  RoleArn: roleArn,
  Input: '{"a":1}',
  EcsParameters: { TaskCount: 1 },
}
export const service = { cluster: 'my_cluster', service: 'web' }
export const base: Declared = {
  taskDefinition,
  updateServices: [service],
  eventTargets: [{ Rule: 'nightly', Targets: [target] }],
}

export const withTask = (more: object): Declared => ({ ...base, taskDefinition: { ...taskDefinition, ...more } })
export const withContainer = (more: object): Declared => withTask({ containerDefinitions: [{ ...container, ...more }] })
export const withService = (more: Partial<ServiceUpdate>): Declared => ({
  ...base,
  updateServices: [{ ...service, ...more }],
})
export const withTargets = (...Targets: (typeof target)[]): Declared => ({
  ...base,
  eventTargets: [{ Rule: 'nightly', Targets }],
})
