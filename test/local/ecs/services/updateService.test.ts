import { describe, expect, test } from 'vitest'
import { shapes } from '../../../../src/local/wire/shapes.ts'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import type { TestAws } from '../../support.ts'
import { balancedTargetGroup, behind, createBalanced, deployBalanced, listening } from '../../balancedWeb.ts'
import { createDiscoveryService, createNamespace } from '../../servicediscovery/cloudMap.ts'
import { localAws, minutes, seconds } from '../../support.ts'
import { createWeb, deployWeb, describeWeb, registerWeb, story, tasksOf, updateWeb } from '../../webService.ts'

const refusal = (code: string, message: string) => expect.objectContaining({ code, message })
const ids = (aws: TestAws): string[] => describeWeb(aws).deployments.map(({ id }: { id: string }) => id)

const network = (subnet: string) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], assignPublicIp: 'DISABLED' } },
})

describe('UpdateService with another revision', () => {
  test('answers with the new deployment PRIMARY and the one before ACTIVE', () => {
    const aws = localAws()
    createWeb(aws)
    const [before] = describeWeb(aws).deployments
    const taskDefinition = registerWeb(aws, 'v2')
    const service = updateWeb(aws, { taskDefinition: 'web' })
    expect(service).toMatchObject({ taskDefinition, desiredCount: 2, runningCount: 2, pendingCount: 0 })
    expect(service.deployments).toMatchObject([
      { status: 'PRIMARY', taskDefinition, rolloutState: 'IN_PROGRESS', createdAt: aws.now / 1000, runningCount: 0 },
      { id: before.id, status: 'ACTIVE', rolloutState: 'COMPLETED', runningCount: 2 },
    ])
    expect(service.deployments[0].id).not.toBe(before.id)
  })

  test('lands: the new deployment is alone and COMPLETED, with the events of AWS in their order', () => {
    const aws = localAws()
    createWeb(aws)
    const [{ id: old }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    const id = deployWeb(aws, 'v2')
    aws.advance(minutes(5))
    const { deployments, events } = describeWeb(aws)
    expect(deployments).toMatchObject([
      { id, status: 'PRIMARY', rolloutState: 'COMPLETED', desiredCount: 2, runningCount: 2 },
    ])
    const arns = (deployment: string) =>
      tasksOf(aws, deployment)
        .map(({ taskArn }) => `(task ${taskArn.split('/').at(-1)})`)
        .join(' ')
    expect(
      events
        .filter(({ createdAt }: { createdAt: number }) => createdAt >= since)
        .map(({ message }: { message: string }) => message),
    ).toEqual([
      '(service web) has reached a steady state.',
      `(service web) (deployment ${id}) deployment completed.`,
      `(service web) has stopped 2 running tasks: ${arns(old)}.`,
      `(service web) has started 2 tasks: ${arns(id)}.`,
    ])
  })
})

describe('A newer UpdateService supersedes the one before', () => {
  test('whose deployment becomes ACTIVE, stops, and leaves, while the completed one keeps serving', () => {
    const aws = localAws()
    createWeb(aws)
    const [completed] = ids(aws)
    const first = deployWeb(aws, 'v2')
    const { currentServiceDeployment } = describeWeb(aws)
    aws.advance(seconds(10))
    const second = deployWeb(aws, 'v3')
    expect(describeWeb(aws).deployments).toMatchObject([
      { id: second, status: 'PRIMARY' },
      { id: first, status: 'ACTIVE', rolloutState: 'IN_PROGRESS', runningCount: 2 },
      { id: completed, status: 'ACTIVE', runningCount: 2 },
    ])
    const serviceDeployment = aws.region.serviceDeployments[currentServiceDeployment]?.serviceDeployment
    expect(serviceDeployment?.status).toBe('STOP_REQUESTED')
    aws.advance(seconds(1))
    expect(serviceDeployment).toMatchObject({ status: 'STOPPED', statusReason: expect.any(String) })
    aws.advance(minutes(5))
    expect(describeWeb(aws).deployments).toMatchObject([{ id: second, rolloutState: 'COMPLETED', runningCount: 2 }])
  })

  test('whose tasks are stopped at once if they are not even RUNNING', () => {
    const aws = localAws()
    createWeb(aws)
    const first = deployWeb(aws, 'slow-5m')
    aws.advance(seconds(10))
    const since = aws.now / 1000
    deployWeb(aws, 'v3')
    aws.advance(seconds(1))
    expect(story(aws, since)).toBe('-2 +2')
    expect(tasksOf(aws, first).map(({ desiredStatus }) => desiredStatus)).toEqual(['STOPPED', 'STOPPED'])
  })

  test.each([
    [50, 100, 'they may be needed', ''],
    [0, 200, 'new ones have to prove themselves', '+4'],
  ])('whose RUNNING tasks go on at %i/%i as long as %s', (minimumHealthyPercent, maximumPercent, _, expected) => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 0, deploymentConfiguration: { minimumHealthyPercent, maximumPercent } })
    updateWeb(aws, { desiredCount: 4 })
    aws.advance(seconds(20))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 4 })
    const since = aws.now / 1000
    deployWeb(aws, 'v2')
    aws.advance(seconds(10))
    expect(story(aws, since)).toBe(expected)
    aws.advance(minutes(10))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 4, deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  test('and when it fails the circuit breaker rolls back to the completed one, not to the superseded one', () => {
    const aws = localAws()
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    createWeb(aws, { deploymentConfiguration })
    const [completed] = ids(aws)
    deployWeb(aws, 'slow-5m')
    aws.advance(seconds(10))
    deployWeb(aws, 'crash')
    aws.advance(minutes(5))
    expect(describeWeb(aws).deployments).toMatchObject([{ id: completed, rolloutState: 'COMPLETED', runningCount: 2 }])
  })
})

describe('What makes a new deployment', () => {
  function surroundings(aws: TestAws): { loadBalancers: Unchecked[]; serviceRegistries: Unchecked[] } {
    const loadBalancers = behind(balancedTargetGroup(aws))
    const { Arn: registryArn } = createDiscoveryService(aws, createNamespace(aws))
    return { loadBalancers, serviceRegistries: [{ registryArn }] }
  }

  // Whatever is made first gets the same ARNs in every local AWS.
  const { loadBalancers, serviceRegistries } = surroundings(localAws())

  const deploying: [string, object][] = [
    ['forceNewDeployment', { forceNewDeployment: true }],
    ['another revision', { taskDefinition: 'web:2' }],
    [
      'a capacity provider strategy, which has to be forced',
      { capacityProviderStrategy: [{ capacityProvider: 'spare-instances' }], forceNewDeployment: true },
    ],
    ['another network', network('subnet-2')],
    ['load balancers', { loadBalancers }],
    ['service registries', { serviceRegistries }],
    ['Service Connect', { serviceConnectConfiguration: { enabled: true, namespace: 'corp.internal' } }],
    ['volumes', { volumeConfigurations: [{ name: 'data' }] }],
    ['VPC Lattice', { vpcLatticeConfigurations: [{ roleArn: 'arn:role', targetGroupArn: 'arn:tg', portName: 'web' }] }],
    ['gateway connectors', { gatewayConnectors: [{ portName: 'web' }] }],
    ['monitoring', { monitoring: { metricConfigurations: [] } }],
    ['the current revision along with a setting', { taskDefinition: 'web:1', enableExecuteCommand: true }],
  ]
  const inPlace: [string, object][] = [
    ['nothing', {}],
    ['the current revision alone', { taskDefinition: 'web:1' }],
    ['the same network', network('subnet-1')],
    ['another desired count', { desiredCount: 3 }],
    ['the current revision along with another desired count', { taskDefinition: 'web:1', desiredCount: 3 }],
    ['other percentages', { deploymentConfiguration: { maximumPercent: 150 } }],
    ['ECS Exec', { enableExecuteCommand: true }],
    ['managed tags', { enableECSManagedTags: true }],
    ['propagated tags', { propagateTags: 'SERVICE' }],
    ['zone rebalancing', { availabilityZoneRebalancing: 'DISABLED' }],
    ['placement', { placementStrategy: [{ type: 'random' }], placementConstraints: [{ type: 'distinctInstance' }] }],
  ]

  function settled(): TestAws {
    const aws = localAws()
    surroundings(aws)
    aws.call('ecs', 'CreateCluster', { clusterName: 'c', capacityProviders: ['spare-instances'] })
    const volumes = [{ name: 'data', configuredAtLaunch: true }]
    const mountPoints = [{ sourceVolume: 'data', containerPath: '/data' }]
    const taskRoleArn = 'arn:aws:iam::123456789012:role/web'
    const definition = { ...listening({ mountPoints }), volumes, taskRoleArn }
    const taskDefinition = registerWeb(aws, 'v1', definition)
    registerWeb(aws, 'v2', definition)
    const service = { cluster: 'c', serviceName: 'web', desiredCount: 2, taskDefinition, ...network('subnet-1') }
    aws.call('ecs', 'CreateService', service)
    aws.advance(minutes(5))
    return aws
  }

  test.each(deploying)('%s', (_, input) => {
    const aws = settled()
    const before = ids(aws)
    const answer = updateWeb(aws, input)
    expect(answer.deployments).toHaveLength(2)
    expect(before).not.toContain(answer.deployments[0].id)
    aws.advance(minutes(5))
    expect(describeWeb(aws).deployments).toMatchObject([{ id: answer.deployments[0].id, rolloutState: 'COMPLETED' }])
    // Sent once more it changes nothing, so that only the force makes another one.
    const again = updateWeb(aws, input)
    expect(again.deployments).toHaveLength('forceNewDeployment' in input ? 2 : 1)
  })

  test('another platform version', () => {
    const aws = localAws()
    const definition = { ...listening(), requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' }
    createWeb(aws, { definition, launchType: 'FARGATE', ...network('subnet-1') })
    expect(updateWeb(aws, { platformVersion: '1.3.0' }).deployments).toHaveLength(2)
  })

  test('but not: a grace period', () => {
    const aws = localAws()
    createBalanced(aws, [balancedTargetGroup(aws)])
    const before = ids(aws)
    updateWeb(aws, { healthCheckGracePeriodSeconds: 60 })
    expect(describeWeb(aws)).toMatchObject({ healthCheckGracePeriodSeconds: 60 })
    expect(ids(aws)).toEqual(before)
  })

  test.each(inPlace)('but not: %s', (_, input) => {
    const aws = settled()
    const before = ids(aws)
    expect(updateWeb(aws, input).deployments.map(({ id }: { id: string }) => id)).toEqual(before)
    aws.advance(minutes(5))
    expect(ids(aws)).toEqual(before)
    expect(describeWeb(aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
  })

  test.each(inPlace.slice(3))('though it is kept: %s', (_, { taskDefinition, ...input }: Unchecked) => {
    const aws = settled()
    expect(updateWeb(aws, { taskDefinition, ...input })).toMatchObject(input)
    expect(describeWeb(aws)).toMatchObject(input)
  })

  test('is said above of every member of UpdateService', () => {
    const said = new Set([...deploying, ...inPlace].flatMap(([, input]) => Object.keys(input)))
    // A grace period needs a load balancer and a platform version needs Fargate; the rest says which service is meant, or stays.
    const others = ['healthCheckGracePeriodSeconds', 'platformVersion', 'cluster', 'service', 'deploymentController']
    const members = Object.keys(shapes['ecs']!['UpdateServiceRequest']!)
    expect(members.toSorted()).toEqual([...said, ...others].toSorted())
  })
})

describe('UpdateService with another desired count', () => {
  test.each([
    ['alone', {}],
    ['beside the current revision', { taskDefinition: 'web:1' }],
  ])('%s scales what runs: the deployment and its tasks stay', (_, more) => {
    const aws = localAws()
    createWeb(aws)
    const [{ id }] = describeWeb(aws).deployments
    const before = tasksOf(aws, id).map(({ taskArn }) => taskArn)
    const since = aws.now / 1000
    // Its deployment shows the count before until the scheduler has looked.
    expect(updateWeb(aws, { ...more, desiredCount: 3 })).toMatchObject({
      desiredCount: 3,
      deployments: [{ id, rolloutState: 'COMPLETED', desiredCount: 2, runningCount: 2, pendingCount: 0 }],
    })
    aws.advance(seconds(1))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, desiredCount: 3, runningCount: 2, pendingCount: 1 }])
    aws.advance(minutes(5))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 3, deployments: [{ id, desiredCount: 3 }] })
    expect(story(aws, since)).toBe('+1 steady')
    expect(tasksOf(aws, id).map(({ taskArn }) => taskArn)).toEqual(expect.arrayContaining(before))
  })

  test('beside forceNewDeployment replaces all tasks', () => {
    const aws = localAws()
    createWeb(aws)
    const [{ id: before }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    const { deployments } = updateWeb(aws, { taskDefinition: 'web:1', desiredCount: 3, forceNewDeployment: true })
    expect(deployments).toMatchObject([{ desiredCount: 0 }, { id: before, status: 'ACTIVE', desiredCount: 2 }])
    aws.advance(minutes(5))
    expect(story(aws, since)).toBe('+3 -2 done steady')
  })
})

describe('A setting left out of UpdateService', () => {
  test('stays as it is, and an empty list clears it', () => {
    const aws = localAws()
    const targetGroupArn = balancedTargetGroup(aws)
    const loadBalancers = behind(targetGroupArn)
    const capacityProviderStrategy = [{ capacityProvider: 'spare-instances' }]
    const placementConstraints = [{ type: 'distinctInstance' }]
    const settings = { capacityProviderStrategy, placementConstraints, healthCheckGracePeriodSeconds: 30 }
    createBalanced(aws, [targetGroupArn], settings)
    deployBalanced(aws, 'v2')
    expect(describeWeb(aws)).toMatchObject({
      loadBalancers,
      capacityProviderStrategy,
      placementConstraints,
      healthCheckGracePeriodSeconds: 30,
      desiredCount: 2,
    })
    const none = { loadBalancers: [], capacityProviderStrategy: [], placementConstraints: [] }
    const cleared = updateWeb(aws, { ...none, forceNewDeployment: true })
    expect(cleared).toMatchObject({ loadBalancers: [], placementConstraints: [], launchType: 'EC2' })
    expect(cleared.capacityProviderStrategy).toBeUndefined()
  })

  test('the percentages and the circuit breaker change one by one', () => {
    const aws = localAws()
    createWeb(aws)
    const deploymentCircuitBreaker = { enable: true, rollback: true }
    updateWeb(aws, { deploymentConfiguration: { deploymentCircuitBreaker } })
    const { deploymentConfiguration } = updateWeb(aws, { deploymentConfiguration: { maximumPercent: 150 } })
    expect(deploymentConfiguration).toMatchObject({
      deploymentCircuitBreaker,
      maximumPercent: 150,
      minimumHealthyPercent: 100,
    })
  })

  test('Service Connect goes on with the next revision', () => {
    const aws = localAws()
    createWeb(aws)
    createNamespace(aws)
    const serviceConnectConfiguration = { enabled: true, namespace: 'corp.internal' }
    updateWeb(aws, { serviceConnectConfiguration })
    deployWeb(aws, 'v2')
    expect(describeWeb(aws).deployments[0]).toMatchObject({ serviceConnectConfiguration })
  })
})

describe('UpdateService refuses', () => {
  const cases: [string, object, string, string][] = [
    ['an unknown cluster', { cluster: 'nowhere' }, 'ClusterNotFoundException', 'Cluster not found.'],
    ['an unknown service', { service: 'api' }, 'ServiceNotFoundException', 'Service not found.'],
    ['an unknown revision', { taskDefinition: 'web:9' }, 'ClientException', 'TaskDefinition not found.'],
    ['a deregistered revision', { taskDefinition: 'web:2' }, 'ClientException', 'TaskDefinition is inactive'],
    [
      '100/100 percent',
      { deploymentConfiguration: { maximumPercent: 100 } },
      'InvalidParameterException',
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments',
    ],
    [
      'a strategy that there is not',
      { deploymentConfiguration: { strategy: 'SUDDEN' } },
      'InvalidParameterException',
      'strategy should be one of [ROLLING, BLUE_GREEN, LINEAR, CANARY]',
    ],
    [
      'ECS Exec without a task role',
      { enableExecuteCommand: true },
      'InvalidParameterException',
      "The service couldn't be updated because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    ],
  ]
  test.each(cases)('%s, and changes nothing', (_, input, code, message) => {
    const aws = localAws()
    createWeb(aws)
    registerWeb(aws, 'v2')
    aws.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:2' })
    const before = JSON.stringify(aws.region.services)
    expect(() => updateWeb(aws, { desiredCount: 5, ...input })).toThrow(refusal(code, message))
    expect(JSON.stringify(aws.region.services)).toBe(before)
  })

  const mustForce =
    'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.'
  const [other, spare] = [
    [{ capacityProvider: 'other-instances', weight: 1 }],
    [{ capacityProvider: 'spare-instances' }],
  ]

  test.each<[string, object[], object[]]>([
    ['a launch type → a strategy', [], other],
    ['a strategy → another', other, spare],
    ['a weight', other, [{ capacityProvider: 'other-instances', weight: 2 }]],
    ['a strategy → a launch type', other, []],
  ])('%s without a new deployment, and takes it with one', (_, before, after) => {
    const aws = localAws()
    createWeb(aws, before.length > 0 ? { capacityProviderStrategy: before } : {})
    const change = { capacityProviderStrategy: after, taskDefinition: registerWeb(aws, 'v2') }
    expect(() => updateWeb(aws, change)).toThrow(refusal('InvalidParameterException', mustForce))
    expect(updateWeb(aws, { capacityProviderStrategy: before })).toMatchObject({
      taskDefinition: expect.stringMatching(/web:1$/),
    })
    const { capacityProviderStrategy = [] } = updateWeb(aws, { ...change, forceNewDeployment: true })
    expect(capacityProviderStrategy).toEqual(after)
  })

  test('a capacity provider that is not associated with the cluster, also with a new deployment', () => {
    const aws = localAws()
    createWeb(aws)
    const spot = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }], forceNewDeployment: true }
    expect(() => updateWeb(aws, spot)).toThrow('is not associated with the cluster')
  })

  test('a service that is being deleted', () => {
    const aws = localAws()
    createWeb(aws)
    aws.call('ecs', 'DeleteService', { cluster: 'c', service: 'web', force: true })
    expect(() => updateWeb(aws, { desiredCount: 1 })).toThrow(
      refusal('ServiceNotActiveException', 'Service was not ACTIVE.'),
    )
  })

  test('a service in a deleted cluster', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 0 })
    aws.call('ecs', 'DeleteService', { cluster: 'c', service: 'web' })
    aws.advance(minutes(1))
    aws.call('ecs', 'DeleteCluster', { cluster: 'c' })
    expect(() => updateWeb(aws, {})).toThrow(
      refusal('ClusterNotFoundException', 'The referenced cluster was inactive.'),
    )
  })

  test('to deploy a service that CodeDeploy deploys', () => {
    const aws = localAws()
    const { deployments } = createBalanced(aws, [balancedTargetGroup(aws)], {
      deploymentController: { type: 'CODE_DEPLOY' },
    })
    expect(deployments).toEqual([])
    expect(() => updateWeb(aws, { taskDefinition: 'web:1' })).toThrow(
      refusal(
        'InvalidParameterException',
        'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Please use Code Deploy to trigger a new deployment.',
      ),
    )
    expect(() => updateWeb(aws, { forceNewDeployment: true })).toThrow(
      refusal(
        'InvalidParameterException',
        'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
      ),
    )
    expect(updateWeb(aws, { desiredCount: 5 })).toMatchObject({ desiredCount: 5, deployments: [] })
  })

  describe.each(['EXTERNAL', 'CODE_DEPLOY'])(
    'of what a service with the %s controller leaves to task sets:',
    (type) => {
      test.each([
        ['Service Connect configuration', { serviceConnectConfiguration: { enabled: false } }],
        ['volume configurations', { volumeConfigurations: [] }],
        ['VPC Lattice configurations', { vpcLatticeConfigurations: [] }],
        ['gateway connectors', { gatewayConnectors: [] }],
        ['monitoring', { monitoring: {} }],
      ])('%s', (what, change) => {
        const aws = localAws()
        if (type === 'CODE_DEPLOY') {
          createBalanced(aws, [balancedTargetGroup(aws)], { deploymentController: { type } })
        } else {
          aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
          const deploymentController = { type }
          aws.call('ecs', 'CreateService', { cluster: 'c', serviceName: 'web', desiredCount: 1, deploymentController })
        }
        const message = expect.stringContaining(`Unable to update ${what} on services with`)
        expect(() => updateWeb(aws, change)).toThrow(
          expect.objectContaining({ code: 'InvalidParameterException', message }),
        )
        expect(updateWeb(aws, { desiredCount: 2 })).toMatchObject({ desiredCount: 2, deployments: [] })
      })
    },
  )

  test('a new deployment of a deregistered revision, although the service keeps running it', () => {
    const aws = localAws()
    createWeb(aws)
    aws.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    expect(() => updateWeb(aws, { forceNewDeployment: true })).toThrow(
      refusal('ClientException', 'TaskDefinition is inactive'),
    )
    const since = aws.now / 1000
    updateWeb(aws, { desiredCount: 3 })
    aws.advance(minutes(2))
    expect(story(aws, since)).toBe('+1 steady')
  })
})
