/** AWS's token buckets, kept on our side so that it has nothing to throttle. */
import type { Clock } from '../ground/clock.ts'

/**
 * AWS's token buckets: how many calls at once, and how many more a second.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 * Auto Scaling and Application Auto Scaling have one each for all their calls, whose size AWS does not tell: modest ones.
 */
const buckets = {
  clusterRead: [50, 20],
  serviceRead: [100, 20],
  serviceModify: [50, 5],
  serviceDeployment: [50, 20],
  serviceRevision: [50, 20],
  taskDefinitionRead: [50, 20],
  taskDefinitionModify: [20, 1],
  clusterResourceRead: [100, 20],
  clusterResourceModify: [100, 40],
  tagModify: [20, 10],
  eventBridge: [50, 50],
  // What it takes in regions where it takes least. https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
  scheduler: [50, 50],
  describeLogGroups: [10, 10],
  getLogEvents: [10, 10],
  filterLogEvents: [5, 5],
  elasticLoadBalancing: [40, 10],
  elasticLoadBalancingModify: [20, 3],
  route53: [5, 5],
  cloudMap: [10, 10],
  applicationAutoScaling: [20, 5],
  autoScaling: [20, 5],
  ec2Read: [100, 20],
  ec2Modify: [50, 5],
  containerRegistry: [100, 100],
  iam: [15, 15],
  objectStorage: [100, 100],
  parameterStore: [40, 40],
  secretsManager: [40, 40],
  sns: [100, 100],
  sts: [100, 100],
} as const satisfies Record<string, readonly [burst: number, perSecond: number]>

export type BucketName = keyof typeof buckets

/** The share of a bucket we use, so that a console or an autoscaler beside us is not starved. */
const share = 0.9

interface Limiter {
  /** Resolves when a call of that bucket may be sent. */
  take(name: BucketName, signal?: AbortSignal): Promise<void>
  /** AWS said that the bucket is empty: others drink from it too. */
  drain(name: BucketName): void
}

/** One limiter for all calls of a process: a token bucket for each of AWS's, a little smaller than AWS's own. */
export function limiter(clock: Clock): Limiter {
  const levels = new Map<BucketName, { tokens: number; at: number }>()

  /** Tokens may go below zero: whoever comes next waits for a turn behind those who wait already. */
  function level(name: BucketName): { tokens: number; at: number } {
    const [burst, perSecond] = buckets[name]
    const now = clock.now()
    const before = levels.get(name) ?? { tokens: burst * share, at: now }
    // A clock from outside may be set back, which takes no tokens away.
    const passed = Math.max(now - before.at, 0)
    const tokens = Math.min(burst * share, before.tokens + (passed / 1000) * perSecond * share)
    const after = { tokens, at: now }
    levels.set(name, after)
    return after
  }

  return {
    async take(name, signal) {
      const bucket = level(name)
      bucket.tokens -= 1
      if (bucket.tokens < 0) await clock.sleep((-bucket.tokens / (buckets[name][1] * share)) * 1000, signal)
    },
    drain(name) {
      const bucket = level(name)
      bucket.tokens = Math.min(bucket.tokens, 0)
    },
  }
}
