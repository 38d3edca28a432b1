import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { balancedTargetGroup, behind, deployBalanced, listening } from '../../balancedWeb.ts'
import {
  createDiscoveryService,
  createNamespace,
  discovery,
  records,
  recordsIn,
} from '../../servicediscovery/cloudMap.ts'
import { localAws, minutes, seconds } from '../../support.ts'
import type { TestAws } from '../../support.ts'
import { createWeb, describeWeb, idOf, registerWeb, updateWeb } from '../../webService.ts'

const inNetwork = { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } }

interface Registered {
  readonly aws: TestAws
  readonly namespace: string
  readonly registry: Unchecked
}

/** A local AWS with the namespace corp.internal and in it the service web, but without a service of ECS. */
function registryOf(more: Unchecked = records()): Registered {
  const aws = localAws()
  const namespace = createNamespace(aws)
  return { aws, namespace, registry: createDiscoveryService(aws, namespace, 'web', more) }
}

/** The same, with the service `web` of ECS settled in the registry. */
function registered(settings: Unchecked = {}, more?: Unchecked): Registered {
  const made = registryOf(more)
  const serviceRegistries = [{ registryArn: made.registry['Arn'] }]
  createWeb(made.aws, { definition: listening(), ...inNetwork, serviceRegistries, ...settings })
  return made
}

const instancesOf = ({ aws, registry }: Registered): Unchecked[] =>
  discovery(aws, 'ListInstances', { ServiceId: registry['Id'] }).Instances

const idsOf = (made: Registered): string[] => instancesOf(made).map(({ Id }) => Id)

const tasksIn = (aws: TestAws, ...statuses: string[]): Unchecked[] =>
  Object.values(aws.region.tasks)
    .map(({ task }) => task)
    .filter(({ lastStatus }) => statuses.includes(lastStatus))

const running = (aws: TestAws): string[] => tasksIn(aws, 'RUNNING').map(idOf)

describe('A service with a service registry', () => {
  test('registers its tasks by address when they are RUNNING, not before', () => {
    const made = registered({ desiredCount: 1 })
    const { aws, namespace } = made
    updateWeb(aws, { desiredCount: 2 })
    const seen = new Set<string>()
    for (let second = 0; second < 25; second += 1) {
      aws.advance(seconds(1))
      const newest = tasksIn(aws, 'PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING')[1]
      if (newest) seen.add(`${newest['lastStatus']} ${idsOf(made).includes(idOf(newest))}`)
    }
    expect([...seen]).toEqual(['PROVISIONING false', 'PENDING false', 'ACTIVATING false', 'RUNNING true'])
    expect(idsOf(made).toSorted()).toEqual(running(aws).toSorted())
    const addresses = tasksIn(aws, 'RUNNING').map(
      ({ containers }) => containers[0].networkInterfaces[0].privateIpv4Address,
    )
    expect(recordsIn(aws, namespace).toSorted()).toEqual(
      addresses.map((address) => `web.corp.internal. A 10 ${address}`).toSorted(),
    )
  })

  test('registers the attributes that AWS registers of a task', () => {
    const fargate = { requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' }
    const definition = { ...listening(), ...fargate }
    const custom = { ...records(), HealthCheckCustomConfig: {} }
    const made = registered({ desiredCount: 1, launchType: 'FARGATE', definition }, custom)
    const [task] = tasksIn(made.aws, 'RUNNING')
    expect(instancesOf(made)).toEqual([
      {
        Id: idOf(task!),
        Attributes: {
          AWS_INSTANCE_IPV4: task!['containers'][0].networkInterfaces[0].privateIpv4Address,
          AWS_INIT_HEALTH_STATUS: 'HEALTHY',
          AVAILABILITY_ZONE: task!['availabilityZone'],
          REGION: 'us-east-1',
          ECS_SERVICE_NAME: 'web',
          ECS_CLUSTER_NAME: 'c',
          ECS_TASK_DEFINITION_FAMILY: 'web',
        },
        CreatedByAccount: '123456789012',
      },
    ])
  })

  test.each<[string, Unchecked, Unchecked, Unchecked]>([
    ['the port of the registry', { port: 9090 }, listening(), { AWS_INSTANCE_PORT: '9090' }],
    [
      'the port of the container',
      { containerName: 'web', containerPort: 8080 },
      listening(),
      { AWS_INSTANCE_PORT: '8080' },
    ],
  ])('has an SRV record with %s', (_, registry, definition, attributes) => {
    const made = registryOf(records('SRV'))
    const serviceRegistries = [{ registryArn: made.registry['Arn'], ...registry }]
    createWeb(made.aws, { desiredCount: 1, definition, ...inNetwork, serviceRegistries })
    const [{ Id, Attributes }] = instancesOf(made) as [Unchecked]
    expect(Attributes).toMatchObject({ ...attributes, EC2_INSTANCE_ID: expect.stringMatching(/^i-0[0-9a-f]{16}$/) })
    expect(recordsIn(made.aws, made.namespace)).toEqual([
      `web.corp.internal. SRV 10 1 1 ${Attributes.AWS_INSTANCE_PORT} ${Id}.web.corp.internal.`,
      `${Id}.web.corp.internal. A 10 ${Attributes.AWS_INSTANCE_IPV4}`,
    ])
  })

  test.each<[string, Unchecked, string, RegExp]>([
    ['on the host network', {}, 'host', /^8080$/],
    ['of a fixed host port', { hostPort: 80 }, 'bridge', /^80$/],
    ['of a dynamic host port', { hostPort: 0 }, 'bridge', /^\d{5}$/],
  ])('registers tasks %s by instance and host port', (_, mapping, networkMode, port) => {
    const made = registryOf(records('SRV'))
    const definition = { networkMode, container: { portMappings: [{ containerPort: 8080, ...mapping }] } }
    const serviceRegistries = [{ registryArn: made.registry['Arn'], containerName: 'web', containerPort: 8080 }]
    createWeb(made.aws, { definition, serviceRegistries })
    const attributes = instancesOf(made).map(({ Attributes }): Unchecked => Attributes)
    expect(attributes).toHaveLength(2)
    for (const { AWS_INSTANCE_PORT } of attributes) expect(AWS_INSTANCE_PORT).toMatch(port)
    expect(new Set(attributes.map(({ AWS_INSTANCE_IPV4 }) => AWS_INSTANCE_IPV4)).size).toBe(2)
  })

  test('deregisters a task five seconds after it is told to stop', () => {
    const made = registered()
    const [task = ''] = running(made.aws)
    made.aws.call('ecs', 'StopTask', { cluster: 'c', task })
    made.aws.advance(4999)
    expect(idsOf(made)).toContain(task)
    made.aws.advance(1)
    expect(idsOf(made)).not.toContain(task)
    made.aws.advance(minutes(1))
    expect(idsOf(made).toSorted()).toEqual(running(made.aws).toSorted())
    expect(idsOf(made)).toHaveLength(2)
  })

  test('does not wait for draining before it deregisters a task', () => {
    const made = registryOf()
    const { aws, registry } = made
    const loadBalancers = behind(balancedTargetGroup(aws))
    const serviceRegistries = [{ registryArn: registry['Arn'] }]
    createWeb(aws, { desiredCount: 1, definition: listening(), ...inNetwork, loadBalancers, serviceRegistries })
    const [task = ''] = running(aws)
    updateWeb(aws, { desiredCount: 0 })
    aws.advance(seconds(6))
    expect(idsOf(made)).toEqual([])
    expect(tasksIn(aws, 'DEACTIVATING').map(idOf)).toEqual([task])
    aws.advance(minutes(6))
    expect(tasksIn(aws, 'STOPPED').map(idOf)).toEqual([task])
  })

  test('deregisters crashed tasks, and those that a failed deployment leaves behind', () => {
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    const made = registered({ deploymentConfiguration })
    const before = idsOf(made)
    deployBalanced(made.aws, 'crash')
    made.aws.advance(minutes(20))
    expect(describeWeb(made.aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
    expect(idsOf(made)).toEqual(before)
  })

  test('moves to another registry with its next deployment', () => {
    const made = registered()
    const { aws, namespace } = made
    const other = createDiscoveryService(aws, namespace, 'other')
    updateWeb(aws, { serviceRegistries: [{ registryArn: other['Arn'] }] })
    aws.advance(minutes(5))
    expect(idsOf(made)).toEqual([])
    expect(idsOf({ ...made, registry: other }).toSorted()).toEqual(running(aws).toSorted())
    updateWeb(aws, { serviceRegistries: [] })
    aws.advance(minutes(5))
    expect(recordsIn(aws, namespace)).toEqual([])
    expect(describeWeb(aws)).toMatchObject({ runningCount: 2, serviceRegistries: [] })
  })

  test('keeps its registry in use for some seconds after it is deleted', () => {
    const made = registered()
    const { aws, registry } = made
    const remove = (): unknown => discovery(aws, 'DeleteService', { Id: registry['Id'] })
    aws.call('ecs', 'DeleteService', { cluster: 'c', service: 'web', force: true })
    aws.advance(seconds(2))
    expect(describeWeb(aws).status).toBe('INACTIVE')
    expect(remove).toThrow(expect.objectContaining({ code: 'ResourceInUse' }))
    aws.advance(seconds(5))
    expect(remove()).toEqual({})
  })

  test('keeps running when a registry that it does not use is deleted', () => {
    const made = registered({ desiredCount: 0 })
    const { aws, registry } = made
    discovery(aws, 'DeleteService', { Id: registry['Id'] })
    updateWeb(aws, { desiredCount: 1 })
    aws.advance(minutes(5))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 1 })
    updateWeb(aws, { desiredCount: 0 })
    aws.advance(minutes(1))
    expect(tasksIn(aws, 'STOPPED')).toHaveLength(1)
    expect(aws.warnings).toEqual([])
  })

  test('is the same after its state was saved and loaded again', () => {
    const made = registered()
    const again = { ...made, aws: localAws({ world: JSON.parse(JSON.stringify(made.aws.world)) }) }
    for (const { aws } of [made, again]) {
      updateWeb(aws, { desiredCount: 1 })
      aws.advance(minutes(1))
    }
    expect(instancesOf(again)).toEqual(instancesOf(made))
    expect(idsOf(again)).toEqual(running(again.aws))
  })

  test('has all its RUNNING tasks registered at every moment, and nothing that has stopped', () => {
    const act = fc.oneof(
      fc.record({ desiredCount: fc.nat({ max: 4 }) }),
      fc.constantFrom({ tag: 'v2' }, { tag: 'crash' }, { tag: 'slow-40s' }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(act, fc.nat({ max: 40 })), { maxLength: 8 }), (acts) => {
        const made = registered({
          deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
        })
        const { aws } = made
        for (const [what, wait] of acts) {
          if ('tag' in what) deployBalanced(aws, what.tag)
          else updateWeb(aws, what)
          for (let second = 0; second <= wait; second += 1) {
            aws.advance(seconds(1))
            const ids = idsOf(made)
            expect(ids).toEqual(expect.arrayContaining(running(aws)))
            expect([...running(aws), ...tasksIn(aws, 'DEACTIVATING').map(idOf)]).toEqual(expect.arrayContaining(ids))
          }
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('A service is refused', () => {
  const arn = (id: string, region = 'us-east-1'): string =>
    `arn:aws:servicediscovery:${region}:123456789012:service/${id}`
  const named = { containerName: 'web', containerPort: 8080 }
  const needless = (member: string): string =>
    `The values specified for serviceRegistries do not require a value for '${member}'. Remove the value and retry.`
  const notFound = 'The service registry could not be validated. Route 53 error: "ServiceNotFound."'
  const either =
    "Specify a value for either 'port' or the 'containerName' and 'containerPort' combination, but not both."

  const cases: [string, Unchecked[], string, string, Unchecked?][] = [
    [
      'an ARN of something else',
      [{ registryArn: 'arn:registry' }],
      'InvalidParameterException',
      'The format of the supplied service registry ARN is invalid: arn:registry.',
    ],
    [
      'no ARN',
      [{ port: 80 }],
      'InvalidParameterException',
      'The format of the supplied service registry ARN is invalid: undefined.',
    ],
    ['a registry that is not there', [{ registryArn: arn('srv-1') }], 'ClientException', notFound],
    ['one called like what every object has', [{ registryArn: arn('srv-__proto__') }], 'ClientException', notFound],
    ['a registry of another region', [{ registryArn: 'ELSEWHERE' }], 'ClientException', notFound],
    [
      'two registries',
      [{ registryArn: 'ARN' }, { registryArn: 'ARN' }],
      'InvalidParameterException',
      'service registries can have at most 1 items.',
    ],
    ['a port for A records', [{ registryArn: 'ARN', port: 80 }], 'InvalidParameterException', needless('port')],
    [
      'a container for A records',
      [{ registryArn: 'ARN', ...named }],
      'InvalidParameterException',
      needless('containerName'),
    ],
    ['no port for SRV records', [{ registryArn: 'ARN' }], 'InvalidParameterException', either, records('SRV')],
    [
      'two ports for SRV records',
      [{ registryArn: 'ARN', port: 80, ...named }],
      'InvalidParameterException',
      `${either} Remove one and retry.`,
      records('SRV'),
    ],
    [
      'a container that is not there',
      [{ registryArn: 'ARN', ...named, containerName: 'app' }],
      'InvalidParameterException',
      'The container app does not exist in the task definition.',
      records('SRV'),
    ],
    [
      'a port that is not mapped',
      [{ registryArn: 'ARN', ...named, containerPort: 80 }],
      'InvalidParameterException',
      'The container web did not have a container port 80 defined.',
      records('SRV'),
    ],
  ]

  test.each(cases)('with %s', (_, registries, code, message, more) => {
    const { aws, registry } = registryOf(more)
    createWeb(aws, { definition: listening(), ...inNetwork })
    const before = JSON.stringify(describeWeb(aws))
    const ELSEWHERE = registry['Arn'].replace('us-east-1', 'eu-west-1')
    const places: Record<string, string> = { ARN: registry['Arn'], ELSEWHERE }
    const serviceRegistries = registries.map((each) => {
      const { registryArn } = each
      return { ...each, registryArn: places[registryArn] ?? registryArn }
    })
    const refusal = expect.objectContaining({ code, message, status: 400 })
    expect(() => updateWeb(aws, { serviceRegistries })).toThrow(refusal)
    expect(JSON.stringify(describeWeb(aws))).toBe(before)
    const service = {
      cluster: 'c',
      serviceName: 'two',
      desiredCount: 1,
      taskDefinition: 'web',
      serviceRegistries,
      ...inNetwork,
    }
    expect(() => aws.call('ecs', 'CreateService', service)).toThrow(refusal)
    expect(aws.call('ecs', 'ListServices', { cluster: 'c' }).serviceArns).toHaveLength(1)
  })

  test('without a container where tasks have no network interface of their own', () => {
    const { aws, registry } = registryOf(records('SRV'))
    const registryArn = registry['Arn']
    aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
    const taskDefinition = registerWeb(aws, 'v1')
    const service = { cluster: 'c', serviceName: 'web', desiredCount: 1, taskDefinition }
    expect(() =>
      aws.call('ecs', 'CreateService', { ...service, serviceRegistries: [{ registryArn, port: 80 }] }),
    ).toThrow(
      expect.objectContaining({
        code: 'InvalidParameterException',
        message:
          "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be " +
          `specified from the task definition. Registry: ${registryArn}`,
      }),
    )
  })
})
