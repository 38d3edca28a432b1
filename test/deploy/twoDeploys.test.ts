import { describe, expect, it } from 'vitest'
import type { Transport } from '../../src/aws/aws.ts'
import { executeDefinitionCommand } from '../../src/deploy/definitionCommand.ts'
import { read } from '../../src/definition/read.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { nameOf } from '../../src/ground/names.ts'
import { virtualClock } from '../simulation/clock.ts'
import { random } from '../simulation/random.ts'
import { ask, received } from '../simulation/transport.ts'
import { web } from './declared.ts'
import { fixturesOf } from './support.ts'

const updates = (...services: string[]) => services.map((service) => ({ cluster: 'my_cluster', service }))

/** One of the two: what it deploys where, how long after the other it begins, and how long each of its calls takes. */
interface Run {
  readonly tag: string
  readonly services: readonly string[]
  readonly after: number
  readonly latency: () => number
  readonly wait?: boolean
  /** Settings of its services. */
  readonly settings?: object
}

/** Two deploys at once in one local AWS; answers with their exit codes and what each service then runs. */
async function atOnce(...runs: readonly [Run, Run]) {
  const clock = virtualClock(Date.UTC(2026, 0, 1))
  const aws = createLocalAws({ now: clock.now })
  const definitions = runs.map(({ services, settings }) => {
    const updateServices = updates(...services).map((one) => ({ ...one, ...settings }))
    return read(web({ runTasks: [], eventTargets: [], updateServices }), 'Web')
  })
  aws.provision(fixturesOf(definitions.map(({ definition }) => definition)))
  let open: number = runs.length
  const ended = Promise.all(
    runs.map(async ({ tag, after, latency, wait = true }, index) => {
      await clock.sleep(after)
      const transport: Transport = async (method, input) => {
        await clock.sleep(latency() / 2)
        const answer = ask(aws, method, input)
        await clock.sleep(latency() / 2)
        return received(method, answer)
      }
      const { exitCode } = await executeDefinitionCommand(
        { command: 'deploy', tag, wait, skipUnchanged: false },
        [definitions[index]!.definition],
        { transport, clock: clock.forRun(random(index)), listeners: [] },
      )
      open--
      return exitCode
    }),
  )
  await clock.turn(() => open === 0, clock.now() + 3_600_000)
  const { services, taskDefinitions } = aws.world.regions['us-east-1']!
  const imageOf = (arn: string): string => {
    const [family = '', number] = nameOf(arn).split(':')
    return taskDefinitions[family]![Number(number) - 1]!.taskDefinition.containerDefinitions[0]!.image!
  }
  return {
    exitCodes: await ended,
    runs: Object.fromEntries(
      Object.entries(services).map(([key, { service }]) => [nameOf(key), imageOf(service.taskDefinition!)]),
    ),
  }
}

/** A latency that differs from call to call, up to so many milliseconds. */
const upTo = (most: number, seed: number) => {
  const chance = random(seed)
  return () => chance.integer(10, most)
}

describe('two deploys over several services at once', () => {
  const lags = Array.from({ length: 20 }, (_, index) => index * 90)

  it.each([
    ['of the same services, in orders of their own', ['a', 'b', 'c'], ['c', 'a', 'b']],
    ['of services that they share in part', ['a', 'b', 'c'], ['b', 'c', 'd']],
    ['of two that they share, which are the last of one and the first of the other', ['a', 'c', 'd'], ['c', 'd', 'e']],
  ])(
    '%s: one wins all that they share, at every lag',
    async (_title, one, other) => {
      const seen = new Set<string>()
      for (const [index, after] of lags.entries()) {
        for (const most of [40, 900]) {
          const { exitCodes, runs } = await atOnce(
            { tag: 'one', services: one, after: 0, latency: upTo(most, index) },
            { tag: 'other', services: other, after, latency: upTo(most, 1000 + index) },
          )
          const shared = new Set(one.filter((service) => other.includes(service)).map((service) => runs[service]))
          expect({ after, most, exitCodes: exitCodes.toSorted((a, b) => a - b), shared: shared.size }).toEqual({
            after,
            most,
            exitCodes: [0, 5],
            shared: 1,
          })
          expect([...shared]).toEqual([exitCodes[0] === 0 ? 'my_image:one' : 'my_image:other'])
          seen.add(String(exitCodes))
        }
      }
      expect([...seen].toSorted()).toEqual(['0,5', '5,0'])
    },
    120_000,
  )

  it.each([true, false])(
    'of ten services that they share in part, with wait: %s: one has all that they share, at every lag',
    async (wait) => {
      const one = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
      const other = ['c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
      const seen = new Set<string>()
      for (const [index, after] of lags.entries()) {
        for (const most of [40, 900, 3_000]) {
          const { exitCodes, runs } = await atOnce(
            { tag: 'one', services: one, after: 0, latency: upTo(most, 7 * index), wait },
            { tag: 'other', services: other, after, latency: upTo(most, 2000 + index), wait },
          )
          const shared = new Set(one.filter((service) => other.includes(service)).map((service) => runs[service]))
          expect({ after, most, shared: shared.size }).toEqual({ after, most, shared: 1 })
          const winner = shared.has('my_image:one') ? 0 : 1
          expect(exitCodes[winner]).toBe(0)
          // Who waits for nothing may have ended before it was overtaken.
          expect(wait ? [5] : [0, 5]).toContain(exitCodes[1 - winner])
          seen.add(String(winner))
        }
      }
      expect([...seen].toSorted()).toEqual(['0', '1'])
    },
    240_000,
  )

  it('of which one fails by itself where it was not overtaken: it is put back there', async () => {
    // ECS would roll it back.
    const settings = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: false, rollback: false } } }
    const seen = new Set<string>()
    for (const [index, after] of lags.entries()) {
      const { exitCodes, runs } = await atOnce(
        { tag: 'one', services: ['x', 'y', 'z'], after, latency: upTo(400, 3 * index), settings },
        { tag: 'crash', services: ['w', 'y', 'z'], after: 900, latency: upTo(400, 3000 + index), settings },
      )
      const crashing = Object.entries(runs).filter(([, image]) => image === 'my_image:crash')
      expect({ after, exitCodes, crashing }).toEqual({ after, exitCodes, crashing: [] })
      seen.add(String(exitCodes))
    }
    expect([...seen]).toContain('0,5')
  }, 120_000)
})
