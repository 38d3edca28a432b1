import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientName, Method } from '../../src/aws/aws.ts'
import { calls } from '../../src/aws/aws.ts'
import { notify } from '../../src/notify.ts'
import { arbitraryDefinition } from '../definition/arbitraryDefinition.ts'
import { everyMember } from './everyMember.ts'
import { hostileText } from './hostileText.ts'

/** 256 KiB of UTF-8. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const mostBytes = 262_144

const topicArn = 'arn:aws:sns:us-east-1:123456789012:deploys'
/** Notices themselves are not told, nor the read that no expression of old knows. */
const methods = (Object.keys(calls) as Method[]).filter(
  (method) => !['sns', 's3', 'ecr'].includes(calls[method].client),
)
const values = fc.oneof(
  arbitraryDefinition(),
  fc.object({ maxDepth: 3, values: [fc.string(), fc.double(), fc.date({ noInvalidDate: true }), fc.constant(null)] }),
  fc.dictionary(hostileText, hostileText, { maxKeys: 3 }),
  fc.constantFrom('x', 'é', '🚀', '\u0000', '\ud800').map((letter) => ({ huge: letter.repeat(140_000) })),
)
const finished = fc.record({ method: fc.constantFrom(...methods), input: values, result: values })

async function told(
  calls_: readonly { method: Method; client: ClientName; input: object; result: object }[],
): Promise<string[]> {
  const messages: string[] = []
  const warnings: string[] = []
  const aws = { call: async (_method: Method, input: any): Promise<any> => void messages.push(input.Message) }
  const listener = notify({ aws, topicArn, blacklist: /(?!)/, warn: (text) => warnings.push(text) })
  for (const one of calls_) listener.hear({ type: 'call.finished', ...one, at: '2026-01-15T12:00:00.000Z' })
  await listener.close?.()
  expect(warnings).toEqual([])
  return messages
}

describe('a notification', () => {
  it('of any call is JSON that SNS takes, with the four keys of the Python original in their order', async () => {
    await fc.assert(
      fc.asyncProperty(finished, async ({ method, input, result }) => {
        const { client } = calls[method]
        const [message = ''] = await told([{ method, client, input, result }])
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(mostBytes)
        const parsed = JSON.parse(message)
        expect(Object.keys(parsed)).toEqual(['client', 'method', 'input', 'result'])
        expect(parsed.client).toBe(client)
        expect(parsed.method.replace(/_[a-z]/g, (found: string) => found[1]!.toUpperCase())).toBe(method)
        if (typeof parsed.input !== 'string') expect(parsed.input).toEqual(asJson(input))
        if (typeof parsed.result === 'string') return
        const { ResponseMetadata, ...answer } = parsed.result
        expect(ResponseMetadata).toEqual({ RetryAttempts: 0 })
        expect(answer).toEqual(without$metadata(asJson(result)))
      }),
      { numRuns: 30 },
    )
  })

  it('of a read of ECR is not sent, whatever the expression leaves out', async () => {
    expect(await told([{ method: 'batchGetImage', client: 'ecr', input: {}, result: {} }])).toEqual([])
  })

  it('keeps every member of the call, and leaves out only what does not fit, the result first', async () => {
    const [message = ''] = await told([
      { method: 'updateService', client: 'ecs', input: everyMember(), result: { huge: 'x'.repeat(mostBytes) } },
    ])
    const { input, result } = JSON.parse(message)
    expect(input).toEqual(asJson(everyMember()))
    expect(result).toMatch(/^The result was left out: it is \d+ bytes long/)
  })

  it('has its dates in ISO 8601 anywhere, and an invalid date as null', async () => {
    const result = { tasks: [{ startedAt: new Date(0), stoppedAt: new Date(NaN) }] }
    const [message = ''] = await told([
      { method: 'describeTasks', client: 'ecs', input: { since: new Date(1) }, result },
    ])
    expect(JSON.parse(message)).toMatchObject({
      input: { since: '1970-01-01T00:00:00.001Z' },
      result: { tasks: [{ startedAt: '1970-01-01T00:00:00.000Z', stoppedAt: null }] },
    })
  })
})

const asJson = (value: unknown): any => JSON.parse(JSON.stringify(value))

function without$metadata({ $metadata: _, ResponseMetadata: __, ...rest }: any): object {
  return rest
}
