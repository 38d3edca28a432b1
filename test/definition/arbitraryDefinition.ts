// Arbitrary definitions for property tests.
import * as fc from 'fast-check'
import type { Declared } from '../../src/definition/definition.ts'
import { eventShapes, inputs, scheduleShapes, shapes } from '../../src/definition/shapes.ts'
import { numberBounds, numberKinds } from '../../src/local/wire/numbers.ts'

/**
 * Any definition that is right by AWS's shapes and means something: each member of each structure is there or not,
 * with any value of its type, but names refer to what there is, and nothing is there twice.
 */
export function arbitraryDefinition(): fc.Arbitrary<Declared> {
  return fc.oneof(...[['web'], ['web', 'proxy'], ['a', 'b', 'c']].map(definitionWith))
}

function definitionWith(containers: string[]): fc.Arbitrary<Declared> {
  const input = arbitraryInput(containers)
  return fc.record(
    {
      taskDefinition: input(inputs.taskDefinition, shapes),
      updateServices: fc.uniqueArray(input(inputs.updateServices, shapes), { ...few, selector: (one) => one.service }),
      runTasks: fc.array(input(inputs.runTasks, shapes), few),
      eventTargets: fc.uniqueArray(input(inputs.eventTargets, eventShapes), { ...few, selector: (one) => one.Rule }),
      schedules: fc.uniqueArray(input(inputs.schedules, scheduleShapes), { ...few, selector: (one) => one.Name }),
      after: fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{1,8}$/), { maxLength: 3 }),
      activeTaskCount: fc.integer({ min: 1 }),
      snsNotificationTopicArn: fc.constant('arn:aws:sns:eu-west-1:123456789012:deployments'),
      notificationMethodBlacklistRegex: fc.constantFrom(/^get_/, /^list_/gi),
    },
    { requiredKeys: ['taskDefinition'] },
  )
}

const clusterArn = 'arn:aws:ecs:eu-west-1:123456789012:cluster/prod'

/** The strings of a definition: any, some with a placeholder, some with what looks like one. */
const text = fc.oneof(set(fc.string()), fc.constantFrom('<image_tag>', 'web:{image_tag}', '{}', '$&', '{image_tag', ''))
const filled = set(fc.string({ minLength: 1 }))
/** lodash.clonedeep takes this one name for the prototype. */
const label = fc.string().filter((name) => name !== '__proto__')
const few = { maxLength: 2 }

/** Without what a variable leaves behind that is not set. */
function set(strings: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return strings.filter((one) => !/undefined|null|NaN/.test(one))
}

const simple: Record<string, fc.Arbitrary<unknown>> = {
  string: text,
  number: fc.integer({ min: 0, max: 5_000 }),
  boolean: fc.boolean(),
  timestamp: fc.date({ noInvalidDate: true }),
  document: fc.constantFrom<unknown>({ a: [1, null, { b: 'c' }] }, [], true, 'text'),
}

/** A number that AWS takes for this member; undefined where it takes any whole one. */
function numberOf(table: typeof shapes, member: string): fc.Arbitrary<number> | undefined {
  const service = table === shapes ? 'ecs' : table === eventShapes ? 'events' : 'scheduler'
  if (numberKinds[service]?.[member] === 'double') return fc.constantFrom(0, 0.5, 25)
  const [min, max] = numberBounds[service]?.[member] ?? []
  return min === undefined || max === undefined ? undefined : fc.integer({ min, max })
}

/** A container of that name, which waits for others only. */
function named({ dependsOn, ...container }: any, name: string): any {
  const others = dependsOn?.filter(({ containerName }: any) => containerName !== name)
  return { ...container, ...(others && { dependsOn: others }), name }
}

function arbitraryInput(containers: string[]): (type: string, table: typeof shapes) => fc.Arbitrary<any> {
  const container = fc.constantFrom(...containers)
  /** Members whose type does not say enough; without a value where deploy fills them in. */
  const meaningful: Record<string, ((of: (type: string) => fc.Arbitrary<any>) => fc.Arbitrary<any>) | undefined> = {
    'RegisterTaskDefinitionRequest.family': () => fc.stringMatching(/^[A-Za-z0-9_-]{1,255}$/),
    'RegisterTaskDefinitionRequest.containerDefinitions': (of) =>
      fc.tuple(...containers.map((name) => of('ContainerDefinition').map((one) => named(one, name)))),
    'RegisterTaskDefinitionRequest.networkMode': () => fc.constant('bridge'),
    'RegisterTaskDefinitionRequest.pidMode': () => fc.constantFrom('host', 'task'),
    'RegisterTaskDefinitionRequest.ipcMode': () => fc.constantFrom('host', 'task', 'none'),
    'RegisterTaskDefinitionRequest.requiresCompatibilities': () => fc.subarray(['EC2', 'EXTERNAL']),
    'RegisterTaskDefinitionRequest.cpu': () => fc.constant('192 vCPU'),
    'RegisterTaskDefinitionRequest.memory': () => fc.constant('10 GB'),
    'ContainerDefinition.cpu': () => fc.integer({ min: 0, max: 64 }),
    'ContainerDefinition.memory': () => fc.integer({ min: 6, max: 256 }),
    'ContainerDefinition.memoryReservation': () => fc.integer({ min: 0, max: 6 }),
    'EphemeralStorage.sizeInGiB': () => fc.integer({ min: 21, max: 200 }),
    'HealthCheck.command': () => fc.constantFrom(['CMD', 'true'], ['CMD-SHELL', 'exit 0']),
    'LogConfiguration.logDriver': () => fc.constantFrom('gelf', 'json-file', 'splunk'),
    'Secret.name': () => filled.map((name) => `SECRET_${name}`),
    'AwsVpcConfiguration.assignPublicIp': () => fc.constantFrom('ENABLED', 'DISABLED'),
    'DeploymentConfiguration.maximumPercent': () => fc.integer({ min: 101, max: 5_000 }),
    'UpdateServiceRequest.availabilityZoneRebalancing': () => fc.constantFrom('ENABLED', 'DISABLED'),
    'UpdateServiceRequest.propagateTags': () => fc.constantFrom('TASK_DEFINITION', 'SERVICE', 'NONE'),
    // A grace period needs a load balancer.
    'UpdateServiceRequest.loadBalancers': (of) => fc.array(of('LoadBalancer'), { minLength: 1, maxLength: 2 }),
    'UpdateServiceRequest.serviceRegistries': (of) => fc.array(of('ServiceRegistry'), { maxLength: 1 }),
    'RunTaskRequest.capacityProviderStrategy': () => fc.constant([]),
    'RunTaskRequest.launchType': () => fc.constantFrom('EC2', 'FARGATE'),
    'RunTaskRequest.propagateTags': () => fc.constantFrom('TASK_DEFINITION', 'NONE'),
    'ContainerDefinition.image': () =>
      fc.constantFrom('web:<image_tag>', 'registry.example:5000/shop/web:{image_tag}', 'web:v1', '<image_tag>'),
    'ContainerDependency.containerName': () => container,
    'ContainerOverride.name': () => container,
    'LoadBalancer.containerName': () => container,
    'ServiceRegistry.containerName': () => container,
    'RunTaskRequest.count': () => fc.integer({ min: 1, max: 10 }),
    'EcsParameters.TaskCount': () => fc.integer({ min: 1, max: 10 }),
    'RetryPolicy.MaximumEventAgeInSeconds': () => fc.integer({ min: 60, max: 86_400 }),
    'RetryPolicy.MaximumRetryAttempts': () => fc.integer({ min: 0, max: 185 }),
    'UpdateScheduleInput.Name': () => fc.stringMatching(/^[a-z]{1,8}$/),
    'UpdateScheduleInput.GroupName': () => fc.constantFrom('default', 'jobs'),
    'UpdateScheduleInput.ScheduleExpression': () => fc.constantFrom('rate(1 day)', 'cron(0 3 * * ? *)'),
    'UpdateScheduleInput.StartDate': () => fc.constant(new Date(0)),
    'UpdateScheduleInput.EndDate': () => fc.date({ min: new Date(1), noInvalidDate: true }),
    'UpdateScheduleInput.FlexibleTimeWindow': () =>
      fc.constantFrom({ Mode: 'OFF' }, { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 }),
    'UpdateScheduleInput.Target': (of) => of('Target').map(({ Arn, ...one }) => ({ ...one, Arn: clusterArn })),
    'CanaryConfiguration.canaryPercent': () => fc.constantFrom(0.1, 50, 100),
    'LinearConfiguration.stepPercent': () => fc.constantFrom(0.1, 50, 100),
    'UpdateServiceRequest.service': () => fc.stringMatching(/^[a-z]{1,8}$/),
    'PutTargetsRequest.Rule': () => fc.stringMatching(/^[a-z]{1,8}$/),
    'PutTargetsRequest.Targets': (of) =>
      fc.uniqueArray(of('Target'), { minLength: 1, maxLength: 3, selector: ({ Id }) => Id }),
    'Target.Id': () => filled,
    'Target.Arn': () => filled,
    'Target.RoleArn': () => filled,
    'Target.Input': () => fc.json({ maxDepth: 1 }),
  }
  const required = [
    'RegisterTaskDefinitionRequest.executionRoleArn',
    'ContainerDefinition.image',
    'ContainerOverride.name',
    'KeyValuePair.value',
    'Target.RoleArn',
  ]
  const filledIn = [
    'UpdateServiceRequest.taskDefinition',
    'RunTaskRequest.taskDefinition',
    'EcsParameters.TaskDefinitionArn',
    'UpdateScheduleInput.ClientToken',
  ]

  const arbitrary = (type: string, table: typeof shapes, depth: number): fc.Arbitrary<any> => {
    const [kind, of] = type.replace(/!$/, '').split(/ (.*)/)
    if (kind === 'list') return fc.array(arbitrary(of!, table, depth), few)
    if (kind === 'map') return fc.dictionary(label, arbitrary(of!, table, depth), { maxKeys: 2 })
    return simple[kind!] ?? structure(kind!, table, depth)
  }
  const structure = (name: string, table: typeof shapes, depth: number): fc.Arbitrary<any> => {
    const members = Object.entries(table[name]!).filter(([member]) => !filledIn.includes(`${name}.${member}`))
    const isRequired = ([member, type]: [string, string]): boolean =>
      type.endsWith('!') || required.includes(`${name}.${member}`)
    const below = (of: string): fc.Arbitrary<any> => arbitrary(of, table, depth + 1)
    const kept = depth < 5 ? members : members.filter(isRequired)
    return fc.record(
      Object.fromEntries(
        kept.map(([member, type]) => {
          const bounded = type.startsWith('number') ? numberOf(table, `${name}.${member}`) : undefined
          return [member, meaningful[`${name}.${member}`]?.(below) ?? bounded ?? below(type)]
        }),
      ),
      { requiredKeys: kept.filter(isRequired).map(([member]) => member), noNullPrototype: true },
    )
  }
  return (type, table) => structure(type, table, 0)
}
