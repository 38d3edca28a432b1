import { describe, expect, it } from 'vitest'
import { readStack } from '../../src/cluster/file/readStack.ts'
import { circlesIn } from '../../src/ground/circles.ts'
import { rolloutSteps } from '../../src/cluster/rolloutSteps.ts'
import type { DesiredService } from '../../src/cluster/desired.ts'
import { isThorough } from '../sampled.ts'
import { fileOf, type Keys } from './stacks.ts'
import { attempt, costOf, growth } from '../growth.ts'
import { clusterStage } from './support.ts'

function stackOf(count: number, keysOf: (index: number) => Keys): string {
  const names = Array.from({ length: count }, (_, index) => `s${index}`)
  return fileOf(Object.fromEntries(names.map((name, index) => [name, { image: 'x:v1', memory: 64, ...keysOf(index) }])))
}

const line = (index: number): Keys => (index === 0 ? {} : { depends_on: [`s${index - 1}`] })
const read = (text: string) => readStack([{ name: 'stack.yml', text }], {})

describe('the cost of a stack grows with the stack', () => {
  /** How the time to read a text grows with four times the services. */
  const grown = (text: (count: number) => string): Promise<number> => {
    const [small, large] = [text(250), text(1_000)]
    return growth(
      () => read(small),
      () => read(large),
      11,
    )
  }

  it('where each service waits for the one before', async () => {
    expect(await grown((count) => stackOf(count, line))).toBeLessThan(11)
  })

  it('where each service is an alias', async () => {
    const text = (count: number): string =>
      `defaults: {memory: 64}\nservices:\n  s: &s {image: "x:1"}\n${Array.from({ length: count }, (_, index) => `  s${index}: *s\n`).join('')}`
    expect(await grown(text)).toBeLessThan(11)
  })

  it('and a bomb of aliases is refused before it goes off', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    )
    const text = `a0: &a0 [x]\n${levels.join('\n')}\nservices: {}`
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([expect.stringMatching(/aliases repeat each other$/)]),
      }),
    )
    expect(await costOf(() => attempt(() => read(text)))).toBeLessThan(10_000)
  })

  it('and circles are found in it, one for each that begins one', () => {
    const waits = new Map(Array.from({ length: 20_000 }, (_, index) => [`s${index}`, [`s${(index + 1) % 20_000}`]]))
    expect(circlesIn(waits).map((circle) => [circle.length, circle[0]])).toEqual([[20_000, 's0']])
    const twoWays = new Map([
      ['a', ['b', 'c']],
      ['b', ['a']],
      ['c', ['d']],
      ['d', ['a', 'c']],
    ])
    expect(circlesIn(twoWays)).toEqual([
      ['a', 'b'],
      ['a', 'c', 'd'],
      ['c', 'd'],
    ])
  })

  it('and so do the steps of a line of services that is longer than a stack of calls', () => {
    const services = Array.from({ length: 50_000 }, (_, index) => ({
      name: `s${index}`,
      dependsOn: index === 49_999 ? [] : [`s${index + 1}`],
    })) as unknown as DesiredService[]
    const works = new Map(services.map(({ name }) => [name, { steps: { services: [{ id: name }] as any } }]))
    const steps = rolloutSteps(services, { shared: { steps: {} }, works })
    expect(steps.slice(0, 2)).toEqual([{ id: 's49999' }, { id: 's49998', needs: ['s49999'] }])
  })

  it('and its dry run', async () => {
    const planned = (count: number) => {
      const text = stackOf(count, line)
      return async () => {
        const stage = clusterStage()
        stage.given(text)
        const { result } = await stage.deploy([text], {}, { dryRun: true })
        expect(result.exitCode).toBe(0)
      }
    }
    const [small, most] = isThorough ? [1_000, 2.5] : [100, 4]
    await planned(small)()
    expect(await growth(planned(small), planned(2 * small), most)).toBeLessThan(most)
  })
})
