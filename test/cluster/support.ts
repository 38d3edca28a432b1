import { readFileSync } from 'node:fs'
import type { Transport } from '../../src/aws/aws.ts'
import { type DeployClusterOptions, deployCluster, diffCluster } from '../../src/cluster/deployCluster.ts'
import { describeCluster } from '../../src/cluster/describeCluster.ts'
import { destroyCluster } from '../../src/cluster/destroyCluster.ts'
import type { Listener, ToldEvent } from '../../src/engine/events.ts'
import { changeText } from '../../src/output/differencesText.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { World } from '../../src/local/world/world.ts'
import { changing } from '../../src/engine/plan.ts'
import type { Settings } from '../../src/engine/settings.ts'
import { readStack } from '../../src/cluster/file/readStack.ts'
import { stackFixtures } from '../../src/commands/program/stackOptions.ts'
import { handClock } from '../handClock.ts'
import { localAws } from '../local/support.ts'
import { callIn, connectionReset, transportInProcess } from '../sdkInProcess.ts'
import { standing } from './standing.ts'

/** The example of the seed's document. */
export const seed = readFileSync(new URL('./file/seed.yml', import.meta.url), 'utf8')

/** One request as it went over the wire. */
export interface Sent {
  /** `DescribeServices`; of Route 53 the method and the path. */
  readonly operation: string
  readonly body: string
}

export function isWrite({ operation }: Sent): boolean {
  return !/^(BatchGet|Describe|List|Get|GET)/.test(operation)
}

/** What a test does to a request: before it is answered, after, or nothing. */
export type Meddle = (sent: Sent, number: number) => 'lostBefore' | 'lostAfter' | void

/** At which call of a run, counted from 1, its process is killed: before AWS hears of it, or when AWS has acted on it. */
export interface Kill {
  readonly call: number
  readonly when: 'before' | 'after'
}

/** A local AWS in this process on a hand-turned clock, and a cluster `my-cluster` in it; `world` is what is there. */
export function clusterStage(options: { readonly meddle?: Meddle; readonly world?: World } = {}) {
  const { world } = options
  const clock = handClock(world?.now ?? Date.UTC(2026, 0, 1))
  const aws = createLocalAws({ now: clock.now, throttle: false, world: world && structuredClone(world) })
  const sent: Sent[] = []
  let meddle = options.meddle
  const sdk = transportInProcess((request) => {
    clock.touch()
    const one = { operation: callIn(request).operation, body: request.body }
    sent.push(one)
    const meddled = meddle?.(one, sent.length)
    if (meddled === 'lostBefore') throw connectionReset()
    const answer = aws.handle(request)
    if (meddled === 'lostAfter') throw connectionReset()
    return answer
  })
  // One that does not ask which account it is: that call comes whenever STS's client has been loaded, and calls are counted here.
  const transport: Transport = (method, input, signal) => sdk(method, input, signal)
  const optionsOf = (texts: readonly string[], more: Partial<DeployClusterOptions> = {}): DeployClusterOptions => ({
    cluster: 'my-cluster',
    files: texts.map((text, index) => ({ name: `${'abc'[index]}.yml`, text })),
    env: {},
    ...more,
  })

  async function heard<T>(act: (settings: Settings) => Promise<T>, { hear, ...more }: RunSettings = {}) {
    const events: ToldEvent[] = []
    const from = sent.length
    const listener: Listener = { hear: (event) => (events.push(event), hear?.(event)) }
    const result = await act({ transport, clock, listeners: [listener], ...more })
    const requests = sent.slice(from)
    return { result, events, requests, writes: requests.filter(isWrite) }
  }

  const call = (service: string, operation: string, input: object = {}): Unchecked =>
    localAws({ world: aws.world }).call(service, operation, input)

  /** Starts a run whose process is killed at a call: from then on nothing of it happens. Answers whether it came that far. */
  function killed(act: (settings: Settings) => Promise<unknown>, { call: at, when }: Kill): Promise<boolean> {
    let number = 0
    return new Promise((resolve, reject) => {
      const never = new Promise<never>(() => {})
      const mortal: Transport = async (method, input, signal) => {
        number++
        if (number > at || (number === at && when === 'before')) return (resolve(true), never)
        const mine = number
        const answer = await transport(method, input, signal).catch((error: unknown) => ({ error }))
        if (mine === at) resolve(true)
        // What was answered after the end is heard by nobody either.
        if (number > at || mine === at) return never
        if ('error' in answer) throw answer.error
        return answer
      }
      act({ transport: mortal, clock }).then(() => resolve(false), reject)
    })
  }

  return {
    aws,
    clock,
    sent,
    transport,
    /** Calls the local AWS as somebody else would. */
    call,
    /** From now on. */
    meddle: (with_: Meddle | undefined) => void (meddle = with_),
    /** Makes what the files take for granted: the cluster, hosted zones. */
    given: (...texts: string[]) => aws.provision(stackFixtures(optionsOf(texts))),
    deploy: (texts: readonly string[], more: Partial<DeployClusterOptions> = {}, settings: RunSettings = {}) =>
      heard((wiring) => deployCluster(optionsOf(texts, more), wiring), settings),
    /** The titles of what a deploy would change, each with its lines. */
    diff: async (...texts: string[]) =>
      changing((await diffCluster(optionsOf(texts), { transport, clock })).stages).map(
        ({ title, differences = [], changes = differences.map(changeText) }) => [title, ...changes].join('\n  '),
      ),
    /** What a diff says beside the differences. */
    warned: async (...texts: string[]) => (await diffCluster(optionsOf(texts), { transport, clock })).warnings,
    describe: () => describeCluster({ cluster: 'my-cluster' }, { transport, clock }),
    destroy: (service?: string, settings: RunSettings = {}) =>
      heard((wiring) => destroyCluster({ cluster: 'my-cluster', service }, wiring), settings),
    /** The same of another cluster. */
    destroyOf: (cluster: string) => heard((wiring) => destroyCluster({ cluster }, wiring)),
    killedDeploy: (kill: Kill, texts: readonly string[], more: Partial<DeployClusterOptions> = {}) =>
      killed((wiring) => deployCluster(optionsOf(texts, more), wiring), kill),
    killedDestroy: (kill: Kill) => killed((wiring) => destroyCluster({ cluster: 'my-cluster' }, wiring), kill),
    /** The ARN of the load balancer, the target group or the listener in whose ARN this is: `my-cluster-edge-lb`. */
    arnOf: (kind: 'loadBalancers' | 'targetGroups' | 'listeners', name: string): string =>
      Object.keys(aws.world.regions['us-east-1']![kind]).find((arn) => arn.includes(`/${name}/`)) ?? '',
    /** The stack that files say. */
    stackOf: (...texts: string[]) => readStack(optionsOf(texts).files, {}).stack,
    region: () => aws.world.regions['us-east-1']!,
    /** What is left of infrastructure and services, by kind: names, without what AWS itself keeps of the deleted. */
    left: () => leftIn(aws.world),
    /** All that stands, with its settings and tags; see `standing`. */
    standing: () => standing(aws.world),
  }
}

/** The world in which a file has just been deployed. */
export async function worldOf(file: string): Promise<World> {
  const stage = clusterStage()
  stage.given(file)
  const { result } = await stage.deploy([file])
  if (result.exitCode !== 0) throw new Error(`${result.summary} ${result.problem?.what}`)
  return structuredClone(stage.aws.world)
}

type RunSettings = Settings & { readonly hear?: (event: ToldEvent) => void }

function leftIn({ regions, global }: World): Record<string, string[]> {
  const region = regions['us-east-1']!
  const names = (records: object, nameOf: (record: any) => string | undefined): string[] =>
    Object.values(records).flatMap((record) => nameOf(record) ?? [])
  return {
    services: names(region.services, ({ service }) =>
      service.status === 'INACTIVE' ? undefined : service.serviceName,
    ),
    tasks: names(region.tasks, ({ task }) => (task.desiredStatus === 'STOPPED' ? undefined : task.taskArn)),
    revisions: Object.values(region.taskDefinitions)
      .flat()
      .flatMap(({ taskDefinition: { status, family, revision } }) =>
        status === 'ACTIVE' ? `${family}:${revision}` : [],
      ),
    loadBalancers: names(region.loadBalancers, ({ loadBalancer }) => loadBalancer.LoadBalancerName),
    targetGroups: names(region.targetGroups, ({ targetGroup }) => targetGroup.TargetGroupName),
    listeners: names(region.listeners, ({ listener }) => String(listener.Port)),
    namespaces: names(region.namespaces, ({ namespace }) => namespace.Name),
    discovery: names(region.cloudMapServices, ({ service }) => service.Name),
    records: Object.values(global.hostedZones).flatMap(({ recordSets }) =>
      recordSets.flatMap(({ Name, Type }: any) => (Type === 'NS' || Type === 'SOA' ? [] : `${Name} ${Type}`)),
    ),
  }
}

export type Stage = ReturnType<typeof clusterStage>

export const operations = (writes: readonly { operation: string }[]) => writes.map(({ operation }) => operation)

/** AWS that denies a call. */
export function denying(stage: Stage, ...denied: string[]): Stage['transport'] {
  return async (method, input, signal) => {
    if (!denied.includes(method)) return stage.transport(method, input, signal)
    const error = new Error(`User is not authorized to perform: ${method}`)
    throw Object.assign(error, {
      name: 'AccessDeniedException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    })
  }
}
