// What ECS would refuse is known before it is asked: in a class, in a file of a task definition and in a service update.
import { describe, expect, it } from 'vitest'
import { edited } from '../../src/definition/edits/edited.ts'
import { parseEdits } from '../../src/definition/edits/parseEdits.ts'
import { taskDefinitionFromFile } from '../../src/definition/edits/taskDefinitionFromFile.ts'
import { read } from '../../src/definition/read.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { problemsOf, web } from './problemsOf.ts'

const [container] = web.taskDefinition.containerDefinitions
const role = 'arn:aws:iam::123456789012:role/web'
const awslogs = (more: object = {}) => ({
  logDriver: 'awslogs',
  options: { 'awslogs-group': 'g', 'awslogs-region': 'r', 'awslogs-stream-prefix': 'p', ...more },
})
const fargate = {
  ...web.taskDefinition,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  executionRoleArn: role,
  cpu: '256',
  memory: '512',
}
const at = 'containerDefinitions/0'

/** A task definition with these members, and these of its container; what is said of it, without the path before it. */
const cases: readonly (readonly [title: string, taskDefinition: object, container: object, problem: string])[] = [
  [
    'no size on Fargate',
    { ...fargate, cpu: undefined },
    {},
    "cpu: is missing; Fargate needs cpu and memory, as in '256' and '512'",
  ],
  [
    'a size that Fargate has not',
    { ...fargate, memory: '1536' },
    {},
    'memory: with a cpu of 256, Fargate has 512, 1024 or 2048 MiB, not 1536',
  ],
  ['bridge on Fargate', { ...fargate, networkMode: 'bridge' }, {}, "networkMode: must be 'awsvpc' on Fargate"],
  [
    'no role for logs on Fargate',
    { ...fargate, executionRoleArn: undefined },
    { logConfiguration: awslogs() },
    'executionRoleArn: is missing; ECS needs it to write logs',
  ],
  [
    'a privileged container on Fargate',
    fargate,
    { privileged: true },
    `${at}/privileged: is not supported on Fargate; remove it`,
  ],
  [
    'a GPU on Fargate',
    fargate,
    { resourceRequirements: [{ type: 'GPU', value: '1' }] },
    `${at}/resourceRequirements/0: is not supported on Fargate; remove it`,
  ],
  [
    'a path of the host on Fargate',
    { ...fargate, volumes: [{ name: 'd', host: { sourcePath: '/d' } }] },
    {},
    'volumes/0/host/sourcePath: is not supported on Fargate; remove it',
  ],
  [
    'gelf on Fargate',
    fargate,
    { logConfiguration: { logDriver: 'gelf' } },
    `${at}/logConfiguration/logDriver: must be awsfirelens, awslogs or splunk on Fargate, not "gelf"`,
  ],
  [
    'a long stopTimeout on Fargate',
    fargate,
    { stopTimeout: 200 },
    `${at}/stopTimeout: must be from 2 to 120 seconds on Fargate, not 200`,
  ],
  ['more memory than the task', { memory: '256' }, {}, `${at}/memory: 512 MiB is more than the 256 MiB of the task`],
  ['more CPU than the task', { cpu: '128' }, {}, 'cpu: the containers have 256 CPU units together, the task 128'],
  [
    'a reservation above the limit',
    {},
    { memoryReservation: 600 },
    `${at}/memoryReservation: is more than the memory of 512 MiB, which is the limit`,
  ],
  [
    'another host port under awsvpc',
    { networkMode: 'awsvpc' },
    { portMappings: [{ containerPort: 80, hostPort: 8080 }] },
    `${at}/portMappings/0/hostPort: must be the containerPort in the network mode awsvpc, or left out`,
  ],
  [
    'links under awsvpc',
    { networkMode: 'awsvpc' },
    { links: ['web'] },
    `${at}/links: are for the network mode bridge, not awsvpc`,
  ],
  [
    'a secret that is a variable too',
    { executionRoleArn: role },
    {
      environment: [{ name: 'A', value: '1' }],
      secrets: [{ name: 'A', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/a' }],
    },
    `${at}/secrets/0/name: "A" is also in environment; leave one of them out`,
  ],
  [
    'a log driver that there is not',
    {},
    { logConfiguration: { logDriver: 'awslog' } },
    `${at}/logConfiguration/logDriver: must be awsfirelens, awslogs, fluentd, gelf, journald, json-file, splunk or syslog, not "awslog"`,
  ],
  [
    'a log option that is misspelt',
    {},
    { logConfiguration: awslogs({ 'awslogs-stream-prefx': 'p' }) },
    `${at}/logConfiguration/options/awslogs-stream-prefx: is not an option of awslogs; did you mean awslogs-stream-prefix?`,
  ],
  [
    'awslogs without a group',
    {},
    { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-region': 'r' } } },
    `${at}/logConfiguration/options: awslogs needs awslogs-group`,
  ],
  [
    'a container that waits for itself',
    {},
    { dependsOn: [{ containerName: 'web', condition: 'START' }] },
    `${at}/dependsOn/0/containerName: is the container itself; it would wait for itself`,
  ],
  [
    'too little storage',
    { ephemeralStorage: { sizeInGiB: 10 } },
    {},
    'ephemeralStorage/sizeInGiB: must be from 21 to 200, not 10',
  ],
  [
    'a network mode that there is not',
    { networkMode: 'overlay' },
    {},
    'networkMode: must be awsvpc, bridge, host or none, not "overlay"',
  ],
]

const withContainer = (taskDefinition: object, more: object) => ({
  ...web.taskDefinition,
  ...taskDefinition,
  containerDefinitions: [{ ...container, ...more }],
})

describe('a task definition that ECS would refuse', () => {
  it.each(cases)('in a class: %s', (_, taskDefinition, more, problem) => {
    expect(problemsOf({ taskDefinition: withContainer(taskDefinition, more) })).toEqual([
      `WebTask/taskDefinition/${problem}`,
    ])
  })

  it.each(cases)('in a file: %s', (_, taskDefinition, more, problem) => {
    const text = JSON.stringify(withContainer(taskDefinition, more))
    expect(refusalOf(() => taskDefinitionFromFile(text, { file: 'td.json', family: undefined }))).toEqual([
      `td.json/${problem}`,
    ])
  })
})

describe('a task definition that ECS takes', () => {
  it.each<[string, object, object, string[]]>([
    [
      "a health check as in AWS's own definitions for its OpenTelemetry collector",
      fargate,
      { healthCheck: { command: ['/healthcheck'] } },
      [`${at}/healthCheck/command: does not start with CMD or CMD-SHELL; on EC2, Docker ignores such a health check`],
    ],
    [
      'an option of awslogs that is new',
      fargate,
      { logConfiguration: awslogs({ 'awslogs-format': 'json/emf' }) },
      [
        `${at}/logConfiguration/options/awslogs-format: is not an option of awslogs that this version knows; it is sent as it is`,
      ],
    ],
    ['a host port of 0 under awsvpc', fargate, { portMappings: [{ containerPort: 80, hostPort: 0 }] }, []],
  ])('%s', (_, taskDefinition, more, warnings) => {
    const declared = { taskDefinition: withContainer(taskDefinition, more) }
    expect(read(declared as never, 'WebTask').warnings).toEqual(
      warnings.map((warning) => `WebTask/taskDefinition/${warning}`),
    )
  })

  it('percentages of 100 where a deployment starts all its tasks beside the old ones', () => {
    const deploymentConfiguration = { strategy: 'BLUE_GREEN', maximumPercent: 100, minimumHealthyPercent: 100 }
    expect(problemsOf({ updateServices: [{ service: 'web', deploymentConfiguration }] })).toEqual([])
  })
})

describe('a service update', () => {
  it('is refused where it makes a task definition that ECS would refuse', () => {
    const size = parseEdits({ cpu: '512', memory: '512' })
    expect(refusalOf(() => edited(withContainer(fargate, { memory: undefined }) as never, size))).toEqual([
      'taskDefinition/memory: with a cpu of 512, Fargate has 1024 to 4096 MiB in steps of 1024, not 512',
    ])
  })

  it('leaves what was there before to AWS', () => {
    const before = withContainer({ networkMode: 'overlay' }, {})
    expect(edited(before as never, parseEdits({ cpu: '512' })).input.cpu).toBe('512')
  })
})

describe('a class that ECS would refuse', () => {
  const update = (more: object) => ({ updateServices: [{ service: 'web', ...more }] })
  const subnets = Array.from({ length: 17 }, (_, index) => `subnet-${index}`)
  it.each<[string, object, string]>([
    [
      'percentages that cannot move',
      update({ deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } }),
      'updateServices/0/deploymentConfiguration: with a maximumPercent and a minimumHealthyPercent of 100, ECS may neither start a new task nor stop an old one',
    ],
    [
      'a grace period without a load balancer',
      update({ loadBalancers: [], healthCheckGracePeriodSeconds: 60 }),
      'updateServices/0/healthCheckGracePeriodSeconds: needs a load balancer, and loadBalancers is empty',
    ],
    [
      '17 subnets',
      update({ networkConfiguration: { awsvpcConfiguration: { subnets } } }),
      'updateServices/0/networkConfiguration/awsvpcConfiguration/subnets: may be 16 at most, not 17',
    ],
    [
      'tags of nobody',
      update({ propagateTags: 'ALL' }),
      'updateServices/0/propagateTags: must be TASK_DEFINITION, SERVICE or NONE, not "ALL"',
    ],
    [
      'launch type and strategy',
      { runTasks: [{ launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'a' }] }] },
      'runTasks/0/launchType: cannot stand beside a capacityProviderStrategy; remove one',
    ],
  ])('%s', (_, members, problem) => {
    expect(problemsOf(members)).toEqual([`WebTask/${problem}`])
  })
})

function refusalOf(act: () => unknown): readonly string[] {
  try {
    act()
  } catch (error) {
    if (error instanceof EcsTaskError) return error.problems
    throw error
  }
  return []
}
