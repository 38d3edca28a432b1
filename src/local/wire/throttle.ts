// AWS's request rate limits, as token buckets.
import { AwsFault } from '../world/fault.ts'
import type { Region } from '../world/world.ts'

/** A token bucket: full at `burst`, filled up by `refill` a second; its operations draw from it together. */
interface Bucket {
  readonly name: string
  readonly burst: number
  readonly refill: number
  /** By name, or all whose name matches, so that a new one needs no entry. */
  readonly operations: readonly string[] | RegExp
  /** What an empty one is refused with, `ThrottlingException` by default. */
  readonly code?: string
  /** The HTTP status of that, 400 by default. */
  readonly status?: number
}

/**
 * "Request throttling for the Amazon ECS API" (docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html)
 * and the "Service quotas" pages of EventBridge, SNS, CloudWatch Logs and Route 53 (five requests a second for an
 * account, whatever they are). What is not listed there is not throttled. Of
 * "Request throttling for the ELB API" it is the reads that have a bucket here.
 */
export const buckets: Readonly<Record<string, readonly Bucket[]>> = {
  ecs: [
    { name: 'Cluster modify', burst: 20, refill: 1, operations: ['createCluster', 'deleteCluster'] },
    {
      name: 'Capacity provider modify',
      burst: 10,
      refill: 1,
      operations: ['createCapacityProvider', 'putClusterCapacityProviders'],
    },
    { name: 'Capacity provider read', burst: 50, refill: 20, operations: ['describeCapacityProviders'] },
    { name: 'Cluster read', burst: 50, refill: 20, operations: ['describeClusters', 'listClusters'] },
    {
      name: 'Task definition modify',
      burst: 20,
      refill: 1,
      operations: ['registerTaskDefinition', 'deregisterTaskDefinition'],
    },
    {
      name: 'Task definition read',
      burst: 50,
      refill: 20,
      operations: ['describeTaskDefinition', 'listTaskDefinitions', 'listTaskDefinitionFamilies'],
    },
    { name: 'Task definition deletion', burst: 5, refill: 1, operations: ['deleteTaskDefinitions'] },
    { name: 'Tag modify', burst: 20, refill: 10, operations: ['tagResource', 'untagResource'] },
    { name: 'Tag read', burst: 50, refill: 20, operations: ['listTagsForResource'] },
    {
      name: 'Cluster resource modify',
      burst: 100,
      refill: 40,
      operations: [
        'runTask',
        'stopTask',
        'updateContainerInstancesState',
        'deregisterContainerInstance',
        'putAttributes',
        'deleteAttributes',
      ],
    },
    { name: 'Agent modify', burst: 200, refill: 120, operations: ['registerContainerInstance'] },
    {
      name: 'Cluster resource read',
      burst: 100,
      refill: 20,
      operations: [
        'describeTasks',
        'listTasks',
        'describeContainerInstances',
        'listContainerInstances',
        'listAttributes',
      ],
    },
    { name: 'Service modify', burst: 50, refill: 5, operations: ['createService', 'updateService', 'deleteService'] },
    { name: 'Service read', burst: 100, refill: 20, operations: ['describeServices', 'listServices'] },
    {
      name: 'Service deployment',
      burst: 50,
      refill: 20,
      operations: ['describeServiceDeployments', 'listServiceDeployments'],
    },
    { name: 'Service revision', burst: 50, refill: 20, operations: ['describeServiceRevisions'] },
  ],
  events: [
    {
      name: 'EventBridge control plane',
      burst: 50,
      refill: 50,
      operations: [
        'createEventBus',
        'deleteEventBus',
        'deleteRule',
        'describeEventBus',
        'describeRule',
        'disableRule',
        'enableRule',
        'listRuleNamesByTarget',
        'listRules',
        'listTagsForResource',
        'listTargetsByRule',
        'putRule',
        'putTargets',
        'removeTargets',
        'tagResource',
        'untagResource',
      ],
    },
  ],
  sns: [{ name: 'SNS publish', burst: 300, refill: 300, operations: ['publish'] }],
  logs: [
    { name: 'GetLogEvents', burst: 25, refill: 25, operations: ['getLogEvents'] },
    { name: 'FilterLogEvents', burst: 10, refill: 10, operations: ['filterLogEvents'] },
    { name: 'DescribeLogStreams', burst: 25, refill: 25, operations: ['describeLogStreams'] },
  ],
  elbv2: [
    {
      name: 'ELB non-mutating',
      burst: 40,
      refill: 10,
      operations: /^describe/,
    },
  ],
  // "AWS Cloud Map API request throttling quota" knows of this one only.
  servicediscovery: [
    {
      name: 'DiscoverInstances',
      burst: 2000,
      refill: 1000,
      operations: ['discoverInstances'],
      code: 'RequestLimitExceeded',
      status: 429,
    },
  ],
  scheduler: [
    {
      name: 'Schedules',
      burst: 1000,
      refill: 1000,
      operations: ['createSchedule', 'deleteSchedule', 'getSchedule', 'updateSchedule'],
    },
    { name: 'ListSchedules', burst: 50, refill: 50, operations: ['listSchedules'] },
    {
      name: 'Schedule groups',
      burst: 10,
      refill: 10,
      operations: ['createScheduleGroup', 'deleteScheduleGroup', 'getScheduleGroup', 'listScheduleGroups'],
    },
    {
      name: 'Schedule tags',
      burst: 10,
      refill: 10,
      operations: ['listTagsForResource', 'tagResource', 'untagResource'],
    },
  ],
  // "AWS Systems Manager endpoints and quotas": the default throughput, and that of PutParameter.
  ssm: [
    { name: 'Parameters', burst: 40, refill: 40, operations: /^getParameter/ },
    { name: 'PutParameter', burst: 3, refill: 3, operations: ['putParameter'] },
  ],
  route53: [
    {
      name: 'Route 53',
      burst: 5,
      refill: 5,
      operations: /./,
    },
  ],
}

/** Whether an operation draws from a bucket. */
export const holds = ({ operations }: Bucket, operation: string): boolean =>
  operations instanceof RegExp ? operations.test(operation) : operations.includes(operation)

/** Takes a token for an operation at an epoch millisecond; throws ThrottlingException when its bucket has none left. */
export function takeToken(place: Pick<Region, 'buckets'>, service: string, operation: string, now: number): void {
  const bucket = buckets[service]?.find((each) => holds(each, operation))
  if (!bucket) return
  const { tokens, at } = place.buckets[bucket.name] ?? { tokens: bucket.burst, at: now }
  const left = Math.min(bucket.burst, tokens + ((now - at) * bucket.refill) / 1000)
  if (left < 1) throw new AwsFault(bucket.code ?? 'ThrottlingException', 'Rate exceeded', bucket.status)
  place.buckets[bucket.name] = { tokens: left - 1, at: now }
}
