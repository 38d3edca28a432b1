import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { registerRevision } from '../../../../src/local/ecs/taskDefinitions/taskDefinition.ts'
import { contextOf, localAws, start } from '../../support.ts'
import { container, deregister, describeIt, list, register } from './taskDefinitionSupport.ts'

const registered = (more: Unchecked = {}, of: Unchecked = {}): Unchecked =>
  register(localAws(), 'web', { ...more, containerDefinitions: [{ ...container, ...of }] }).taskDefinition

describe('RegisterTaskDefinition', () => {
  it('echoes the smallest task definition with the defaults of ECS', () => {
    expect(registered()).toEqual({
      family: 'web',
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
      revision: 1,
      status: 'ACTIVE',
      containerDefinitions: [
        {
          name: 'web',
          image: 'app:v1',
          memory: 128,
          cpu: 0,
          essential: true,
          environment: [],
          mountPoints: [],
          portMappings: [],
          systemControls: [],
          volumesFrom: [],
        },
      ],
      volumes: [],
      placementConstraints: [],
      requiresAttributes: [],
      compatibilities: ['EC2'],
      registeredAt: start / 1000,
      registeredBy: 'arn:aws:iam::123456789012:user/local',
    })
  })

  it('keeps every member that was sent', () => {
    const healthCheck = { command: ['CMD', 'true'], interval: 7 }
    const runtimePlatform = { cpuArchitecture: 'ARM64' }
    const sent = { cpu: 10, essential: true, environment: [{ name: 'A', value: '' }], healthCheck, stopTimeout: 5 }
    const taskDefinition = registered({ runtimePlatform, taskRoleArn: 'arn:aws:iam::123456789012:role/web' }, sent)
    expect(taskDefinition).toMatchObject({ runtimePlatform, taskRoleArn: 'arn:aws:iam::123456789012:role/web' })
    expect(taskDefinition['containerDefinitions'][0]).toMatchObject(sent)
  })

  it('keeps a false or a zero that was sent', () => {
    const containerDefinitions = [container, { ...container, name: 'log', essential: false, cpu: 0 }]
    const { taskDefinition } = register(localAws(), 'web', { containerDefinitions })
    expect(taskDefinition.containerDefinitions[1]).toMatchObject({ essential: false, cpu: 0 })
  })

  it.each([
    ['1 vCPU', '1GB', '1024', '1024'],
    ['.25 vcpu', '0.5 GB', '256', '512'],
    ['0.5vCPU', '3 gb', '512', '3072'],
    ['256', '512', '256', '512'],
  ])('echoes cpu %j and memory %j as %j and %j', (cpu, memory, units, mebibytes) => {
    expect(registered({ cpu, memory })).toMatchObject({ cpu: units, memory: mebibytes })
  })

  it.each([
    ['awsvpc', 80],
    ['host', 80],
    ['bridge', 0],
    [undefined, 0],
  ])('with networkMode %s gives a mapping of port 80 the host port %i', (networkMode, hostPort) => {
    const { containerDefinitions } = registered({ networkMode }, { portMappings: [{ containerPort: 80 }] })
    expect(containerDefinitions[0].portMappings).toEqual([{ containerPort: 80, hostPort, protocol: 'tcp' }])
  })

  it('keeps host port and protocol as sent, and gives a range of ports no host port', () => {
    const portMappings = [
      { containerPort: 53, hostPort: 5353, protocol: 'udp', name: 'dns' },
      { containerPortRange: '100-110' },
    ]
    expect(registered({}, { portMappings })['containerDefinitions'][0].portMappings).toEqual([
      portMappings[0],
      { containerPortRange: '100-110', protocol: 'tcp' },
    ])
  })

  it('is compatible with Fargate when it could run there, whether or not it requires it', () => {
    const fits = { networkMode: 'awsvpc', cpu: '256', memory: '512' }
    expect(registered(fits)['compatibilities']).toEqual(['EC2', 'FARGATE'])
    expect(registered({ ...fits, memory: '4096' })['compatibilities']).toEqual(['EC2'])
    expect(registered({ ...fits, networkMode: 'bridge' })['compatibilities']).toEqual(['EC2'])
    expect(registered({ ...fits, requiresCompatibilities: ['FARGATE'] })).toMatchObject({
      requiresCompatibilities: ['FARGATE'],
      compatibilities: ['EC2', 'FARGATE'],
    })
  })

  it('keeps tags beside the task definition, never in it', () => {
    const aws = localAws()
    const tags = [{ key: 'team', value: 'a' }]
    const answer = register(aws, 'web', { tags })
    expect(answer['tags']).toEqual(tags)
    expect(answer['taskDefinition']).not.toHaveProperty('tags')
    expect(aws.call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web' })).not.toHaveProperty('tags')
    const include = ['TAGS']
    expect(aws.call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web', include }).tags).toEqual(tags)
    register(aws, 'web')
    expect(aws.call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web', include }).tags).toEqual([])
  })

  it('can register what it described, without what ECS adds to it', () => {
    const aws = localAws()
    register(aws, 'web', { cpu: '1 vCPU', memory: '2GB', networkMode: 'awsvpc' })
    const added = ['taskDefinitionArn', 'revision', 'status', 'requiresAttributes', 'compatibilities']
    const entries = Object.entries(describeIt(aws, 'web')).filter(
      ([name]) => ![...added, 'registeredAt', 'registeredBy'].includes(name),
    )
    const again = aws.call('ecs', 'RegisterTaskDefinition', Object.fromEntries(entries)).taskDefinition
    expect({ ...again, revision: 1, taskDefinitionArn: describeIt(aws, 'web:1')['taskDefinitionArn'] }).toEqual(
      describeIt(aws, 'web:1'),
    )
  })

  it('numbers each family on its own and never reuses a number', () => {
    const aws = localAws()
    expect(
      [register(aws, 'a'), register(aws, 'b'), register(aws, 'a')].map((one) => one['taskDefinition'].revision),
    ).toEqual([1, 1, 2])
    deregister(aws, 'a:2')
    aws.call('ecs', 'DeleteTaskDefinitions', { taskDefinitions: ['a:2'] })
    expect(register(aws, 'a')['taskDefinition'].revision).toBe(3)
  })

  it('is not idempotent: the same input twice makes two revisions', () => {
    const aws = localAws()
    expect(register(aws, 'web')['taskDefinition'].revision).toBe(1)
    expect(register(aws, 'web')['taskDefinition'].revision).toBe(2)
  })

  it('takes a family named like a member of Object.prototype', () => {
    const aws = localAws()
    for (const family of ['constructor', '__proto__', 'toString']) {
      expect(register(aws, family)['taskDefinition'].revision).toBe(1)
      expect(describeIt(aws, family)['family']).toBe(family)
    }
    expect(list(aws)).toEqual(['__proto__:1', 'constructor:1', 'toString:1'])
  })
})

describe('registerRevision', () => {
  it('accepts what the operation would refuse, and does not change its input', () => {
    const aws = localAws()
    const context = contextOf(aws)
    const input: { family: string } & Unchecked = {
      family: 'web',
      cpu: 256,
      imgae: 'app',
      containerDefinitions: [{ name: 'web', user: null }],
      tags: [],
    }
    const before = structuredClone(input)
    const { taskDefinition } = registerRevision(context, input)
    expect(taskDefinition).toMatchObject({
      revision: 1,
      imgae: 'app',
      cpu: '256',
      containerDefinitions: [{ name: 'web' }],
    })
    expect(input).toEqual(before)
    expect(registerRevision(context, { family: 'bare' }).taskDefinition['containerDefinitions']).toEqual([])
    expect(describeIt(aws, 'web')).toEqual(taskDefinition)
  })
})
