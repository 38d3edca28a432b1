// What a world has to be like that was read from a file: all that the scheduler counts with and walks through is there.
import { latest } from './world.ts'

/** The first thing in a value that is not as it should be, as a sentence about where it is; undefined where all is well. */
type Check = (value: unknown, path: string) => string | undefined

/** What is wrong with a world that was read from JSON, in one sentence; undefined where it can be gone on with. */
export function worldProblem(world: unknown): string | undefined {
  if (!isStructure(world)) return 'it is no JSON object.'
  const { version } = world
  if (version === undefined) return 'it has no version.'
  if (version !== 1) return `it has version ${JSON.stringify(version)}, and this ecs-task reads version 1.`
  return wholeWorld(world, '')
}

const isStructure = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isA =
  (what: string, isRight: (value: unknown) => boolean): Check =>
  (value, path) =>
    isRight(value) ? undefined : `${path} is not ${what}.`

const isNumber = (value: unknown): value is number => Number.isFinite(value)

const text = isA('a text', (value) => typeof value === 'string')
const number = isA('a number', isNumber)
const structure = isA('an object', isStructure)
const count = (most: number): Check =>
  isA(
    `a whole number from 0 to ${most}`,
    (value) => isNumber(value) && Number.isInteger(value) && value >= 0 && value <= most,
  )
/** Epoch milliseconds. What is still to come may be later than any clock gets. */
const time = isA('a time', (value) => isNumber(value) && Math.abs(value) <= 8.64e15)

const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? undefined : check(value, path)

const firstOf = (
  entries: readonly (readonly [string, unknown])[],
  check: (name: string) => Check | undefined,
  path: string,
) => {
  for (const [name, value] of entries) {
    const problem = check(name)?.(value, path === '' ? name : `${path}.${name}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** An object with these members, and perhaps others. */
const of =
  (members: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    isStructure(value)
      ? firstOf(
          Object.keys(members).map((name) => [name, value[name]]),
          (name) => members[name],
          path,
        )
      : structure(value, path)

/** An object of such values by names that somebody chose. */
const record =
  (check: Check): Check =>
  (value, path) =>
    isStructure(value) ? firstOf(Object.entries(value), () => check, path) : structure(value, path)

const list =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? firstOf(
          value.map((item, index) => [String(index), item]),
          () => check,
          path,
        )
      : `${path} is not a list.`

const structures = list(structure)
const texts = list(text)
const steps = list(of({ after: time, do: text }))

/** "Amazon ECS service quotas" and Auto Scaling's own bound: more would be started before anything else happens. */
const desiredCount = count(5000)
const capacity = count(2_147_483_647)

const anywhere: Readonly<Record<string, Check>> = {
  tags: record(structures),
  buckets: record(of({ tokens: number, at: time })),
}

/** By collection of a region. One that an earlier version did not have yet is absent. */
const regional: Readonly<Record<string, Check>> = {
  clusters: record(of({ cluster: structure })),
  taskDefinitions: record(list(of({ taskDefinition: of({ containerDefinitions: structures }) }))),
  services: record(
    of({
      service: of({ desiredCount, deployments: structures, events: structures }),
      rollouts: record(of({ serviceRevisionArn: text, notBefore: time, bakedAt: optional(time) })),
      tasks: texts,
      healthy: texts,
      stopping: texts,
      nextAt: optional(time),
    }),
  ),
  containerInstances: record(of({ containerInstance: structure, cluster: text })),
  tasks: record(
    of({
      task: structure,
      cluster: text,
      life: of({ steps, runningAt: optional(time), healthyAfter: optional(time), failsAfter: optional(time) }),
      reserved: optional(of({ cpu: number, memory: number })),
      nextAt: optional(time),
    }),
  ),
  serviceDeployments: record(of({ serviceDeployment: structure, deploymentId: text })),
  serviceRevisions: record(structure),
  runTaskTokens: record(of({ input: text, taskArns: texts })),
  alarms: record(text),
  hookAnswers: record(text),
  launchConfigurations: record(structure),
  autoScalingGroups: record(
    of({
      group: of({ MinSize: capacity, MaxSize: capacity, DesiredCapacity: capacity, Instances: structures }),
      activities: list(of({ activity: structure })),
      transitions: record(of({ to: text, at: time })),
      retryAt: optional(time),
      nextAt: optional(time),
    }),
  ),
  vpcs: record(structure),
  subnets: record(structure),
  securityGroups: record(structure),
  instances: record(of({ instance: structure, reservationId: text, steps, nextAt: optional(time) })),
  launchTemplates: record(of({ launchTemplate: structure, versions: structures, tokens: record(structure) })),
  repositories: record(of({ images: record(structure), tags: record(text), pushes: optional(record(number)) })),
  loadBalancers: record(of({ loadBalancer: structure, attributes: record(text) })),
  targetGroups: record(
    of({
      targetGroup: structure,
      attributes: record(text),
      targets: list(of({ id: text, knownAt: time, goneAt: optional(time) })),
    }),
  ),
  listeners: record(of({ listener: structure, rules: structures, certificates: texts })),
  rules: record(of({ rule: structure, targets: structures })),
  topics: record(of({ published: structures })),
  logs: record(record(list(of({ timestamp: time, ingestionTime: time, message: text, eventId: text })))),
  logCreationTimes: record(time),
  namespaces: record(of({ namespace: structure, vpc: text })),
  cloudMapServices: record(of({ service: structure, instances: structures, revision: number })),
  cloudMapOperations: record(of({ operation: structure, request: structure, nextAt: time })),
  scalableTargets: record(
    of({ ScalableTargetARN: text, MinCapacity: capacity, MaxCapacity: capacity, SuspendedState: structure }),
  ),
  scalingPolicies: record(structure),
  scheduledActions: record(of({ ScheduledActionARN: text, Schedule: text, ResourceId: text, nextAt: optional(time) })),
  schedules: record(
    of({
      schedule: of({
        Arn: text,
        GroupName: text,
        Name: text,
        ScheduleExpression: text,
        ScheduleExpressionTimezone: text,
        StartDate: optional(time),
        EndDate: optional(time),
        CreationDate: time,
        Target: of({ Arn: text, RoleArn: text, EcsParameters: optional(structure) }),
      }),
      nextAt: optional(time),
    }),
  ),
  scheduleGroups: record(of({ Arn: text, Name: text })),
  secrets: record(of({ ARN: text, Name: text, versions: list(of({ VersionId: text, stages: texts })) })),
  parameters: record(list(of({ Name: text, ARN: text, Value: text, Version: number }))),
  eventBuses: record(of({ Name: text, Arn: text })),
  capacityProviders: record(structure),
  ...anywhere,
}

const ofAll: Readonly<Record<string, Check>> = {
  hostedZones: record(of({ hostedZone: structure, vpcs: structures, nameServers: texts, recordSets: structures })),
  hostedZoneChanges: record(structure),
  roles: record(of({ role: of({ Arn: text, AssumeRolePolicyDocument: text }), policies: list(texts) })),
  userPolicies: record(text),
  s3Buckets: record(of({ region: text, objects: record(of({ body: text, etag: text, modifiedAt: time })) })),
  sessions: record(of({ arn: text, userId: text, expiration: number })),
  ...anywhere,
}

const allOptional = (checks: Readonly<Record<string, Check>>): Readonly<Record<string, Check>> =>
  Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, optional(check)]))

const wholeWorld = of({
  now: isA('a time before the year 9999', (value) => isNumber(value) && value >= 0 && value <= latest),
  ids: count(Number.MAX_SAFE_INTEGER),
  account: text,
  regions: record(of({ name: text, account: text, ...allOptional(regional) })),
  global: optional(of(allOptional(ofAll))),
})
