import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLocalAws } from '../../../../src/local/localAws.ts'
import { startServer } from '../../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../../src/local/wire/server.ts'
import { filtered } from '../../../../src/local/wire/filtered.ts'
import { start } from '../../support.ts'

let server: LocalServer
beforeEach(async () => {
  const local = createLocalAws({ now: () => start, throttle: false })
  local.provision({ containerInstances: [{ ec2InstanceId: 'i-1' }] })
  const [arn] = Object.keys(local.world.regions['us-east-1']!.containerInstances)
  server = await startServer(local, { port: 0 })
  expect(await ecs('PutAttributes', { attributes: [{ name: 'long', value: 'a'.repeat(128), targetId: arn }] })).toBe(
    200,
  )
})
afterEach(() => server.close())

async function ecs(operation: string, input: object): Promise<unknown> {
  const headers = { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}` }
  const answer = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify(input) })
  const { containerInstanceArns, __type } = (await answer.json()) as Record<string, unknown>
  return __type ?? (containerInstanceArns as string[] | undefined)?.length ?? answer.status
}

/** Each of the first ones would take longer than the world has been there, one step after the other. */
describe('A pattern of the cluster query language takes no time', () => {
  test.each([
    ['(a+)+b', 0],
    ['(a|a)*b', 0],
    ['(a*)*(a*)*(a*)*b', 0],
    ['(.*a){60}b', 0],
    ['(?:a{1,100})+', 1],
    [`${'a?'.repeat(128)}${'a'.repeat(128)}`, 1],
    [`(${'a*'.repeat(500)})*b`, 0],
  ])('%s', async (pattern, count) => {
    expect(await ecs('ListContainerInstances', { filter: `attribute:long =~ '${pattern}'` })).toBe(count)
  })

  test.each([
    '(?=a)a+',
    '(a)\\1',
    '(((a{60}){60}){60}){60}',
    'x{1000}'.repeat(200),
    '['.repeat(1000),
    '('.repeat(1500),
  ])('and %s is refused', async (pattern) => {
    expect(await ecs('ListContainerInstances', { filter: `attribute:long =~ '${pattern}'` })).toBe(
      'InvalidParameterException',
    )
  })

  test.each([
    ['parentheses', `${'('.repeat(900)}agentConnected == true${')'.repeat(900)}`, 1],
    ['negations', `${'!'.repeat(1900)}agentConnected == true`, 1],
    ['more than 2000 characters', `${' '.repeat(2000)}agentConnected == true`, 'InvalidParameterException'],
    ['five million brackets', '[ '.repeat(2_500_000), 'InvalidParameterException'],
  ])('nor does an expression of many %s', async (_what, filter, answer) => {
    expect(await ecs('ListContainerInstances', { filter })).toBe(answer)
  })
})

describe('A filter of EC2', () => {
  const matches = (text: string, pattern: string): boolean =>
    filtered([{ text }], [{ Name: 'text', Values: [pattern] }], { text: ({ text: value }) => value }).length === 1

  test('takes no time, whatever is in it', () => {
    expect(matches('a'.repeat(10_000), `${'*a'.repeat(50)}*b`)).toBe(false)
    expect(matches('a'.repeat(10_000), `${'*a?'.repeat(50)}*`)).toBe(true)
  })

  test('matches what a regular expression would', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\', '\n'), maxLength: 8 })
    fc.assert(
      fc.property(few, few, (text, pattern) => {
        const source = pattern.replace(/\\([^])|[^]/g, (character: string, escaped: string | undefined) => {
          if (escaped === undefined && character === '*') return '.*'
          if (escaped === undefined && character === '?') return '.'
          return (escaped ?? character).replace(/[\\*?]/, '\\$&')
        })
        expect(matches(text, pattern)).toBe(new RegExp(`^${source}$`, 's').test(text))
      }),
      { numRuns: 2000 },
    )
  })
})
