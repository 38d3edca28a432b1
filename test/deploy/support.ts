// A local AWS in this process on a hand-turned clock, on which commands of a definition are run.
import type { Declared } from '../../src/definition/definition.ts'
import type { Listener, RunEvent, ToldEvent } from '../../src/engine/events.ts'
import type { Decided } from '../../src/local/authorize.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import type { Request } from '../../src/local/wire/dialect.ts'
import type { Unchecked } from '../../src/local/world/operation.ts'
import type { Provision } from '../../src/local/provisioning/provision.ts'
import { type DefinitionCommand, type Result, executeDefinitionCommand } from '../../src/deploy/definitionCommand.ts'
import type { DeployHooks } from '../../src/deploy/hooks/deployHooks.ts'
import { logGroupsOf } from '../../src/definition/logGroups.ts'
import { notifiers } from '../../src/notify.ts'
import type { Settings } from '../../src/engine/settings.ts'
import { nameOf } from '../../src/ground/names.ts'
import { read } from '../../src/definition/read.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { localAws } from '../local/support.ts'
import { callIn, connectionReset, jsonAnswer, settingsInProcess } from '../sdkInProcess.ts'
import { handClock } from '../handClock.ts'
import { isEnforced, printed, tellDecided } from '../policy/printed.ts'

/** One request as it went over the wire. */
export interface Sent {
  readonly operation: string
  readonly input: Unchecked
  readonly at: number
}

/** How a command is run, and what is done at each of its events. */
type More = Settings & { hear?: (event: ToldEvent) => void }

/** What a test does to a request instead of letting it through, or before: an answer, or nothing. */
export type Meddle = (sent: Sent) => { readonly status: number; readonly body: Unchecked } | 'cut' | undefined | void

/** A definition whose services, rules and clusters are there, in a local AWS in this process, on a hand-turned clock. */
export function stage(
  declared: (Declared & DeployHooks) | readonly (Declared & DeployHooks)[],
  options: {
    made?: Provision
    meddle?: Meddle
    throttle?: boolean
    placeOneLess?: boolean
    /** Whether half of AWS's answer comes, and then silence. */
    stalls?: (sent: Sent) => boolean
    /** Milliseconds by which AWS's clock is ahead of this machine's: it then refuses what was not signed by its own. */
    ahead?: number
    /** The policy that whoever deploys has, as JSON; everything is allowed unless the environment says otherwise. */
    policy?: string
    /** Takes what it has allowed and denied. */
    decisions?: Decided[]
  } = {},
) {
  const definitions = [declared]
    .flat()
    .map((one, index) => read(one, (one as { name?: string }).name ?? `Task${index || ''}`))
  const clock = handClock(Date.UTC(2026, 0, 1))
  const ofDefinitions = isEnforced && definitions.length > 0
  const aws = createLocalAws({
    now: clock.now,
    throttle: options.throttle ?? false,
    policy:
      options.policy ??
      (ofDefinitions ? JSON.stringify(printed(definitions.map(({ definition }) => definition))) : undefined),
    decided: (one) => {
      options.decisions?.push(one)
      if (ofDefinitions) tellDecided(one)
    },
  })
  const sent: Sent[] = []
  aws.provision(options.made ?? fixturesOf(definitions.map(({ definition }) => definition)))
  const client = localAws({ world: aws.world })

  const settings = settingsInProcess((request) => {
    clock.touch()
    const one = { ...callIn(request), at: clock.now() }
    sent.push(one)
    const meddled = options.meddle?.(one)
    if (meddled === 'cut') throw connectionReset()
    const answer =
      tooSkewed(request.headers, options.ahead) ??
      (meddled ? jsonAnswer(meddled.status, meddled.body) : aws.handle(passed(request, one)))
    return {
      ...answer,
      headers: { ...answer.headers, ...dated(options.ahead) },
      stalls: options.stalls?.(one) ?? false,
    }
  })
  const transport = sdkTransport(settings, { clock })

  /** AWS says with HTTP 200 that it placed fewer tasks than asked for. */
  function passed(request: Request, { operation, input }: Sent): Request {
    if (!options.placeOneLess || operation !== 'RunTask') return request
    return { ...request, body: JSON.stringify({ ...input, count: input['count'] - 1 }) }
  }

  async function executed(asked: DefinitionCommand, more: More) {
    const events: ToldEvent[] = []
    const from = sent.length
    const listener: Listener = { hear: (event) => (events.push(event), more.hear?.(event)) }
    const result: Result = await executeDefinitionCommand(
      asked,
      definitions.map(({ definition }) => definition),
      {
        warnings: definitions.flatMap(({ warnings }) => warnings),
        transport,
        clock,
        listeners: [listener],
        sources: [declared].flat(),
        connect: notifiers(definitions.map(({ definition }) => definition)),
        ...more,
      },
    )
    const requests = sent.slice(from)
    return {
      ...result,
      events,
      requests,
      writes: requests.filter(({ operation }) => !/^(BatchGet|Describe|List|Get)/.test(operation)),
    }
  }

  const region = () => aws.world.regions['us-east-1']!
  return {
    aws,
    clock,
    sent,
    /** With which a run reaches this AWS by itself. */
    settings,
    /** Calls the local AWS as another client. */
    call: (service: string, operation: string, input: Unchecked = {}): Unchecked =>
      localAws({ world: aws.world }).call(service, operation, input),
    client,
    deploy: (
      tag: string,
      { skipUnchanged = false, keepGoing, ...more }: More & { skipUnchanged?: boolean; keepGoing?: boolean } = {},
    ) => executed({ command: 'deploy', tag, wait: more.wait ?? true, skipUnchanged, keepGoing }, more),
    rollback: ({ to, keepGoing, ...more }: More & { to?: string; keepGoing?: boolean } = {}) =>
      executed({ command: 'rollback', to, wait: more.wait ?? true, keepGoing }, more),
    wait: (more: More = {}) => executed({ command: 'wait' }, more),
    proceed: (more: More = {}) => executed({ command: 'continue', wait: more.wait ?? true, reject: false }, more),
    reject: (more: More = {}) => executed({ command: 'continue', wait: more.wait ?? true, reject: true }, more),
    service: (key: string): Unchecked => region().services[key]!.service,
    /** `web:2`: what the service points at. */
    runs: (key: string): string => nameOf(region().services[key]?.service.taskDefinition ?? ''),
    /** The ACTIVE revisions of a family, oldest first: `['web:1', 'web:2']`. */
    active: (family: string): string[] =>
      (region().taskDefinitions[family] ?? [])
        .filter(({ taskDefinition }) => taskDefinition.status === 'ACTIVE')
        .map(({ taskDefinition }) => nameOf(taskDefinition.taskDefinitionArn)),
    targets: (rule: string): Unchecked[] => region().rules[`default/${rule}`]?.targets ?? [],
    /** By `group/name`, as GetSchedule shows it. */
    schedule: (key: string): Unchecked => region().schedules[key]!.schedule,
    published: (topic: string): Unchecked[] => region().topics[topic]?.published ?? [],
    tasks: (): Unchecked[] => Object.values(region().tasks).map(({ task }) => task),
    world: () => structuredClone(region()),
  }
}

/** The prerequisites of definitions, as Terraform would have created them. */
export function fixturesOf(
  definitions: readonly Pick<
    Declared,
    'taskDefinition' | 'updateServices' | 'runTasks' | 'eventTargets' | 'schedules' | 'lock' | 'snsNotificationTopicArn'
  >[],
): Provision {
  return {
    clusters: definitions.flatMap(({ runTasks = [] }) => runTasks.map((run) => run.cluster ?? 'default')),
    services: definitions.flatMap(({ updateServices = [], taskDefinition }) =>
      updateServices.map(({ cluster = 'default', service }) => ({
        cluster,
        service,
        taskDefinition: filled(taskDefinition),
      })),
    ),
    logGroups: definitions.flatMap(({ taskDefinition }) =>
      logGroupsOf(filled(taskDefinition) as typeof taskDefinition),
    ),
    rules: definitions.flatMap(({ eventTargets = [] }) => eventTargets.map(({ Rule }) => ({ name: Rule }))),
    schedules: definitions.flatMap(({ schedules = [], taskDefinition, updateServices = [] }) =>
      schedules.map(({ Name, GroupName }) => ({
        name: Name,
        ...(GroupName !== undefined && { groupName: GroupName }),
        cluster: updateServices[0]?.cluster ?? 'my_cluster',
        taskDefinition: filled(taskDefinition),
      })),
    ),
    buckets: definitions.flatMap(({ lock }) => (lock === undefined ? [] : (/^s3:..([^/]+)/.exec(lock)?.[1] ?? []))),
    topics: definitions.flatMap(({ snsNotificationTopicArn }) => snsNotificationTopicArn ?? []),
  }
}

/** The types of the events of a kind, in order. */
export function ofType<T extends RunEvent['type']>(
  events: readonly ToldEvent[],
  type: T,
): Extract<ToldEvent, { type: T }>[] {
  return events.filter((event): event is Extract<ToldEvent, { type: T }> => event.type === type)
}

/** The time by AWS's clock, as every answer of AWS has it. */
function dated(ahead: number | undefined): Record<string, string> {
  return ahead === undefined ? {} : { date: new Date(Date.now() + ahead).toUTCString() }
}

/** What AWS answers where a request was signed with a time that is more than five minutes from its own. */
function tooSkewed({ 'x-amz-date': signed = '', ...headers }: Record<string, string>, ahead: number | undefined) {
  const at = Date.parse(signed.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'))
  if (ahead === undefined || Math.abs(Date.now() + ahead - at) < 5 * 60_000) return undefined
  const message = `Signature expired: ${signed} is now earlier than it may be.`
  return headers['x-amz-target']
    ? { status: 400, headers: {}, body: JSON.stringify({ __type: 'InvalidSignatureException', message }) }
    : {
        status: 403,
        headers: {},
        body: `<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>${message}</Message></Error></ErrorResponse>`,
      }
}

function filled(taskDefinition: object): Unchecked {
  return JSON.parse(JSON.stringify(taskDefinition).replaceAll(/<image_tag>|\{image_tag\}/g, 'initial'))
}
