import { describe, expect, test } from 'vitest'
import { localAws, minutes, seconds } from '../../support.ts'
import type { TestAws } from '../../support.ts'
import { createWeb, describeWeb, registerWeb, tasksOf, updateWeb } from '../../webService.ts'

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** A local AWS with the cluster `c` and one revision of `web`. */
function empty(): TestAws {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'c', capacityProviders: ['FARGATE_SPOT'] })
  aws.call('ecs', 'CreateCluster', { clusterName: 'other', capacityProviders: ['instances-of-other'] })
  registerWeb(aws, 'v1')
  return aws
}

const input = { cluster: 'c', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }
const create = (aws: TestAws, more: object = {}) => aws.call('ecs', 'CreateService', { ...input, ...more }).service
const refusal = (code: string, message: string) => expect.objectContaining({ code, message })

const remove = (aws: TestAws, more: object = {}) =>
  aws.call('ecs', 'DeleteService', { cluster: 'c', service: 'web', ...more }).service

describe('CreateService', () => {
  test('fills in the defaults of AWS', () => {
    const aws = empty()
    const service = create(aws)
    expect(service).toMatchObject({
      serviceArn: 'arn:aws:ecs:us-east-1:123456789012:service/c/web',
      clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/c',
      taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
      status: 'ACTIVE',
      launchType: 'EC2',
      schedulingStrategy: 'REPLICA',
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        strategy: 'ROLLING',
        deploymentCircuitBreaker: { enable: false, rollback: false },
      },
      healthCheckGracePeriodSeconds: 0,
      propagateTags: 'NONE',
      availabilityZoneRebalancing: 'ENABLED',
      enableExecuteCommand: false,
      loadBalancers: [],
      events: [],
      desiredCount: 1,
      runningCount: 0,
      pendingCount: 0,
    })
    expect(service.createdAt).toBe(aws.now / 1000)
    expect(service.platformVersion).toBeUndefined()
  })

  test('answers with the first deployment in progress, which then starts tasks and completes', () => {
    const aws = empty()
    const { deployments, desiredCount } = create(aws, { desiredCount: 2 })
    const [{ id }] = deployments
    expect(desiredCount).toBe(2)
    // The scheduler has not looked yet, so that nothing is wanted and nothing runs.
    expect(deployments).toMatchObject([{ status: 'PRIMARY', desiredCount: 0, runningCount: 0, failedTasks: 0 }])
    expect(id).toMatch(/^ecs-svc\/\d{19}$/)
    expect(deployments[0]).toMatchObject({
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${id} in progress.`,
    })
    aws.advance(minutes(1))
    const service = describeWeb(aws)
    expect(service.deployments).toMatchObject([
      { id, rolloutState: 'COMPLETED', rolloutStateReason: `ECS deployment ${id} completed.`, runningCount: 2 },
    ])
    const [first, second] = tasksOf(aws, id).map(({ taskArn }) => taskArn.split('/').at(-1))
    expect(service.events.map(({ message }: { message: string }) => message)).toEqual([
      '(service web) has reached a steady state.',
      `(service web) (deployment ${id}) deployment completed.`,
      `(service web) has started 2 tasks: (task ${first}) (task ${second}).`,
    ])
    for (const event of service.events) expect(event.id).toMatch(uuid)
    expect(tasksOf(aws, id)).toMatchObject([
      { group: 'service:web', startedBy: id, launchType: 'EC2', lastStatus: 'RUNNING' },
      { group: 'service:web', startedBy: id, launchType: 'EC2', lastStatus: 'RUNNING' },
    ])
  })

  test('a deployment of no tasks completes without proving anything', () => {
    const aws = empty()
    create(aws, { desiredCount: 0 })
    aws.advance(seconds(1))
    expect(describeWeb(aws).deployments).toMatchObject([
      { rolloutState: 'COMPLETED', desiredCount: 0, runningCount: 0 },
    ])
  })

  test('deployments show what a Deployment has of the settings that a revision holds', () => {
    const aws = empty()
    const hidden = { gatewayConnectors: [{ portName: 'http' }], monitoring: { metricConfigurations: [] } }
    const { deployments, currentServiceRevisions } = create(aws, { ...hidden, vpcLatticeConfigurations: [] })
    expect(deployments).toMatchObject([{ vpcLatticeConfigurations: [] }])
    for (const member of Object.keys(hidden)) expect(deployments[0]).not.toHaveProperty(member)
    const [{ arn }] = currentServiceRevisions
    const { serviceRevisions } = aws.call('ecs', 'DescribeServiceRevisions', { serviceRevisionArns: [arn] })
    expect(serviceRevisions).toMatchObject([{ ...hidden, vpcLatticeConfigurations: [] }])
  })

  test('Fargate has a platform and a network', () => {
    const aws = empty()
    registerWeb(aws, 'v2', {
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      container: { memory: 512 },
    })
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
    const service = create(aws, { launchType: 'FARGATE', networkConfiguration })
    // Without a word about it, tasks have no public IP.
    const shown = { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' } }
    const place = { launchType: 'FARGATE', platformFamily: 'Linux', networkConfiguration: shown }
    expect(service).toMatchObject({
      ...place,
      platformVersion: 'LATEST',
      roleArn: 'arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
    })
    // Its deployments and revisions show what LATEST stands for.
    expect(service.deployments).toMatchObject([{ ...place, platformVersion: '1.4.0' }])
    const [{ arn }] = service.currentServiceRevisions
    const { serviceRevisions } = aws.call('ecs', 'DescribeServiceRevisions', { serviceRevisionArns: [arn] })
    expect(serviceRevisions).toMatchObject([{ ...place, platformVersion: '1.4.0' }])
    aws.advance(minutes(2))
    expect(tasksOf(aws, service.deployments[0].id)).toMatchObject([
      {
        launchType: 'FARGATE',
        lastStatus: 'RUNNING',
        platformVersion: '1.4.0',
        ephemeralStorage: { sizeInGiB: 20 },
        fargateEphemeralStorage: { sizeInGiB: 20 },
      },
    ])
    // What is said again as it is shown, or as it was said at first, is no change.
    for (const again of [shown, networkConfiguration]) {
      expect(updateWeb(aws, { networkConfiguration: again }).deployments).toHaveLength(1)
    }
  })

  test('a capacity provider strategy replaces the launch type', () => {
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }]
    const aws = empty()
    expect(() => create(aws, { capacityProviderStrategy })).toThrow(
      refusal('InvalidParameterException', 'Task definition does not support launch_type FARGATE.'),
    )
    registerWeb(aws, 'v1', { requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512' })
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
    const service = create(aws, { capacityProviderStrategy, networkConfiguration })
    expect(service).toMatchObject({ capacityProviderStrategy, platformFamily: 'Linux' })
    expect(service.launchType).toBeUndefined()
    expect(service.deployments[0]).toMatchObject({ capacityProviderStrategy })
  })

  test('a daemon runs one task on the one container instance there is', () => {
    const aws = empty()
    const service = create(aws, { schedulingStrategy: 'DAEMON', desiredCount: undefined })
    expect(service).toMatchObject({
      desiredCount: 1,
      deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
    })
    aws.advance(minutes(2))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 1 })
  })

  test('its tags go to its tasks when propagateTags says so', () => {
    const aws = empty()
    const tags = [{ key: 'team', value: 'a' }]
    const { deployments } = create(aws, { tags, propagateTags: 'SERVICE', enableECSManagedTags: true })
    aws.advance(minutes(1))
    const [task] = tasksOf(aws, deployments[0].id)
    const asked = { cluster: 'c', tasks: [task!.taskArn], include: ['TAGS'] }
    expect(aws.call('ecs', 'DescribeTasks', asked).tasks[0].tags).toEqual([
      { key: 'aws:ecs:serviceName', value: 'web' },
      { key: 'aws:ecs:clusterName', value: 'c' },
      ...tags,
    ])
  })

  test('a name that is taken is refused, and free again once the service is INACTIVE', () => {
    const aws = empty()
    create(aws)
    expect(() => create(aws)).toThrow(refusal('InvalidParameterException', 'Creation of service was not idempotent.'))
    aws.call('ecs', 'DeleteService', { cluster: 'c', service: 'web', force: true })
    expect(() => create(aws)).toThrow(
      refusal('InvalidParameterException', 'Unable to Start a service that is still Draining.'),
    )
    aws.advance(seconds(1))
    expect(create(aws, { desiredCount: 3 })).toMatchObject({ status: 'ACTIVE', desiredCount: 3 })
    aws.advance(minutes(120))
    expect(describeWeb(aws)).toMatchObject({ status: 'ACTIVE', runningCount: 3 })
  })

  test('the same call with the same clientToken returns the same service', () => {
    const aws = empty()
    const { serviceArn, deployments } = create(aws, { clientToken: 'once' })
    expect(create(aws, { clientToken: 'once' })).toMatchObject({ serviceArn, deployments: [{ id: deployments[0].id }] })
    const other = { clientToken: 'once', desiredCount: 2 }
    expect(() => create(aws, other)).toThrow(
      refusal('InvalidParameterException', 'Creation of service was not idempotent.'),
    )
  })

  const wrong: [string, object, string, string][] = [
    ['an unknown cluster', { cluster: 'nowhere' }, 'ClusterNotFoundException', 'Cluster not found.'],
    ['an unknown task definition', { taskDefinition: 'web:9' }, 'ClientException', 'TaskDefinition not found.'],
    [
      'a launch type and a strategy',
      { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'InvalidParameterException',
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    ],
    ...['FARGATE', 'instances-of-other'].map((capacityProvider): [string, object, string, string] => [
      `${capacityProvider}, with which the cluster is not associated`,
      { capacityProviderStrategy: [{ capacityProvider }] },
      'InvalidParameterException',
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
    ]),
    [
      'a capacity provider that nobody made',
      { capacityProviderStrategy: [{ capacityProvider: 'nobodys' }] },
      'InvalidParameterException',
      'The specified capacity provider was not found. Specify a valid name or ARN and try again.',
    ],
    [
      'a desired count of a daemon',
      { schedulingStrategy: 'DAEMON' },
      'InvalidParameterException',
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
    ],
    [
      '100/100 percent',
      { deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } },
      'InvalidParameterException',
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments',
    ],
    [
      'Fargate with a revision that is not made for it',
      { launchType: 'FARGATE' },
      'InvalidParameterException',
      'Task definition does not support launch_type FARGATE.',
    ],
    [
      'a network that the revision has no use for',
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
      'InvalidParameterException',
      'Network Configuration is not valid for the given networkMode of this task definition.',
    ],
    [
      'a circuit breaker for CodeDeploy',
      {
        deploymentController: { type: 'CODE_DEPLOY' },
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
      },
      'InvalidParameterException',
      'Deployment circuit breaker feature is only supported with ECS deployment controller. Update to ECS deployment controller and try again.',
    ],
    [
      'a blue/green deployment without a bake time',
      { deploymentConfiguration: { strategy: 'BLUE_GREEN' } },
      'InvalidParameterException',
      'bakeTimeInMinutes is required with the BLUE_GREEN deployment strategy.',
    ],
    ['no desired count', { desiredCount: undefined }, 'InvalidParameterException', 'desiredCount is required.'],
    [
      'no task definition',
      { taskDefinition: undefined },
      'InvalidParameterException',
      'TaskDefinition cannot be empty.',
    ],
  ]
  test.each(wrong)('%s is refused, and nothing is made', (_, more, code, message) => {
    const aws = empty()
    expect(() => create(aws, more)).toThrow(refusal(code, message))
    expect(aws.region.services).toEqual({})
    expect(aws.region.serviceRevisions).toEqual({})
  })

  test('an awsvpc revision needs a network configuration', () => {
    const aws = empty()
    registerWeb(aws, 'v2', { networkMode: 'awsvpc' })
    expect(() => create(aws)).toThrow(
      refusal(
        'InvalidParameterException',
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      ),
    )
  })

  test('a deregistered revision is refused', () => {
    const aws = empty()
    aws.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    expect(() => create(aws, { taskDefinition: 'web:1' })).toThrow(
      refusal('ClientException', 'TaskDefinition is inactive'),
    )
  })
})

describe('DescribeServices', () => {
  test('answers those it finds and says which are MISSING', () => {
    const aws = empty()
    create(aws)
    const { services, failures } = aws.call('ecs', 'DescribeServices', {
      cluster: 'c',
      services: ['web', 'arn:aws:ecs:us-east-1:123456789012:service/c/web', 'api'],
    })
    expect(services.map(({ serviceName }: { serviceName: string }) => serviceName)).toEqual(['web', 'web'])
    expect(failures).toEqual([{ arn: 'arn:aws:ecs:us-east-1:123456789012:service/c/api', reason: 'MISSING' }])
  })

  test('shows tags only when they are asked for', () => {
    const aws = empty()
    create(aws, { tags: [{ key: 'team', value: 'a' }] })
    const ask = { cluster: 'c', services: ['web'] }
    expect(aws.call('ecs', 'DescribeServices', ask).services[0].tags).toBeUndefined()
    const [{ tags }] = aws.call('ecs', 'DescribeServices', { ...ask, include: ['TAGS'] }).services
    expect(tags).toEqual([{ key: 'team', value: 'a' }])
  })

  test('takes at most ten services, and needs an existing cluster', () => {
    const aws = empty()
    const services = Array.from({ length: 11 }, (_, index) => `web${index}`)
    expect(aws.call('ecs', 'DescribeServices', { cluster: 'c', services: services.slice(1) }).failures).toHaveLength(10)
    const code = 'InvalidParameterException'
    expect(() => aws.call('ecs', 'DescribeServices', { cluster: 'c', services })).toThrow(
      expect.objectContaining({ code }),
    )
    expect(() => aws.call('ecs', 'DescribeServices', { cluster: 'c', services: [] })).toThrow(
      refusal(code, 'Services cannot be empty.'),
    )
    expect(() => aws.call('ecs', 'DescribeServices', { services: ['web'] })).toThrow(
      refusal('ClusterNotFoundException', 'Cluster not found.'),
    )
  })
})

describe('ListServices', () => {
  test('lists ten services a page unless asked for more', () => {
    const aws = empty()
    for (let index = 0; index < 12; index += 1) create(aws, { serviceName: `web${index}`, desiredCount: 0 })
    const first = aws.call('ecs', 'ListServices', { cluster: 'c' })
    expect(first.serviceArns).toHaveLength(10)
    const rest = aws.call('ecs', 'ListServices', { cluster: 'c', nextToken: first.nextToken })
    expect(rest.serviceArns).toHaveLength(2)
    expect(rest.nextToken).toBeUndefined()
    expect(new Set([...first.serviceArns, ...rest.serviceArns]).size).toBe(12)
    expect(aws.call('ecs', 'ListServices', { cluster: 'c', maxResults: 100 }).serviceArns).toHaveLength(12)
  })

  test('filters by launch type and scheduling strategy, and leaves out what is DRAINING', () => {
    const aws = empty()
    create(aws)
    create(aws, { serviceName: 'agent', schedulingStrategy: 'DAEMON', desiredCount: undefined })
    create(aws, { serviceName: 'gone' })
    aws.call('ecs', 'DeleteService', { cluster: 'c', service: 'gone', force: true })
    const names = (filter: object) =>
      aws
        .call('ecs', 'ListServices', { cluster: 'c', ...filter })
        .serviceArns.map((arn: string) => arn.split('/').at(-1))
    expect(names({})).toEqual(['web', 'agent'])
    expect(names({ schedulingStrategy: 'DAEMON' })).toEqual(['agent'])
    expect(names({ launchType: 'FARGATE' })).toEqual([])
    expect(names({ resourceManagementType: 'ECS' })).toEqual([])
  })
})

describe('DeleteService', () => {
  test('refuses a service that is scaled above 0, unless forced', () => {
    const aws = localAws()
    createWeb(aws)
    expect(() => remove(aws)).toThrow(
      refusal(
        'InvalidParameterException',
        'The service cannot be stopped while the primary deployment is scaled above 0.',
      ),
    )
    expect(describeWeb(aws)).toMatchObject({ status: 'ACTIVE', desiredCount: 2 })
    expect(remove(aws, { force: true })).toMatchObject({ status: 'DRAINING', desiredCount: 0, runningCount: 2 })
  })

  test('the service drains, is INACTIVE for an hour, and is then forgotten with its history', () => {
    const aws = localAws()
    const { deployments } = createWeb(aws)
    remove(aws, { force: true })
    aws.advance(seconds(1))
    expect(describeWeb(aws)).toMatchObject({ status: 'INACTIVE', runningCount: 0, pendingCount: 0, deployments: [] })
    aws.advance(seconds(10))
    expect(describeWeb(aws).status).toBe('INACTIVE')
    expect(tasksOf(aws, deployments[0].id).map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED', 'STOPPED'])
    expect(aws.region.serviceDeployments).toEqual({})
    expect(aws.region.serviceRevisions).toEqual({})
    expect(() => remove(aws)).toThrow(refusal('ServiceNotFoundException', 'Service not found.'))
    aws.advance(minutes(61))
    const { services, failures } = aws.call('ecs', 'DescribeServices', { cluster: 'c', services: ['web'] })
    expect([services, failures.length]).toEqual([[], 1])
    expect(aws.region.tasks).toEqual({})
  })

  test('a service scaled to 0 goes without force', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 0 })
    expect(remove(aws)).toMatchObject({ status: 'DRAINING' })
  })
})
