// Arbitrary stacks for property tests.
import { furtherContainerKeys } from '../../../src/cluster/file/keys/containerKeys.ts'
import { serviceKeys } from '../../../src/cluster/file/keys/serviceKeys.ts'
import type { Key } from '../../../src/cluster/file/shape.ts'
import { simple, simpleSettings, type SimpleMember } from '../../../src/cluster/serviceSettings.ts'
import type { PlainNumbers } from '../../../src/cluster/file/plainNumbers.ts'
import * as fc from 'fast-check'
import { type AutoScaling, countWithin } from '../../../src/cluster/stack.ts'
import type { Elb, NetworkMode, Stack, StackContainer, StackService, Vpc } from '../../../src/cluster/stack.ts'

/** Any stack that can be deployed: any texts where AWS takes any, and otherwise what the rules of stack files allow. */
export function arbitraryStack(): fc.Arbitrary<Stack> {
  return fc
    .record({ vpc: arbitraryVpc(), namespace: fc.constantFrom('example.local', 'a.b.c.d', 'sd') })
    .chain(({ vpc, namespace }) =>
      fc
        .uniqueArray(arbitraryService(), { selector: ({ name }) => name.toLowerCase(), maxLength: 4 })
        .map((services) => ({ vpc, namespace, services: services.map(inOrder) })),
    )
}

/** Texts that YAML, a shell or the variables of a file would take for something else. */
const misleading = [
  '|~|null|true|no|007|1.10|1e3|0x1F|.5|8080|-|- a|? a|a: b|a #b|#a|*a|&a|!a|@a|%a|`a`|>|{a}|[a]|"a"',
  "it's|$|$HOME|${HOME}|$$|a\nb|\n|a\n|\n\na| | a|a |a\tb|\t|a\r\nb|\\|---|...|<<|=|\u0000|\u2028|\u{1f600}",
].flatMap((texts) => texts.split('|'))
const text = fc.oneof(
  fc.constantFrom(...misleading, '|'),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'binary-ascii', maxLength: 200 }),
)
const role = fc.constantFrom('worker', 'true', '1', 'arn:aws:iam::123456789012:role/path/worker+=,.@-')
const filled = text.filter((value) => /\S/.test(value))
const name = fc.oneof(
  fc.constantFrom('web', 'true', '80', 'null', '-', 'a_b', 'constructor'),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
)
const variables = (value: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom('A', 'true', '80', '$HOME', '<<', '~', '#a', 'x-a'), text), value), {
      maxLength: 4,
    })
    .map((entries) => Object.fromEntries(entries.filter(([variable]) => /^[^=\s]+$/.test(variable))))
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined })
const ids = (prefix: string, least: number): fc.Arbitrary<string[]> =>
  fc.array(
    fc.nat(15).map((digit) => `${prefix}-${digit}`),
    { minLength: least, maxLength: 4 },
  )

function arbitraryVpc(): fc.Arbitrary<Vpc> {
  return fc.record({
    id: fc.constant('vpc-1'),
    subnets: fc.record({ public: ids('subnet', 2), private: ids('subnet', 2) }),
    securityGroups: fc.record({ public: ids('sg', 0), private: ids('sg', 0) }),
  })
}

/** Each number that a file, a stack and ECS hold alike. */
function numbers(): { readonly [M in keyof PlainNumbers]: fc.Arbitrary<number | undefined> } {
  const entries = Object.values(furtherContainerKeys).flatMap((of) =>
    'member' in of
      ? [[of.member, maybe(fc.integer({ min: of.shape.least, max: of.shape.most ?? of.shape.least + 900 }))]]
      : [],
  )
  return Object.fromEntries(entries)
}

/** Each simple setting of a service, of what its key allows. */
function settings(): { readonly [M in SimpleMember]: fc.Arbitrary<unknown> } {
  const entries = simple.map(({ member, key, isFilledIn }) => {
    const { shape }: Key = serviceKeys[key]
    const value =
      shape.is === 'whole'
        ? fc.integer({ min: shape.least, max: shape.most ?? shape.least + 900 })
        : shape.is === 'flag'
          ? fc.boolean()
          : fc.constantFrom(...(shape.is === 'text' ? (shape.oneOf ?? []) : []))
    return [member, isFilledIn ? value : maybe<unknown>(value)]
  })
  return Object.fromEntries(entries)
}

function arbitraryContainer(): fc.Arbitrary<StackContainer> {
  const words = maybe(fc.array(text, { minLength: 1, maxLength: 3 }))
  return fc
    .record({
      name,
      image: fc.constantFrom('web:v1', 'shop/web', 'registry.example:5000/shop/web:1.10', 'web@sha256:0a1b'),
      command: words,
      entryPoint: words,
      essential: fc.boolean(),
      // Further plain numbers are drawn from what their keys allow.
      ...numbers(),
      memory: fc.integer({ min: 1000, max: 100_000 }),
      environment: variables(text),
      secrets: variables(filled),
      ports: fc.uniqueArray(
        fc.record({
          host: maybe(fc.integer({ min: 1, max: 65_535 })),
          container: fc.integer({ min: 1, max: 65_535 }),
          protocol: fc.constantFrom('tcp', 'udp'),
        }),
        { selector: ({ host, container }) => host ?? container, maxLength: 3 },
      ),
      volumes: fc.uniqueArray(
        fc.record({
          name,
          host: maybe(fc.constantFrom('/', '/mnt/a b', '/$HOME')),
          container: fc.stringMatching(/^\/[^:\s]{0,10}$/),
          readOnly: fc.boolean(),
        }),
        { selector: ({ container }) => container, maxLength: 2 },
      ),
      gpus: maybe(fc.integer({ min: 1, max: 8 })),
      privileged: fc.boolean(),
      healthcheck: maybe(
        fc.record({
          command: fc.tuple(fc.constantFrom('CMD', 'CMD-SHELL'), text).map((command): readonly string[] => command),
          interval: fc.constantFrom(30, 5, 300),
          timeout: fc.constantFrom(5, 2, 60),
          retries: fc.constantFrom(3, 1, 10),
          startPeriod: fc.constantFrom(0, 300),
        }),
      ),
      logging: maybe(fc.record({ logDriver: fc.constantFrom('splunk', 'awsfirelens'), options: variables(text) })),
    })
    .map(({ secrets, ...one }) => ({
      ...one,
      secrets: Object.fromEntries(
        Object.entries(secrets).filter(([variable]) => !Object.hasOwn(one.environment, variable)),
      ),
    }))
}

function arbitraryElb(): fc.Arbitrary<Elb> {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012'
  return fc
    .record({
      name: maybe(fc.constantFrom('a', 'true', '1')),
      type: fc.constantFrom('public', 'private'),
      protocol: fc.constantFrom('HTTP', 'HTTPS'),
      ports: fc.record({ public: fc.constantFrom(80, 443, 8080), container: fc.constant(0) }),
      certificates: fc.constant(['arn:aws:acm:eu-west-1:123456789012:certificate/1']),
      tlsPolicy: fc.constantFrom('ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-2016-08'),
      dns: maybe(fc.record({ hostedZoneId: filled, recordName: filled })),
      healthcheck: fc.record({
        protocol: fc.constantFrom('HTTP', 'HTTPS'),
        port: maybe(fc.constantFrom(80, 9000)),
        path: fc.constantFrom('/', '/health?a=$b#c'),
        intervalSeconds: fc.constantFrom(30, 300),
        timeoutSeconds: fc.constantFrom(5, 29),
        healthyThresholdCount: fc.constantFrom(2, 10),
        unhealthyThresholdCount: fc.constantFrom(2, 10),
      }),
      others: fc.constantFrom('none', 'balancer', 'group'),
    })
    .map(({ others, ...elb }) => ({
      ...elb,
      ...(elb.protocol === 'HTTP' && { certificates: [], tlsPolicy: undefined }),
      loadBalancerArn: others === 'balancer' ? `${arn}:loadbalancer/app/web/1` : undefined,
      targetGroupArn: others === 'group' ? `${arn}:targetgroup/web/1` : undefined,
    }))
}

function arbitraryScaling(): fc.Arbitrary<AutoScaling> {
  const range = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
  const percent = maybe(fc.integer({ min: 1, max: 100 }))
  return fc
    .record({
      range,
      cpu: percent,
      memory: percent,
      requestsPerTarget: maybe(fc.constantFrom(1, 1000)),
      scaleInCooldown: fc.constantFrom(300, 0, 60),
      scaleOutCooldown: fc.constantFrom(300, 0, 60),
      scheduled: fc.array(
        fc.oneof(
          fc.record({
            schedule: fc.constantFrom('cron(0 7 * * ? *)', 'at(2026-12-24T18:00:00)'),
            timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'Etc/GMT+1'),
            range,
          }),
          fc.record({ schedule: fc.constant('rate(2 hours)'), timezone: fc.constant('UTC'), range }),
        ),
        { maxLength: 3 },
      ),
    })
    .map(({ range: all, scheduled, ...one }) => ({
      ...within(all),
      ...one,
      scheduled: scheduled.map(({ range: from, ...action }, index) => {
        const { min, max } = within(from)
        return { ...action, min: index === 1 ? undefined : min, max: index === 2 ? undefined : max }
      }),
    }))
}

const within = ([one, other]: readonly [number, number]): { min: number; max: number } => ({
  min: Math.min(one, other),
  max: Math.max(one, other),
})

/** Auto scaling that has something to scale by. */
function scales({ cpu, memory, requestsPerTarget, scheduled }: AutoScaling): boolean {
  return scheduled.length > 0 || [cpu, memory, requestsPerTarget].some((value) => value !== undefined)
}

function arbitraryService(): fc.Arbitrary<StackService> {
  const service = fc.record({
    name,
    type: fc.constantFrom('service', 'task'),
    dependsOn: fc.constant([]),
    containers: fc.uniqueArray(arbitraryContainer(), { selector: (one) => one.name, minLength: 1, maxLength: 3 }),
    launchType: fc.constantFrom('EC2', 'FARGATE'),
    cpu: fc.constant(1024),
    memory: fc.constantFrom(2048, 8192),
    taskRoleArn: maybe(role),
    taskExecutionRoleArn: role,
    networkMode: fc.constantFrom('awsvpc', 'bridge', 'host', 'none'),
    network: maybe(
      fc.record({ subnets: ids('subnet', 1), securityGroups: ids('sg', 0), assignPublicIp: fc.boolean() }),
    ),
    desiredCount: fc.integer({ min: 0, max: 10 }),
    ...settings(),
    deploymentConfiguration: fc.record({
      maximumPercent: fc.constantFrom(200, 201, 1000),
      minimumHealthyPercent: fc.constantFrom(50, 0, 100),
      deploymentCircuitBreaker: fc.constantFrom(
        breaker,
        { enable: true, rollback: false },
        { enable: false, rollback: false },
      ),
    }),
    placementConstraints: fc.array(
      fc.oneof(
        fc.constant({ type: 'distinctInstance', expression: undefined }),
        fc.record({ type: fc.constant('memberOf'), expression: fc.constant('attribute:size =~ "a|b"') }),
      ),
      { maxLength: 2 },
    ),
    elb: maybe(arbitraryElb()),
    dnsDiscovery: maybe(fc.record({ name: fc.stringMatching(/^[a-z0-9]{1,10}(\.[a-z0-9]{1,10})?$/) })),
    autoScaling: maybe(arbitraryScaling()),
    schedule: maybe(
      fc.record({
        expression: fc.constantFrom('cron(0 7 * * ? *)', 'at(2027-12-24T18:00:00)'),
        timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
        roleArn: fc.constant('arn:aws:iam::123456789012:role/scheduler'),
      }),
    ),
  })
  return service.map((one) => possible(one as unknown as StackService))
}

/** The service without what does not go together. */
function possible(service: StackService): StackService {
  const isTask = service.type === 'task'
  const isOnFargate = service.launchType === 'FARGATE'
  const isDaemon = service.schedulingStrategy === 'DAEMON' && !isTask && !isOnFargate
  const dnsDiscovery = isTask ? undefined : service.dnsDiscovery
  const isAlone =
    isOnFargate || dnsDiscovery !== undefined || service.network !== undefined || service.networkMode === 'awsvpc'
  const networkMode = isAlone ? 'awsvpc' : service.networkMode
  const [own, ...further] = service.containers.map((container, index) =>
    inTask(container, index, networkMode, isOnFargate),
  )
  const first: StackContainer = {
    ...own!,
    name: service.name,
    essential: true,
    ...(isOnFargate && { cpu: undefined, memory: undefined }),
  }
  const port = first.ports.find(({ protocol }) => protocol === 'tcp')?.container
  const elb = service.elb && { ...service.elb, ports: { ...service.elb.ports, container: port ?? 0 } }
  const balanced = isTask || port === undefined ? undefined : elb
  const scaling = service.autoScaling && {
    ...service.autoScaling,
    requestsPerTarget: balanced && service.autoScaling.requestsPerTarget,
  }
  const autoScaling = isTask || isDaemon || !scaling || !scales(scaling) ? undefined : scaling
  const schedule = isTask ? service.schedule : undefined
  return {
    ...service,
    ...(isTask && simpleSettings(() => undefined)),
    schedule,
    containers: [first, ...further.filter((container) => container.name !== service.name)],
    ...(!isOnFargate && { cpu: undefined, memory: undefined }),
    networkMode,
    network: service.network && { ...service.network, assignPublicIp: isOnFargate && service.network.assignPublicIp },
    desiredCount: isDaemon ? 1 : Math.max(schedule ? 1 : 0, countWithin(service.desiredCount, autoScaling)),
    schedulingStrategy: isDaemon ? 'DAEMON' : 'REPLICA',
    deploymentConfiguration: configuration(service, isTask, isDaemon),
    placementConstraints: isOnFargate ? [] : service.placementConstraints,
    elb: balanced,
    autoScaling,
    dnsDiscovery,
  }
}

/** What a stack says of it where its file says nothing. */
const breaker = { enable: true, rollback: true }

function configuration(
  { deploymentConfiguration }: StackService,
  isTask: boolean,
  isDaemon: boolean,
): StackService['deploymentConfiguration'] {
  if (isTask) return { maximumPercent: 200, minimumHealthyPercent: 50, deploymentCircuitBreaker: breaker }
  const { minimumHealthyPercent } = deploymentConfiguration
  if (isDaemon)
    return {
      ...deploymentConfiguration,
      maximumPercent: 100,
      minimumHealthyPercent: 50 - (minimumHealthyPercent % 100),
    }
  return deploymentConfiguration
}

/** Each container of a task has ports and volumes of its own. */
function inTask(
  container: StackContainer,
  index: number,
  networkMode: NetworkMode,
  isOnFargate: boolean,
): StackContainer {
  const [first] = container.ports
  const ofItsOwn = { host: undefined, container: 1000 + index, protocol: 'tcp' as const }
  const ports = {
    awsvpc: [ofItsOwn],
    host: first ? [{ ...ofItsOwn, host: first.host && 1000 + index }] : [],
    bridge: first ? [{ ...first, host: first.host && 2000 + index }] : [],
    none: [],
  }[networkMode]
  return {
    ...container,
    ports,
    volumes: container.volumes.map((volume, nth) => ({
      ...volume,
      name: `${volume.name}-${index}-${nth}`,
      host: isOnFargate ? undefined : volume.host,
    })),
    // What the task has is for all of its containers.
    ...(isOnFargate && {
      gpus: undefined,
      privileged: false,
      cpu: undefined,
      memory: Math.min(container.memory ?? 0, 2000),
      // Of three containers together it fits into the smallest task.
      memoryReservation: container.memoryReservation && Math.min(container.memoryReservation, 600),
    }),
  }
}

/** Services that depend on those before them, and unique names. */
function inOrder(service: StackService, index: number, all: readonly StackService[]): StackService {
  const elb = service.elb && {
    ...service.elb,
    ports: { ...service.elb.ports, public: 8000 + index },
    dns: service.elb.dns && { ...service.elb.dns, recordName: `${index}.${service.elb.dns.recordName}` },
  }
  return {
    ...service,
    dependsOn: all.slice(0, index).map(({ name: before }) => before),
    elb,
    dnsDiscovery: service.dnsDiscovery && { name: `${service.dnsDiscovery.name}.${index}` },
  }
}
