import { describe, expect, it } from 'vitest'
import type { Declared, ServiceUpdate } from '../../../src/definition/definition.ts'
import { clusterArn, roleArn } from '../declared.ts'
import { changed } from './support.ts'

const container = {
  name: 'web',
  image: 'my_image:<image_tag>',
  cpu: 256,
  memory: 512,
  environment: [
    { name: 'LEVEL', value: 'info' },
    { name: 'DB_PASSWORD', value: 'correct-horse-1' },
  ],
  secrets: [{ name: 'API_KEY', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/old' }],
  portMappings: [{ containerPort: 80 }, { containerPort: 8125, protocol: 'udp' as const }],
  mountPoints: [
    { sourceVolume: 'data', containerPath: '/data' },
    { sourceVolume: 'logs', containerPath: '/var/log' },
  ],
  command: ['serve', '--threads', '4'],
}
const taskDefinition = {
  family: 'web',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [container],
  volumes: [{ name: 'data' }, { name: 'logs' }],
  tags: [{ key: 'team', value: 'a' }],
}
const target = { Id: 'nightly', Arn: clusterArn, RoleArn: roleArn, Input: '{"a":1}', EcsParameters: { TaskCount: 1 } }
const base: Declared = {
  taskDefinition,
  updateServices: [{ cluster: 'my_cluster', service: 'web' }],
  eventTargets: [{ Rule: 'nightly', Targets: [target] }],
}

const withTask = (more: object): Declared => ({ ...base, taskDefinition: { ...taskDefinition, ...more } })
const withContainer = (more: object): Declared => withTask({ containerDefinitions: [{ ...container, ...more }] })
const withService = (more: Partial<ServiceUpdate>): Declared => ({
  ...base,
  updateServices: [{ cluster: 'my_cluster', service: 'web', ...more }],
})
const withTarget = (more: object): Declared => ({
  ...base,
  eventTargets: [{ Rule: 'nightly', Targets: [{ ...target, ...more }] }],
})

const head = 'my_cluster/web, default/nightly/nightly: task definition web, compared with web:2'

describe('a diff has no line', () => {
  it.each<[string, Declared]>([
    ['where the same is declared again', base],
    [
      'where everything is declared in another order',
      withTask({
        volumes: taskDefinition.volumes.toReversed(),
        containerDefinitions: [
          {
            ...container,
            environment: container.environment.toReversed(),
            portMappings: container.portMappings.toReversed(),
            mountPoints: container.mountPoints.toReversed(),
          },
        ],
      }),
    ],
    [
      "where AWS's defaults are declared",
      withTask({
        networkMode: 'bridge',
        containerDefinitions: [
          {
            ...container,
            essential: true,
            versionConsistency: 'enabled',
            portMappings: [
              { containerPort: 80, hostPort: 0, protocol: 'tcp' },
              { containerPort: 8125, hostPort: 0, protocol: 'udp' },
            ],
            links: [],
          },
        ],
      }),
    ],
  ])('%s', async (_, declared) => {
    expect(await changed(base, declared)).toEqual([])
  })
})

describe('a diff says', () => {
  it.each<[string, Declared, string[]]>([
    ['a new variable', withContainer({ environment: [...container.environment, { name: 'A', value: '1' }] }), []],
  ])('%s', async (_, declared, lines) => {
    expect(await changed(base, declared)).toEqual([head, ...lines])
  })
})
