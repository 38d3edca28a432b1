import { expect, test } from 'vitest'
import type { Input, Method, Output } from '../src/aws/aws.ts'
import type { Listener, ToldEvent } from '../src/engine/events.ts'
import { notify } from '../src/notify.ts'

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:deploys'
const blacklist = /^describe_|get_|list_|.*register_task/
const metadata = { $metadata: { httpStatusCode: 200, requestId: '8f7a', attempts: 3, totalRetryDelay: 120 } }

type Published = Input<'publish'>

/** A notifier whose topic is a list. */
function open(of: { blacklist?: RegExp; answer?: (published: Published, turn: number) => Promise<unknown> } = {}): {
  listener: Listener
  published: Published[]
  warnings: string[]
  hear: (method: Method, input?: object, result?: object) => void
} {
  const published: Published[] = []
  const warnings: string[] = []
  const aws = {
    async call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
      expect(method).toBe('publish')
      const message: any = input
      const answer: any = await (of.answer ?? (async () => ({})))(message, published.push(message))
      return answer
    },
  }
  const listener = notify({ aws, topicArn, blacklist: of.blacklist ?? blacklist, warn: (text) => warnings.push(text) })
  const hear = (method: Method, input: object = {}, result: object = metadata): void => {
    const client = method === 'publish' ? 'sns' : /argets/.test(method) ? 'events' : 'ecs'
    listener.hear({ type: 'call.finished', client, method, input, result, at: '2026-01-15T12:00:00.000Z' })
  }
  return { listener, published, warnings, hear }
}

const messages = (published: readonly Published[]): any[] => published.map(({ Message }) => JSON.parse(Message ?? ''))

test('each call is published as the Python original publishes it: client, method, input, result, in this order', async () => {
  const { listener, published, hear } = open()
  hear('updateService', { cluster: 'c', service: 'web' }, { service: { serviceName: 'web' }, ...metadata })
  await listener.close?.()
  expect(published).toEqual([
    {
      TopicArn: topicArn,
      Message:
        '{"client":"ecs","method":"update_service","input":{"cluster":"c","service":"web"},' +
        '"result":{"service":{"serviceName":"web"},"ResponseMetadata":{"RequestId":"8f7a","HTTPStatusCode":200,"RetryAttempts":2}}}',
    },
  ])
})

test('dates are ISO 8601, where the original has null', async () => {
  const { listener, published, hear } = open()
  hear('runTask', {}, { tasks: [{ createdAt: new Date(Date.UTC(2026, 0, 15, 12, 0, 0, 5)) }], ...metadata })
  await listener.close?.()
  expect(messages(published)[0].result.tasks[0].createdAt).toBe('2026-01-15T12:00:00.005Z')
})

test('an answer without metadata counts as one attempt', async () => {
  const { listener, published, hear } = open()
  hear('updateService', {}, {})
  await listener.close?.()
  expect(messages(published)[0].result).toEqual({ ResponseMetadata: { RetryAttempts: 0 } })
})

test('by default reads and registrations are not published, and every change to what runs is', async () => {
  const { listener, published, hear } = open()
  const all: Method[] = [
    'describeServices',
    'listTasks',
    'listTargetsByRule',
    'registerTaskDefinition',
    'deregisterTaskDefinition',
  ]
  for (const method of [...all, 'runTask', 'stopTask', 'updateService', 'putTargets', 'removeTargets'] as const)
    hear(method)
  await listener.close?.()
  const told = messages(published).map(({ client, method }) => `${client} ${method}`)
  expect(told).toEqual([
    'ecs run_task',
    'ecs stop_task',
    'ecs update_service',
    'events put_targets',
    'events remove_targets',
  ])
})

test('every alternative of the expression counts at the start of the name only', async () => {
  const { listener, published, hear } = open({ blacklist: /targets|task|service/ })
  hear('putTargets')
  hear('runTask')
  await listener.close?.()
  expect(messages(published).map(({ method }) => method)).toEqual(['put_targets', 'run_task'])
})

test('an expression with the flags g or y silences a method every time', async () => {
  for (const expression of [/update/g, /update/y, /UPDATE/gi]) {
    const { listener, published, hear } = open({ blacklist: expression })
    hear('updateService')
    hear('updateService')
    hear('updateService')
    await listener.close?.()
    expect(published).toEqual([])
    expect(expression.lastIndex).toBe(0)
  }
})

test('publishing a notification triggers no other notification', async () => {
  const { listener, published, hear } = open({ blacklist: /(?!)/ })
  hear('publish')
  await listener.close?.()
  expect(published).toEqual([])
})

test('other events are ignored', async () => {
  const { listener, published } = open({ blacklist: /(?!)/ })
  const at = '2026-01-15T12:00:00.000Z'
  const others: ToldEvent[] = [
    { type: 'warning.raised', text: 'x', at },
    { type: 'call.failed', client: 'ecs', method: 'updateService', input: {}, error: { name: 'E', message: 'm' }, at },
  ]
  for (const event of others) listener.hear(event)
  await listener.close?.()
  expect(published).toEqual([])
})

test('notifications go out one after the other in the order of the calls, and closing waits for the last', async () => {
  const waiting: (() => void)[] = []
  const answer = (): Promise<void> => new Promise((resolve) => waiting.push(resolve))
  const { listener, published, hear } = open({ answer })
  hear('runTask')
  hear('updateService')
  hear('putTargets')
  let closed = false
  const closing = listener.close?.().then(() => (closed = true))
  for (let turn = 1; turn <= 3; turn++) {
    await turnOfTheLoop()
    expect(published).toHaveLength(turn)
    expect(closed).toBe(false)
    waiting.shift()?.()
  }
  await closing
  expect(messages(published).map(({ method }) => method)).toEqual(['run_task', 'update_service', 'put_targets'])
})

test('a publish that fails is a warning, once for each different error, and the next is still tried', async () => {
  const errors = ['not authorized', 'not authorized', 'Topic does not exist', 'not authorized']
  const answer = async (_: Published, turn: number): Promise<void> => {
    throw Object.assign(new Error(errors[turn - 1]), { name: 'AuthorizationError' })
  }
  const { listener, published, warnings, hear } = open({ answer })
  for (const _ of errors) hear('updateService')
  await listener.close?.()
  expect(published).toHaveLength(4)
  expect(warnings).toEqual([
    `No notification could be published to ${topicArn}: AuthorizationError: not authorized`,
    `No notification could be published to ${topicArn}: AuthorizationError: Topic does not exist`,
  ])
})

test('an input that cannot be written as JSON is a warning too', async () => {
  const { listener, published, warnings, hear } = open()
  const endless: { self?: object } = {}
  endless.self = endless
  hear('updateService', endless)
  hear('updateService')
  await listener.close?.()
  expect(warnings).toHaveLength(1)
  expect(published).toHaveLength(1)
})

test('a message too large for SNS has the size of the result in place of the result', async () => {
  const { listener, published, hear } = open()
  hear('updateService', { service: 'web' }, { text: 'é'.repeat(150_000), ...metadata })
  await listener.close?.()
  const [message] = messages(published)
  expect(message.input).toEqual({ service: 'web' })
  expect(message.result).toMatch(
    /^The result was left out: it is 300\d{3} bytes long, and an SNS message holds 262144 in all\.$/,
  )
  expect(Object.keys(message)).toEqual(['client', 'method', 'input', 'result'])
})

test('a message that is still too large loses its input too', async () => {
  const { listener, published, hear } = open()
  hear('updateService', { text: 'x'.repeat(300_000) }, { text: 'x'.repeat(300_000) })
  await listener.close?.()
  const [message] = messages(published)
  expect(message.input).toMatch(/^The input was left out: it is 300011 bytes long/)
  expect(message.result).toMatch(/^The result was left out/)
  expect(published[0]!.Message!.length).toBeLessThan(1_000)
})

test('a message of exactly the maximum size is whole, and one byte more is cut', async () => {
  const { listener, published, hear } = open()
  hear('updateService', { text: '' })
  await listener.close?.()
  const room = 262_144 - published[0]!.Message!.length
  hear('updateService', { text: 'x'.repeat(room) })
  hear('updateService', { text: 'x'.repeat(room + 1) })
  await listener.close?.()
  expect(published[1]!.Message).toHaveLength(262_144)
  expect(messages(published).map(({ result }) => typeof result)).toEqual(['object', 'object', 'string'])
})

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
