import type * as logs from '@aws-sdk/client-cloudwatch-logs'
import type * as ecs from '@aws-sdk/client-ecs'
import type * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import type * as events from '@aws-sdk/client-eventbridge'
import type * as sns from '@aws-sdk/client-sns'
import type { Clock } from './clock.ts'
import { type BucketName, limiter } from './aws/limiter.ts'
import { isThrottling, isTransient, waitBefore } from './aws/retry.ts'

/** What goes in and what comes out of each AWS call that is made anywhere in this project. */
export interface Calls {
  describeClusters: [ecs.DescribeClustersCommandInput, ecs.DescribeClustersCommandOutput]
  describeServices: [ecs.DescribeServicesCommandInput, ecs.DescribeServicesCommandOutput]
  listServices: [ecs.ListServicesCommandInput, ecs.ListServicesCommandOutput]
  updateService: [ecs.UpdateServiceCommandInput, ecs.UpdateServiceCommandOutput]
  listServiceDeployments: [ecs.ListServiceDeploymentsCommandInput, ecs.ListServiceDeploymentsCommandOutput]
  describeServiceDeployments: [ecs.DescribeServiceDeploymentsCommandInput, ecs.DescribeServiceDeploymentsCommandOutput]
  describeServiceRevisions: [ecs.DescribeServiceRevisionsCommandInput, ecs.DescribeServiceRevisionsCommandOutput]
  stopServiceDeployment: [ecs.StopServiceDeploymentCommandInput, ecs.StopServiceDeploymentCommandOutput]
  continueServiceDeployment: [ecs.ContinueServiceDeploymentCommandInput, ecs.ContinueServiceDeploymentCommandOutput]
  describeTaskDefinition: [ecs.DescribeTaskDefinitionCommandInput, ecs.DescribeTaskDefinitionCommandOutput]
  listTaskDefinitions: [ecs.ListTaskDefinitionsCommandInput, ecs.ListTaskDefinitionsCommandOutput]
  registerTaskDefinition: [ecs.RegisterTaskDefinitionCommandInput, ecs.RegisterTaskDefinitionCommandOutput]
  deregisterTaskDefinition: [ecs.DeregisterTaskDefinitionCommandInput, ecs.DeregisterTaskDefinitionCommandOutput]
  runTask: [ecs.RunTaskCommandInput, ecs.RunTaskCommandOutput]
  stopTask: [ecs.StopTaskCommandInput, ecs.StopTaskCommandOutput]
  listTasks: [ecs.ListTasksCommandInput, ecs.ListTasksCommandOutput]
  describeTasks: [ecs.DescribeTasksCommandInput, ecs.DescribeTasksCommandOutput]
  listTargetsByRule: [events.ListTargetsByRuleCommandInput, events.ListTargetsByRuleCommandOutput]
  listEventBuses: [events.ListEventBusesCommandInput, events.ListEventBusesCommandOutput]
  listRuleNamesByTarget: [events.ListRuleNamesByTargetCommandInput, events.ListRuleNamesByTargetCommandOutput]
  putTargets: [events.PutTargetsCommandInput, events.PutTargetsCommandOutput]
  removeTargets: [events.RemoveTargetsCommandInput, events.RemoveTargetsCommandOutput]
  getLogEvents: [logs.GetLogEventsCommandInput, logs.GetLogEventsCommandOutput]
  describeTargetHealth: [elbv2.DescribeTargetHealthCommandInput, elbv2.DescribeTargetHealthCommandOutput]
  publish: [sns.PublishCommandInput, sns.PublishCommandOutput]
}

export type Method = keyof Calls
export type Input<M extends Method> = Calls[M][0]
export type Output<M extends Method> = Calls[M][1]
export type ClientName = 'ecs' | 'events' | 'logs' | 'elbv2' | 'sns'

interface CallFacts {
  readonly client: ClientName
  /** Whether it can change anything in AWS. */
  readonly kind: 'read' | 'write'
  /** AWS's throttle bucket; calls of one bucket share its tokens. */
  readonly bucket: BucketName
  /** The list in the answer that is read page by page, and the names of the token in the question and in the answer. */
  readonly page?: { readonly items: string; readonly size: string; readonly most: number; readonly token: string }
  /** The list in the question that AWS takes only so many of at once, and the lists in the answer to join. */
  readonly batch?: { readonly of: string; readonly most: number; readonly items: readonly string[] }
  /** Sent again only when AWS certainly did not act: a second one would be a second thing. */
  readonly once?: true
}

/** Every AWS call this project makes. Page and batch sizes are those of the API reference of each service. */
export const calls: { readonly [M in Method]: CallFacts } = {
  describeClusters: read('ecs', 'clusterRead', {
    batch: { of: 'clusters', most: 100, items: ['clusters', 'failures'] },
  }),
  describeServices: read('ecs', 'serviceRead', {
    batch: { of: 'services', most: 10, items: ['services', 'failures'] },
  }),
  listServices: read('ecs', 'serviceRead', { page: ecsPage('serviceArns') }),
  updateService: write('ecs', 'serviceModify'),
  listServiceDeployments: read('ecs', 'serviceDeployment', { page: ecsPage('serviceDeployments') }),
  describeServiceDeployments: read('ecs', 'serviceDeployment', {
    batch: { of: 'serviceDeploymentArns', most: 20, items: ['serviceDeployments', 'failures'] },
  }),
  describeServiceRevisions: read('ecs', 'serviceRevision', {
    batch: { of: 'serviceRevisionArns', most: 20, items: ['serviceRevisions', 'failures'] },
  }),
  stopServiceDeployment: write('ecs', 'serviceModify'),
  continueServiceDeployment: write('ecs', 'serviceModify'),
  describeTaskDefinition: read('ecs', 'taskDefinitionRead'),
  listTaskDefinitions: read('ecs', 'taskDefinitionRead', { page: ecsPage('taskDefinitionArns') }),
  registerTaskDefinition: write('ecs', 'taskDefinitionModify', { once: true }),
  deregisterTaskDefinition: write('ecs', 'taskDefinitionModify'),
  runTask: write('ecs', 'clusterResourceModify'),
  stopTask: write('ecs', 'clusterResourceModify'),
  listTasks: read('ecs', 'clusterResourceRead', { page: ecsPage('taskArns') }),
  describeTasks: read('ecs', 'clusterResourceRead', {
    batch: { of: 'tasks', most: 100, items: ['tasks', 'failures'] },
  }),
  listTargetsByRule: read('events', 'eventBridge', { page: eventsPage('Targets') }),
  listEventBuses: read('events', 'eventBridge', { page: eventsPage('EventBuses') }),
  listRuleNamesByTarget: read('events', 'eventBridge', { page: eventsPage('RuleNames') }),
  putTargets: write('events', 'eventBridge'),
  removeTargets: write('events', 'eventBridge'),
  getLogEvents: read('logs', 'getLogEvents'),
  describeTargetHealth: read('elbv2', 'elasticLoadBalancing'),
  publish: write('sns', 'sns', { once: true }),
}

/** Sends one call and answers with its output; the SDK, or a local AWS in the same process. */
export type Transport = <M extends Method>(
  method: M,
  input: Input<M>,
  signal: AbortSignal | undefined,
) => Promise<Output<M>>

/** What is told of every call, before anything else hears of it. */
export interface CallListener {
  finished(method: Method, input: object, result: object): void
  failed(method: Method, input: object, error: unknown): void
  retried(method: Method, error: unknown, milliseconds: number): void
}

/** The one door to AWS: throttle buckets, retries and paging are behind it. */
export interface Aws {
  call<M extends Method>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>>
  /** A read, with all its pages or in as many batches as it takes, joined into one answer. */
  all<M extends Method>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>>
  /** How many calls have been sent that may have changed something; notices do not count. */
  readonly writes: number
}

/**
 * Opens the door. A call waits for a token of its throttle bucket; throttling is waited out and lost connections are
 * tried again, both on `clock`, at most `attempts` (10) times.
 */
export function openAws(of: { transport: Transport; clock: Clock; listener?: CallListener; attempts?: number }): Aws {
  const { transport, clock, listener = nobody, attempts = 10 } = of
  const bucket = limiter(clock)
  let writes = 0
  let answered = false

  async function call<M extends Method>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>> {
    const facts = calls[method]
    let lost: { readonly error: unknown } | undefined
    // Whoever stops waiting must not think that nothing was sent: AWS may have acted on what it did not answer.
    const unlessLost = (reason: unknown): never => {
      throw lost ? lost.error : reason
    }
    for (let attempt = 1; ; attempt++) {
      await bucket.take(facts.bucket, signal).catch(unlessLost)
      try {
        // A write that is cut off half-way would leave nobody knowing whether AWS acted, so only reads are.
        const output = await transport(method, input, facts.kind === 'read' ? signal : undefined)
        answered = true
        if (changes(facts)) writes++
        listener.finished(method, input, output)
        return output
      } catch (error) {
        // The SDK has a word of its own for a read that was given up.
        if (signal?.aborted && facts.kind === 'read') throw signal.reason
        if (isThrottling(error)) bucket.drain(facts.bucket)
        else if (changes(facts) && isTransient(error)) {
          writes++
          lost = { error }
        }
        const again = isThrottling(error) || (isTransient(error) && !facts.once)
        // Where AWS has never answered, it is more likely to be out of reach than to be back in a moment.
        const most = answered || isThrottling(error) ? attempts : Math.min(attempts, 3)
        if (!again || attempt >= most || signal?.aborted) {
          listener.failed(method, input, error)
          return unlessLost(error)
        }
        const milliseconds = waitBefore(attempt, error, clock.random())
        listener.retried(method, error, milliseconds)
        await clock.sleep(milliseconds, signal).catch(unlessLost)
      }
    }
  }

  async function all<M extends Method>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>> {
    const { page, batch } = calls[method]
    if (batch) {
      const asked: unknown[] = (input as any)[batch.of]
      const parts: unknown[][] = []
      for (let at = 0; at < asked.length; at += batch.most) parts.push(asked.slice(at, at + batch.most))
      const answers = await Promise.all(parts.map((part) => call(method, { ...input, [batch.of]: part }, signal)))
      return joined(answers, batch.items)
    }
    if (!page) return call(method, input, signal)
    const answers: Output<M>[] = []
    let token: string | undefined
    do {
      const answer = await call(method, { ...input, [page.size]: page.most, [page.token]: token }, signal)
      answers.push(answer)
      token = (answer as any)[page.token] || undefined
    } while (token)
    return joined(answers, [page.items])
  }

  return {
    call,
    all,
    get writes() {
      return writes
    },
  }
}

function changes({ kind, client }: CallFacts): boolean {
  return kind === 'write' && client !== 'sns'
}

/** Where nobody is to be told. */
const nobody: CallListener = { finished() {}, failed() {}, retried() {} }

/** One answer out of several: the named lists end to end. */
function joined<T>(answers: readonly T[], items: readonly string[]): T {
  const lists = items.map((item) => [item, answers.flatMap((answer: any) => answer[item] ?? [])])
  return { ...answers.at(-1), ...Object.fromEntries(lists) } as T
}

function read(client: ClientName, bucket: BucketName, more: Partial<CallFacts> = {}): CallFacts {
  return { client, kind: 'read', bucket, ...more }
}

function write(client: ClientName, bucket: BucketName, more: Partial<CallFacts> = {}): CallFacts {
  return { client, kind: 'write', bucket, ...more }
}

function ecsPage(items: string): CallFacts['page'] {
  return { items, size: 'maxResults', most: 100, token: 'nextToken' }
}

function eventsPage(items: string): CallFacts['page'] {
  return { items, size: 'Limit', most: 100, token: 'NextToken' }
}
