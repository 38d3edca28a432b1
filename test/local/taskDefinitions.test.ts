import { describe, expect, it } from 'vitest'
import { idsOf } from '../../src/local/ids.ts'
import type { Wire } from '../../src/local/operation.ts'
import { registerRevision } from '../../src/local/taskDefinition.ts'
import { localAws, start } from './support.ts'
import type { TestAws } from './support.ts'

const container = { name: 'web', image: 'app:v1', memory: 128 }

const register = (aws: TestAws, family: string, more: Wire = {}): Wire =>
  aws.call('ecs', 'RegisterTaskDefinition', { family, containerDefinitions: [container], ...more })

const registered = (more: Wire = {}, of: Wire = {}): Wire =>
  register(localAws(), 'web', { ...more, containerDefinitions: [{ ...container, ...of }] }).taskDefinition

const deregister = (aws: TestAws, taskDefinition: string): Wire =>
  aws.call('ecs', 'DeregisterTaskDefinition', { taskDefinition }).taskDefinition

const describeIt = (aws: TestAws, taskDefinition: string): Wire =>
  aws.call('ecs', 'DescribeTaskDefinition', { taskDefinition }).taskDefinition

const list = (aws: TestAws, input: Wire = {}): string[] =>
  aws.call('ecs', 'ListTaskDefinitions', input).taskDefinitionArns.map((arn: string) => arn.split('/')[1])

/** `web:1` and `web:2`, of which the first is INACTIVE, and `web-worker:1`. */
function families(): TestAws {
  const aws = localAws()
  for (const family of ['web', 'web', 'web-worker']) register(aws, family)
  deregister(aws, 'web:1')
  return aws
}

describe('RegisterTaskDefinition', () => {
  it('echoes the smallest task definition filled out as ECS does', () => {
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
    const taskDefinition = registered({ runtimePlatform, taskRoleArn: 'arn:aws:iam::1:role/web' }, sent)
    expect(taskDefinition).toMatchObject({ runtimePlatform, taskRoleArn: 'arn:aws:iam::1:role/web' })
    expect(taskDefinition['containerDefinitions'][0]).toMatchObject(sent)
  })

  it('does not fill in over a false or a zero that was sent', () => {
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

  it('leaves host port and protocol as they were sent, and gives a range of ports no host port', () => {
    const portMappings = [
      { containerPort: 53, hostPort: 5353, protocol: 'udp', name: 'dns' },
      { containerPortRange: '100-110' },
    ]
    expect(registered({}, { portMappings })['containerDefinitions'][0].portMappings).toEqual([
      portMappings[0],
      { containerPortRange: '100-110', protocol: 'tcp' },
    ])
  })

  it('is compatible with Fargate when it could run there, whether or not it asks for it', () => {
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

  it('numbers each family by itself and never uses a number again', () => {
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

  it('takes a family of any name a record of JavaScript has by itself', () => {
    const aws = localAws()
    for (const family of ['constructor', '__proto__', 'toString']) {
      expect(register(aws, family)['taskDefinition'].revision).toBe(1)
      expect(describeIt(aws, family)['family']).toBe(family)
    }
    expect(list(aws)).toEqual(['__proto__:1', 'constructor:1', 'toString:1'])
  })
})

describe('registerRevision', () => {
  it('takes what the operation would refuse, and leaves its input alone', () => {
    const aws = localAws()
    const context = { region: aws.region, now: aws.now, ids: idsOf(aws.world) }
    const input = {
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

describe('DescribeTaskDefinition', () => {
  it('takes a family as its latest ACTIVE revision', () => {
    const aws = families()
    register(aws, 'web')
    expect(describeIt(aws, 'web')['revision']).toBe(3)
    deregister(aws, 'web:3')
    expect(describeIt(aws, 'web')['revision']).toBe(2)
  })

  it('describes a deregistered revision by number and by ARN', () => {
    const aws = families()
    const { taskDefinitionArn } = describeIt(aws, 'web:1')
    expect(describeIt(aws, taskDefinitionArn)).toMatchObject({ revision: 1, status: 'INACTIVE' })
  })

  it.each(['nope', 'nope:1', 'web:9', 'web:one', 'web:', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:2'])(
    'has no task definition %j',
    (taskDefinition) => {
      expect(() => describeIt(families(), taskDefinition)).toThrow(
        expect.objectContaining({
          code: 'ClientException',
          message: 'Unable to describe task definition.',
          status: 400,
        }),
      )
    },
  )

  it('has none for a family whose revisions are all deregistered', () => {
    const aws = families()
    deregister(aws, 'web:2')
    expect(() => describeIt(aws, 'web')).toThrow('Unable to describe task definition.')
  })
})

describe('DeregisterTaskDefinition', () => {
  it('makes a revision INACTIVE and says when', () => {
    const aws = families()
    aws.advance(1500)
    expect(deregister(aws, 'web:2')).toMatchObject({ status: 'INACTIVE', deregisteredAt: start / 1000 + 1.5 })
    expect(describeIt(aws, 'web:2')['status']).toBe('INACTIVE')
  })

  it('leaves the time alone when it is done twice', () => {
    const aws = families()
    const first = deregister(aws, 'web:2')
    aws.advance(1000)
    expect(deregister(aws, 'web:2')).toEqual(first)
  })

  it.each([
    ['web', 'Revision is missing.'],
    ['arn:aws:ecs:us-east-1:123456789012:task-definition/web', 'Revision is missing.'],
    ['web:9', 'The specified task definition does not exist.'],
  ])('refuses %j', (taskDefinition, message) => {
    const aws = families()
    expect(() => deregister(aws, taskDefinition)).toThrow(expect.objectContaining({ code: 'ClientException', message }))
    expect(list(aws)).toEqual(['web:2', 'web-worker:1'])
  })
})

describe('ListTaskDefinitions', () => {
  it('takes familyPrefix as the whole family, not as a prefix', () => {
    expect(list(families(), { familyPrefix: 'web' })).toEqual(['web:2'])
    expect(list(families(), { familyPrefix: 'we' })).toEqual([])
  })

  it('lists ACTIVE revisions unless asked for others', () => {
    const aws = families()
    expect(list(aws)).toEqual(['web:2', 'web-worker:1'])
    expect(list(aws, { status: 'INACTIVE' })).toEqual(['web:1'])
    aws.call('ecs', 'DeleteTaskDefinitions', { taskDefinitions: ['web:1'] })
    expect(list(aws, { status: 'INACTIVE' })).toEqual([])
    expect(list(aws, { status: 'DELETE_IN_PROGRESS' })).toEqual(['web:1'])
  })

  it('sorts by family, then by number: 10 comes after 9', () => {
    const aws = localAws()
    register(aws, 'zebra')
    for (let index = 0; index < 11; index += 1) register(aws, 'ant')
    expect(list(aws)).toEqual([...Array.from({ length: 11 }, (_, index) => `ant:${index + 1}`), 'zebra:1'])
    expect(list(aws, { sort: 'DESC', maxResults: 3 })).toEqual(['zebra:1', 'ant:11', 'ant:10'])
  })

  it('gives every revision once over all pages, 100 to a page', () => {
    const aws = localAws()
    for (let index = 0; index < 205; index += 1) register(aws, 'web')
    const pages: string[][] = []
    let nextToken: string | undefined
    do {
      const page = aws.call('ecs', 'ListTaskDefinitions', { familyPrefix: 'web', nextToken })
      pages.push(page.taskDefinitionArns)
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect(pages.map((arns) => arns.length)).toEqual([100, 100, 5])
    expect(new Set(pages.flat()).size).toBe(205)
  })

  it.each([{ status: 'RETIRED' }, { sort: 'UP' }, { maxResults: 101 }, { maxResults: 0 }, { nextToken: 'x' }])(
    'refuses %j',
    (input) => {
      expect(() => list(families(), input)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
    },
  )
})

const names = (aws: TestAws, input: Wire): string[] => aws.call('ecs', 'ListTaskDefinitionFamilies', input).families

describe('ListTaskDefinitionFamilies', () => {
  it('takes familyPrefix as a prefix', () => {
    const aws = families()
    register(aws, 'api')
    expect(names(aws, {})).toEqual(['api', 'web', 'web-worker'])
    expect(names(aws, { familyPrefix: 'web' })).toEqual(['web', 'web-worker'])
  })

  it('tells families with an ACTIVE revision from those without', () => {
    const aws = families()
    deregister(aws, 'web-worker:1')
    expect(names(aws, { status: 'ACTIVE' })).toEqual(['web'])
    expect(names(aws, { status: 'INACTIVE' })).toEqual(['web-worker'])
    expect(names(aws, { status: 'ALL' })).toEqual(['web', 'web-worker'])
    expect(() => names(aws, { status: 'DELETE_IN_PROGRESS' })).toThrow(
      'status should be one of [ACTIVE, INACTIVE, ALL]',
    )
  })
})

const remove = (aws: TestAws, taskDefinitions: string[]): Wire =>
  aws.call('ecs', 'DeleteTaskDefinitions', { taskDefinitions })

describe('DeleteTaskDefinitions', () => {
  it('deletes what is INACTIVE and says what of the rest is wrong', () => {
    const aws = families()
    const { taskDefinitions, failures } = remove(aws, ['web:1', 'web:2', 'web', 'nope:1'])
    expect(taskDefinitions).toMatchObject([
      { revision: 1, status: 'DELETE_IN_PROGRESS', deleteRequestedAt: start / 1000 },
    ])
    expect(failures).toEqual([
      {
        arn: 'web:2',
        reason: 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      },
      {
        arn: 'web',
        reason: 'The specified task definition identifier is invalid. Specify a valid name or ARN and try again.',
      },
      {
        arn: 'nope:1',
        reason:
          'The specified task definition does not exist. Specify a valid account, family, revision and try again.',
      },
    ])
    expect(describeIt(aws, 'web:2')['status']).toBe('ACTIVE')
  })

  it('keeps the time of the first request, and refuses to deregister what is being deleted', () => {
    const aws = families()
    remove(aws, ['web:1'])
    aws.advance(1000)
    expect(remove(aws, ['web:1'])['taskDefinitions'][0].deleteRequestedAt).toBe(start / 1000)
    expect(() => deregister(aws, 'web:1')).toThrow('in the process of being deleted')
  })

  it('takes 1 to 10 references', () => {
    const eleven = Array.from({ length: 11 }, (_, index) => `web:${index}`)
    expect(remove(families(), eleven.slice(1))['failures']).toHaveLength(9)
    expect(() => remove(families(), eleven)).toThrow('Size of TaskDefinition references list cannot exceed 10')
    expect(() => remove(families(), [])).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
  })
})
