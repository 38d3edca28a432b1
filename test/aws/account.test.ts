import { afterEach, describe, expect, it } from 'vitest'
import { sdkTransport, type SdkTransport } from '../../src/aws/sdk.ts'
import { systemClock } from '../../src/ground/clock.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import type { Answer, Request } from '../../src/local/wire/dialect.ts'
import { callIn, settingsInProcess } from '../sdkInProcess.ts'

const over = new AbortController()
const aws = createLocalAws({ now: Date.now })
let asked: string[] = []

afterEach(() => (asked = []))

/** A local AWS with these answers in place of its own. */
function answering(
  answers: Readonly<Record<string, string | object | undefined>>,
  clock = systemClock(),
): SdkTransport {
  const answer = (request: Request): Answer => {
    const { operation } = callIn(request)
    asked.push(operation)
    const given = answers[operation]
    if (given === undefined) return aws.handle(request)
    if (typeof given === 'object') return { status: 200, headers: {}, body: JSON.stringify(given) }
    return { status: 403, headers: {}, body: given }
  }
  return sdkTransport(settingsInProcess(answer), { clock })
}

const denied = '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
const nothing = 'nobody'

/** The account as it is known once `calls` are answered and nothing more is to come. */
async function accountAfter(transport: SdkTransport, calls: () => Promise<unknown>): Promise<string> {
  const account = transport.account(over.signal)
  await calls()
  return Promise.race([account, new Promise<string>((resolve) => setImmediate(resolve, nothing))])
}

describe('the account', () => {
  it('is what STS says, which is asked once, and only beside a call', async () => {
    const transport = answering({})
    const account = transport.account(over.signal)
    await Promise.resolve()
    expect(asked).toEqual([])
    await transport('listTaskDefinitions', {}, undefined)
    expect(await account).toBe('123456789012')
    expect(await transport.account(over.signal)).toBe('123456789012')
    expect(asked).toEqual(['ListTaskDefinitions', 'GetCallerIdentity'])
  })

  it('is not asked for where ECS has named it before', async () => {
    const named = { taskDefinitionArns: ['arn:aws:ecs:eu-west-1:999999999999:task-definition/web:1'] }
    let wakeUp = (): void => {}
    const clock = { ...systemClock(), sleep: () => new Promise<void>((resolve) => (wakeUp = resolve)) }
    const transport = answering({ ListTaskDefinitions: named }, clock)
    const account = transport.account(over.signal)
    await transport('listTaskDefinitions', {}, undefined)
    wakeUp()
    expect(await account).toBe('999999999999')
    expect(asked).toEqual(['ListTaskDefinitions'])
  })

  it.each([
    ['a list of ARNs', { taskDefinitionArns: ['arn:aws:ecs:eu-west-1:999999999999:task-definition/web:1'] }],
    ['an ARN', { taskDefinition: { taskDefinitionArn: 'arn:aws-cn:ecs:cn-north-1:999999999999:task-definition/w:1' } }],
    ['what is not there', { services: [], failures: [{ arn: 'arn:aws:ecs:eu-west-1:999999999999:service/web' }] }],
  ])('is that of the first answer of ECS where STS denies it: %s', async (_what, answer) => {
    const transport = answering({ ListTaskDefinitions: answer, GetCallerIdentity: denied })
    expect(await accountAfter(transport, () => transport('listTaskDefinitions', {}, undefined))).toBe('999999999999')
  })

  it.each([
    ['another service’s thing', { services: [{ roleArn: 'arn:aws:iam::999999999999:role/web' }] }],
    ['a tag', { tags: [{ key: 'a', value: 'arn:aws:ecs:eu-west-1:999999999999:service/web' }] }],
    ['nothing', {}],
  ])('is not taken from %s', async (_what, answer) => {
    const transport = answering({ ListTaskDefinitions: answer, GetCallerIdentity: denied })
    expect(await accountAfter(transport, () => transport('listTaskDefinitions', {}, undefined))).toBe(nothing)
  })

  it('is not taken from an answer of EventBridge: a bus may be somebody else’s', async () => {
    const transport = answering({
      ListEventBuses: { EventBuses: [{ Arn: 'arn:aws:ecs:eu-west-1:999999999999:cluster/theirs' }] },
      GetCallerIdentity: denied,
    })
    expect(await accountAfter(transport, () => transport('listEventBuses', {}, undefined))).toBe(nothing)
  })
})
