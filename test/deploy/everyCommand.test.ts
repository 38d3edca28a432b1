import { sampled } from '../sampled.ts'
import { describe, expect, it } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { read } from '../../src/definition/read.ts'
import { redactor } from '../../src/definition/secrets/redact.ts'
import { readStatus } from '../../src/deploy/status/readStatus.ts'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { clusterStage } from '../cluster/support.ts'
import { fileOf } from '../cluster/stacks.ts'
import { awslogs } from './failing.ts'
import { web } from './declared.ts'
import { service as running, running as runningServices } from './service/support.ts'
import { type Meddle, stage } from './support.ts'

const service = { cluster: 'my_cluster', service: 'web' }
const program = 'tsx web.ts'

/** A class whose one container has this password. */
function declared(password: string, more: Partial<Declared> = {}): Declared {
  const container = {
    name: 'web',
    image: 'my_image:<image_tag>',
    memory: 512,
    logConfiguration: awslogs,
    environment: [{ name: 'DB_PASSWORD', value: password }],
  }
  return web({
    taskDefinition: { family: 'web', containerDefinitions: [container] },
    runTasks: [],
    eventTargets: [],
    ...more,
  })
}

const oneOff = { runTasks: [{ cluster: 'my_cluster' }], updateServices: [] }
const refused = (message = 'no') => ({ status: 400, body: { __type: 'AccessDeniedException', message } })
const without = (...operations: string[]): Meddle => {
  return ({ operation }) => (operations.includes(operation) ? refused() : undefined)
}

const blueGreen = {
  strategy: 'BLUE_GREEN',
  bakeTimeInMinutes: 0,
  lifecycleHooks: [
    {
      targetType: 'PAUSE',
      lifecycleStages: ['POST_SCALE_UP'],
      timeoutConfiguration: { timeoutInMinutes: 600, action: 'ROLLBACK' },
    },
  ],
}

async function paused(password: string, told?: string) {
  const staged = stage(declared(password))
  staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration: blueGreen })
  return { ...staged, deployed: await staged.deploy('v2', { until: 'paused', program: told }) }
}

async function statusOf(password: string, told: string | undefined): Promise<unknown> {
  const staged = await paused(password)
  const definitions = [read(declared(password), 'WebTask').definition]
  const listener = { finished: () => {}, failed: () => {}, retried: () => {} }
  const transport = sdkTransport(staged.settings, { clock: staged.clock })
  const aws = openAws({ transport, clock: staged.clock, listener })
  return redactor(definitions, { program: told })(await readStatus(aws, definitions, { program: told }))
}

/** What is told in each case in which a command is printed, where the password is this. */
const stories: Readonly<Record<string, (password: string) => Promise<unknown>>> = {
  'a deploy that is left': (password) =>
    stage(declared(password)).deploy('crash', { onFailure: 'leave', region: 'us-east-1' }),
  'a deploy of a class whose rollback is refused': async (password) => {
    let updates = 0
    return stage(declared(password), {
      meddle: ({ operation }) => (operation === 'UpdateService' && ++updates > 1 ? refused() : undefined),
    }).deploy('crash', { program })
  },
  'a rollout that failed while somebody waits': async (password) => {
    const staged = stage(declared(password))
    staged.call('ecs', 'UpdateService', {
      ...service,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: false, rollback: false } },
    })
    await staged.deploy('crash', { wait: false })
    return staged.wait({ program })
  },
  'a registration that was lost': (password) =>
    stage(declared(password), {
      meddle: ({ operation }) => (operation === 'RegisterTaskDefinition' ? 'cut' : undefined),
    }).deploy('v2'),
  'a one-off task that was lost': (password) =>
    stage(declared(password, oneOff), {
      meddle: ({ operation }) => (operation === 'RunTask' ? 'cut' : undefined),
    }).deploy('v2'),
  'a one-off task that may not be seen': (password) =>
    stage(declared(password, oneOff), { meddle: without('DescribeTasks') }).deploy('slow-10m'),
  'a one-off task that may not be stopped': (password) =>
    stage(declared(password, oneOff), { meddle: without('StopTask') }).deploy('slow-10m', { timeout: 60_000 }),
  'a one-off task that AWS does not find': (password) =>
    stage(declared(password, oneOff), {
      meddle: ({ operation }) =>
        operation === 'DescribeTasks' ? { status: 200, body: { tasks: [], failures: [] } } : undefined,
    }).deploy('slow-10m'),
  'a one-off task that failed': (password) => stage(declared(password, oneOff)).deploy('exit-3'),
  'a deployment that is paused': async (password) => (await paused(password)).deployed,
  'a deployment of a class that is paused': async (password) => (await paused(password, program)).deployed,
  'the status of a deployment that is paused': (password) => statusOf(password, undefined),
  'the status of a class that is paused': (password) => statusOf(password, program),
  ...Object.fromEntries(
    [undefined, program].map((told) => [
      `a rollback ${told ? 'of a class ' : ''}that is not over in time`,
      async (password: string) => (await paused(password)).rollback({ timeout: 1, program: told }),
    ]),
  ),
  'a service whose revision is no longer ACTIVE': async (password) => {
    const staged = stage(declared(password))
    staged.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    return staged.deploy('crash', { onFailure: 'leave' })
  },
  'a service without a class that is left': async (password) => {
    const environment = [{ name: 'DB_PASSWORD', value: password }]
    const containerDefinitions = [
      { name: 'web', image: 'docker.repo.com/doorman:v1', cpu: 256, memory: 512, environment },
    ]
    const staged = runningServices([running('doorman', { containerDefinitions })])
    return staged.update({ image: ['web=docker.repo.com/doorman:crash'] }, { onFailure: 'leave' })
  },
}

/** A stack with a service that is there and has none of our tags. */
async function ofNobody(password: string): Promise<unknown> {
  const staged = clusterStage()
  const file = fileOf({ web: { image: 'web:v1', memory: 128, environment: { DB_PASSWORD: password } } })
  staged.given(file)
  staged.call('ecs', 'RegisterTaskDefinition', {
    family: 'other',
    containerDefinitions: [{ name: 'web', image: 'web:v1', memory: 128 }],
  })
  staged.call('ecs', 'CreateService', {
    cluster: 'my-cluster',
    serviceName: 'web',
    taskDefinition: 'other',
    desiredCount: 1,
  })
  return staged.deploy([file])
}

const words = [
  'cluster',
  'service',
  'services',
  'rollback',
  'continue',
  'update',
  'ecs-task',
  'task-definition',
  'describe',
  'arn:aws',
]

/** What our commands name beside their own words and what they are about. */
const values = ['status', 'taskDefinition', 'ROLLBACK', 'my_image']

/** Every text in something, but in what was sent to AWS and in plans. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) =>
    ['requests', 'writes', 'plan'].includes(key) ? [] : textsIn(member),
  )
}

/** The commands in them, from where they begin to the end of the text. */
function commandsIn(value: unknown): string[] {
  const found = textsIn(value).flatMap(
    (text) => /(?:^|: )((?:aws [a-z0-9]+|tsx web\.ts|ecs-task) [^]*)$/.exec(text)?.[1] ?? [],
  )
  return [...new Set(found)].toSorted()
}

/** Whether each command is printed as usual or not at all, which is then said, where the password is this. */
async function isWholeOrNone(story: (password: string) => Promise<unknown>, password: string): Promise<boolean> {
  const usual = commandsIn(await story('hunter2222'))
  const told = await story(password)
  const found = commandsIn(told)
  const isTold = textsIn(told).some((text) => text.includes('hold a secret'))
  return found.every((command) => usual.includes(command)) && (isTold || found.length === usual.length)
}

describe.each(Object.entries(stories))('%s', (_, story) => {
  it('prints the same commands, whatever word of them the password is', async () => {
    const usual = commandsIn(await story('hunter2222'))
    expect(usual).not.toEqual([])
    for (const word of sampled(words, 2)) expect([word, commandsIn(await story(word))]).toEqual([word, usual])
  })

  it('prints the same command or none, where the password is a value in it', async () => {
    for (const value of values) expect([value, await isWholeOrNone(story, value)]).toEqual([value, true])
  })
})

describe('a service that is there and of nobody', () => {
  it.each(['hunter2222', 'cluster', 'service', 'ecs_cluster', 'tag-resource'])(
    'is taken over with the same command or none, where the password is %s',
    async (password) => {
      expect(await isWholeOrNone(ofNobody, password)).toBe(true)
    },
  )
})
