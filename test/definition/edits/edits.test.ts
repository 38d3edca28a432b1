import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edited } from '../../../src/definition/edits/edited.ts'
import type { Edits, LogEdit, VariableEdit } from '../../../src/definition/edits/edits.ts'
import { type EditWords, parseEdits } from '../../../src/definition/edits/parseEdits.ts'
import { registerable } from '../../../src/definition/registerable.ts'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { registerRevision } from '../../../src/local/ecs/taskDefinitions/taskDefinition.ts'
import { contextOf, localAws } from '../../local/support.ts'
import { arbitraryTaskDefinition } from '../arbitraryTaskDefinition.ts'

const digest = `sha256:${'ab'.repeat(32)}`
const otherDigest = `sha256:${'cd'.repeat(32)}`
const base: RegisterTaskDefinitionCommandInput = frozen({
  family: 'shop',
  taskRoleArn: 'arn:aws:iam::123456789012:role/old',
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  volumes: [{ name: 'data' }],
  tags: [{ key: 'team', value: 'shop' }],
  containerDefinitions: [
    {
      name: 'app',
      image: 'registry.example:5000/shop/app:v1',
      environment: [
        { name: 'LEVEL', value: 'info' },
        { name: 'MODE', value: 'web' },
        { name: 'TOKEN', value: 'plain' },
      ],
      secrets: [
        { name: 'KEY', valueFrom: 'old-key' },
        { name: 'PASSWORD', valueFrom: 'old-password' },
      ],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/app', 'awslogs-region': 'eu-west-1', 'awslogs-create-group': 'true' },
        secretOptions: [{ name: 'max-buffer-size', valueFrom: 'old' }],
      },
    },
    { name: 'worker', image: 'registry.example:5000/shop/app:v1', essential: false },
    { name: 'proxy', image: `nginx:1.25@${digest}` },
  ],
})

/** The base with its containers changed: each as its members are given. */
function withContainers(changes: Record<string, object>, more: object = {}): object {
  const containerDefinitions = base.containerDefinitions!.map((one) => ({ ...one, ...changes[one.name!] }))
  return { ...base, ...more, containerDefinitions }
}

const app = base.containerDefinitions![0]!
const edit = (words: EditWords): ReturnType<typeof edited> => edited(base, parseEdits(words))

describe('a task definition is edited', () => {
  it('by no edit, and stays as it is', () => {
    expect(edit({})).toStrictEqual({ input: base, notes: [] })
  })

  it.each<[title: string, words: EditWords, expected: object]>([
    [
      'in every container of a repository',
      { image: ['registry.example:5000/shop/app:v2'] },
      withContainers({
        app: { image: 'registry.example:5000/shop/app:v2' },
        worker: { image: 'registry.example:5000/shop/app:v2' },
      }),
    ],
    [
      'in one container by its name',
      { image: ['worker=other/img:v9'] },
      withContainers({ worker: { image: 'other/img:v9' } }),
    ],
    [
      'to the tag latest where none is given',
      { image: ['proxy=nginx'] },
      withContainers({ proxy: { image: 'nginx:latest' } }),
    ],
    [
      'to a digest, which replaces the tag',
      { image: [`registry.example:5000/shop/app@${digest}`] },
      withContainers({
        app: { image: `registry.example:5000/shop/app@${digest}` },
        worker: { image: `registry.example:5000/shop/app@${digest}` },
      }),
    ],
    [
      'to another digest of the same tag',
      { image: [`nginx:1.25@${otherDigest}`] },
      withContainers({ proxy: { image: `nginx:1.25@${otherDigest}` } }),
    ],
    [
      'to a tag, which replaces tag and digest',
      { image: ['docker.io/library/nginx:1.26'] },
      withContainers({ proxy: { image: 'docker.io/library/nginx:1.26' } }),
    ],
    [
      'in several containers, each with an image of its own',
      { image: ['proxy=envoy:v1', 'app=a:v1', 'worker=b:v1'] },
      withContainers({ app: { image: 'a:v1' }, worker: { image: 'b:v1' }, proxy: { image: 'envoy:v1' } }),
    ],
    [
      'in an environment variable, which keeps its place, and by new ones, which come last',
      { env: ['app=NEW=1', 'app=MODE=a=b', 'app=NEWER=2', 'worker=FIRST=3'] },
      withContainers({
        app: {
          environment: [
            { name: 'LEVEL', value: 'info' },
            { name: 'MODE', value: 'a=b' },
            { name: 'TOKEN', value: 'plain' },
            { name: 'NEW', value: '1' },
            { name: 'NEWER', value: '2' },
          ],
        },
        worker: { environment: [{ name: 'FIRST', value: '3' }] },
      }),
    ],
    [
      'by one environment variable less',
      { env: ['app=LEVEL='] },
      withContainers({ app: { environment: app.environment!.slice(1) } }),
    ],
    [
      'in a secret, which keeps its place, and by a new one, which comes last',
      { secret: ['app=NEW=new', 'app=KEY=new-key'] },
      withContainers({
        app: {
          secrets: [
            { name: 'KEY', valueFrom: 'new-key' },
            { name: 'PASSWORD', valueFrom: 'old-password' },
            { name: 'NEW', valueFrom: 'new' },
          ],
        },
      }),
    ],
    ['by every secret less', { secret: ['app=KEY=', 'app=PASSWORD='] }, withContainers({ app: { secrets: [] } })],
    [
      'in an option of its log driver, and by a new one',
      { logOption: ['app=awslogs=awslogs-group=/x=y', 'app=awslogs=mode=non-blocking'] },
      withContainers({
        app: {
          logConfiguration: {
            ...app.logConfiguration,
            options: {
              'awslogs-group': '/x=y',
              'awslogs-region': 'eu-west-1',
              'awslogs-create-group': 'true',
              mode: 'non-blocking',
            },
          },
        },
      }),
    ],
    [
      'by one option and one secret of its log driver less',
      { logOption: ['app=awslogs=awslogs-create-group='], logSecret: ['app=awslogs=max-buffer-size='] },
      withContainers({
        app: {
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/app', 'awslogs-region': 'eu-west-1' },
            secretOptions: [],
          },
        },
      }),
    ],
    [
      'by a log configuration where there is none',
      {
        logOption: ['worker=splunk=splunk-url=u'],
        logSecret: ['worker=splunk=splunk-token=arn', 'proxy=splunk=splunk-token=arn'],
      },
      withContainers({
        worker: {
          logConfiguration: {
            logDriver: 'splunk',
            options: { 'splunk-url': 'u' },
            secretOptions: [{ name: 'splunk-token', valueFrom: 'arn' }],
          },
        },
        proxy: {
          logConfiguration: { logDriver: 'splunk', secretOptions: [{ name: 'splunk-token', valueFrom: 'arn' }] },
        },
      }),
    ],
    [
      'in its size and its role',
      { cpu: '1 vCPU', memory: '2 GB', taskRole: 'arn:aws:iam::123456789012:role/new' },
      { ...base, cpu: '1 vCPU', memory: '2 GB', taskRoleArn: 'arn:aws:iam::123456789012:role/new' },
    ],
  ])('%s', (_, words, expected) => {
    expect(edit(words)).toStrictEqual({ input: expected, notes: [] })
  })

  it('by removing its role', () => {
    const { taskRoleArn, ...others } = base
    expect(taskRoleArn).toBeDefined()
    expect(edit({ taskRole: 'none' }).input).toStrictEqual(others)
    expect(edited(others, parseEdits({ taskRole: 'none' })).input).toStrictEqual(others)
  })

  it('by a size and a role where there was none', () => {
    const { taskRoleArn, cpu, memory, ...others } = base
    const words = { cpu: cpu!, memory: memory!, taskRole: taskRoleArn! }
    expect(edited(others, parseEdits(words)).input).toEqual(base)
  })

  it.each([
    ['with the tag latest spelled out or not', 'nginx', 'nginx:latest'],
    ['with the tag latest left out or not', 'nginx:latest', 'nginx'],
    ['with Docker’s registry named or not', 'docker.io/library/nginx:v1', 'nginx:v1'],
  ])('but not by the image that it already has, %s', (_, image, word) => {
    const task = { family: 'web', containerDefinitions: [{ name: 'web', image }] }
    expect(edited(task, parseEdits({ image: [word] })).input).toStrictEqual(task)
    expect(edited(task, parseEdits({ image: [`web=${word}`] })).input).toStrictEqual(task)
  })

  it('in both places when a variable occurs twice, since either may be the one that counts', () => {
    const twice = ['1', '2'].map((value) => ({ name: 'A', value, futureMember: value }))
    const task = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web', environment: twice }] }
    const environment = edited(task, parseEdits({ env: ['web=A=3'] })).input.containerDefinitions![0]!.environment
    expect(environment).toEqual(twice.map((one) => ({ ...one, value: '3' })))
    const none = edited(task, parseEdits({ env: ['web=A='] })).input.containerDefinitions![0]!.environment
    expect(none).toEqual([])
  })

  it('by the same edit given twice as by one', () => {
    expect(edit({ env: ['app=A=1', 'app=A=1'], image: ['app=a:v1', 'app=a:v1'] })).toStrictEqual(
      edit({ env: ['app=A=1'], image: ['app=a:v1'] }),
    )
  })
})

describe('a variable moves, with a note,', () => {
  it('when a secret becomes an environment variable', () => {
    const { input, notes } = edit({ env: ['app=KEY=plain'] })
    expect(input).toStrictEqual(
      withContainers({
        app: {
          environment: [...app.environment!, { name: 'KEY', value: 'plain' }],
          secrets: app.secrets!.slice(1),
        },
      }),
    )
    expect(notes).toEqual(['--env app=KEY: KEY becomes an environment variable; it was a secret'])
  })

  it('when an environment variable becomes a secret', () => {
    const { input, notes } = edit({ secret: ['app=TOKEN=arn'] })
    expect(input).toStrictEqual(
      withContainers({
        app: {
          environment: app.environment!.slice(0, 2),
          secrets: [...app.secrets!, { name: 'TOKEN', valueFrom: 'arn' }],
        },
      }),
    )
    expect(notes).toEqual(['--secret app=TOKEN: TOKEN becomes a secret; it was an environment variable'])
  })

  it('when an option of a log driver becomes a secret, or the reverse', () => {
    const { input, notes } = edit({
      logSecret: ['app=awslogs=awslogs-group=arn'],
      logOption: ['app=awslogs=max-buffer-size=plain'],
    })
    expect(input.containerDefinitions![0]!.logConfiguration).toStrictEqual({
      logDriver: 'awslogs',
      options: { 'awslogs-region': 'eu-west-1', 'awslogs-create-group': 'true', 'max-buffer-size': 'plain' },
      secretOptions: [{ name: 'awslogs-group', valueFrom: 'arn' }],
    })
    expect(notes).toEqual([
      '--log-option app=awslogs=max-buffer-size: max-buffer-size becomes a log option; it was a log secret',
      '--log-secret app=awslogs=awslogs-group: awslogs-group becomes a log secret; it was a log option',
    ])
  })

  it('but without a note when both halves of it were requested', () => {
    const { input, notes } = edit({ env: ['app=TOKEN='], secret: ['app=TOKEN=arn'] })
    expect(input.containerDefinitions![0]!.environment).toEqual(app.environment!.slice(0, 2))
    expect(input.containerDefinitions![0]!.secrets).toEqual([...app.secrets!, { name: 'TOKEN', valueFrom: 'arn' }])
    expect(notes).toEqual([])
  })
})

describe('unsetting what is not set changes nothing and adds a note', () => {
  it.each<[words: EditWords, note: string]>([
    [{ env: ['app=NONE='] }, '--env app=NONE=: NONE is not an environment variable; nothing to unset'],
    [{ env: ['app=KEY='] }, '--env app=KEY=: KEY is not an environment variable but a secret; nothing to unset'],
    [{ secret: ['worker=KEY='] }, '--secret worker=KEY=: KEY is not a secret; nothing to unset'],
    [
      { secret: ['app=LEVEL='] },
      '--secret app=LEVEL=: LEVEL is not a secret but an environment variable; nothing to unset',
    ],
    [
      { logOption: ['app=awslogs=mode='] },
      '--log-option app=awslogs=mode=: mode is not a log option; nothing to unset',
    ],
    [
      { logSecret: ['worker=splunk=token='] },
      '--log-secret worker=splunk=token=: the container worker has no log configuration; nothing to unset',
    ],
  ])('%j', (words, note) => {
    expect(edit(words)).toStrictEqual({ input: base, notes: [note] })
  })
})

describe('an edit that cannot be made is refused', () => {
  it.each<[title: string, words: EditWords, problems: string[]]>([
    [
      'an image of which there is no repository',
      { image: ['shop/app:v2'] },
      [
        '--image shop/app:v2: no container has an image of shop/app; there are ' +
          `app (registry.example:5000/shop/app:v1), worker (registry.example:5000/shop/app:v1), proxy (nginx:1.25@${digest})`,
      ],
    ],
    [
      'a container that is misspelt',
      { env: ['aap=LEVEL=debug'] },
      [
        '--env aap=LEVEL: aap is not a container of the task definition, which has app, worker, proxy; did you mean app?',
      ],
    ],
    [
      'a container that is not there, by any option',
      { image: ['db=pg:v1'], secret: ['db=A=b'], logOption: ['db=x=y=z'], logSecret: ['db=x=z=y'] },
      [
        '--image db=pg:v1: db is not a container of the task definition, which has app, worker, proxy',
        '--secret db=A: db is not a container of the task definition, which has app, worker, proxy',
        '--log-option db=x: db is not a container of the task definition, which has app, worker, proxy',
        '--log-secret db=x: db is not a container of the task definition, which has app, worker, proxy',
      ],
    ],
    [
      'another log driver than the container’s',
      { logOption: ['app=splunk=splunk-url=u'] },
      ['--log-option app=splunk=splunk-url: the container app logs with awslogs, not splunk'],
    ],
    [
      'two log drivers for one container',
      { logOption: ['worker=splunk=url=u', 'worker=syslog=address=a'] },
      ['--log-option worker=syslog=address: the container worker is already to log with splunk, not syslog'],
    ],
    [
      'two images for one container',
      { image: ['app=a:v1', 'app=a:v2'] },
      ['--image: the container app is given both a:v1 and a:v2'],
    ],
    [
      'an image for a container, and another for its repository',
      { image: ['registry.example:5000/shop/app:v2', 'worker=a:v1'] },
      ['--image: the container worker is given both registry.example:5000/shop/app:v2 and a:v1'],
    ],
    [
      'two values for one variable',
      { env: ['app=A=1', 'app=A=2', 'app=A='] },
      ['--env app=A: is given 3 values; give it one'],
    ],
    [
      'a value and a secret for one variable',
      { env: ['app=A=1'], secret: ['app=A=arn'] },
      ['--secret app=A: is given with --env too; give it with one of the two'],
    ],
    [
      'a value and a secret for one option of a log driver',
      { logOption: ['app=awslogs=a=1'], logSecret: ['app=awslogs=a=arn'] },
      ['--log-secret app=awslogs=a: is given with --log-option too; give it with one of the two'],
    ],
  ])('%s', (_, words, problems) => {
    expect(refusal(words).problems).toEqual(problems)
  })

  it('together with all other problems, each once', () => {
    const error = refusal({
      image: ['shop/app:v2', 'shop/app:v2'],
      env: ['aap=LEVEL=debug', 'aap=LEVEL=debug'],
      logOption: ['app=splunk=url=u'],
      secret: ['app=A=1', 'app=A=2'],
    })
    expect(error.code).toBe('BadArguments')
    expect(error.problems.map((problem) => problem.replace(/:.*/, ''))).toEqual([
      '--env aap=LEVEL',
      '--image shop/app',
      '--log-option app=splunk=url',
      '--secret app=A',
    ])
  })

  it.each([
    [{ env: ['DB_PASSWORD=aHVudGVy='] }, 'aHVudGVy'],
    [{ env: ['DB_URL=postgres://web:hunter2@db/web?a=b'] }, 'hunter2'],
    [{ env: ['app=PASSWORD=hunter2', 'app=PASSWORD=hunter3'] }, 'hunter'],
    [{ env: ['app=PASSWORD=hunter2'], secret: ['app=PASSWORD=arn'] }, 'hunter'],
  ])('without the secret in it: %j', (words, secret) => {
    const { problems } = refusal(words)
    expect(problems).toHaveLength(1)
    expect(problems[0]).not.toContain(secret)
  })
})

describe('any task definition that was registered', () => {
  it('differs after any edits exactly where the edits say', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), arbitraryEdits, (declared, asked) => {
        const before = frozen(asDescribed(declared))
        const index = asked.container % before.containerDefinitions.length
        const container = before.containerDefinitions[index]
        const edits = editsOf(container, asked)
        const [env, secret, log] = [edits.environment[0]!, edits.secrets[0]!, edits.logOptions[0]!]
        const expected = {
          ...before,
          cpu: '512',
          memory: '1024',
          taskRoleArn: 'arn:aws:iam::123456789012:role/edited',
          containerDefinitions: before.containerDefinitions.with(index, {
            ...container,
            image: 'edited.example/image:v2',
            environment: listAfter(container.environment, env, 'value', secret),
            secrets: listAfter(container.secrets, secret, 'valueFrom', env),
            logConfiguration: logAfter(container.logConfiguration, log),
          }),
        }
        expect(edited(before, edits).input).toEqual(expected)
      }),
    )
  })
})

/** One edit of each kind; `name` chooses among the names that are there and a new one. */
const asked = { name: fc.nat(), value: fc.constantFrom('', 'edited') }
const arbitraryEdits = fc.record({
  container: fc.nat(),
  env: fc.record(asked),
  secret: fc.record(asked),
  log: fc.record(asked),
})
type Asked = typeof arbitraryEdits extends fc.Arbitrary<infer Of> ? Of : never

function editsOf(container: any, { env, secret, log }: Asked): Edits {
  const names = [
    'NEW',
    ...[...(container.environment ?? []), ...(container.secrets ?? [])].map((one: any) => one.name ?? 'NEW'),
  ]
  const options = ['new', ...Object.keys(container.logConfiguration?.options ?? {})]
  const [plain, hidden] = [env, secret].map(({ name, value }) => ({
    container: container.name,
    name: names[name % names.length]!,
    value,
  }))
  fc.pre(plain!.name !== hidden!.name)
  const logDriver = container.logConfiguration?.logDriver ?? 'splunk'
  const option = { container: container.name, logDriver, name: options[log.name % options.length]!, value: log.value }
  fc.pre(!container.logConfiguration?.secretOptions?.some(({ name }: any) => name === option.name))
  return {
    images: [
      { container: container.name, image: { repository: 'edited.example/image', tag: 'v2', digest: undefined } },
    ],
    environment: [plain!],
    secrets: [hidden!],
    logOptions: [option],
    logSecrets: [],
    taskRole: 'arn:aws:iam::123456789012:role/edited',
    cpu: '512',
    memory: '1024',
  }
}

/** A list of variables after one edit of it, and one of the other list, which may take a name away. */
function listAfter(list: any[] | undefined, { name, value }: VariableEdit, member: string, other: VariableEdit): any {
  const isThere = list?.some((one) => one.name === name)
  const isMoved = (one: any): boolean => one.name === other.name && other.value !== ''
  const kept = list?.filter((one) => !isMoved(one) && !(one.name === name && value === ''))
  if (value === '') return kept
  const changed = kept?.map((one) => (one.name === name ? { name, [member]: value } : one)) ?? []
  return isThere ? changed : [...changed, { name, [member]: value }]
}

function logAfter(before: any, { logDriver, name, value }: LogEdit): any {
  if (value !== '') return { ...before, logDriver, options: { ...before?.options, [name]: value } }
  if (!before?.options) return before
  const { [name]: _, ...options } = before.options
  return { ...before, options }
}

/** What the local AWS describes once it has registered a task definition, to be registered again. */
function asDescribed(declared: any): any {
  const aws = localAws()
  // As it is: whether ECS would take it is not asked here.
  registerRevision(contextOf(aws), declared)
  const { taskDefinition, tags = [] } = aws.call('ecs', 'DescribeTaskDefinition', {
    taskDefinition: declared.family,
    include: ['TAGS'],
  })
  return registerable(taskDefinition, tags)
}

function refusal(words: EditWords): EcsTaskError {
  try {
    edit(words)
  } catch (error) {
    if (error instanceof EcsTaskError) return error
    throw error
  }
  throw new Error('It was not refused.')
}

/** Nothing may be changed in place, which a frozen value would not let happen in silence. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}
