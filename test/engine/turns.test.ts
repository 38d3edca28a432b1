import { expect, it } from 'vitest'
import type { RunContext } from '../../src/engine/performStep.ts'
import type { Step } from '../../src/engine/step.ts'
import type { Answered, Settlement } from '../../src/engine/stepHandler.ts'
import { takingTurns } from '../../src/engine/turns.ts'
import { handClock } from '../handClock.ts'

const stepOf = (name: string): Step => ({
  kind: 'tag',
  id: `tag ${name}`,
  title: name,
  subject: { type: 'tagged', name },
  call: { method: 'tagResource', input: { resourceArn: name, tags: [] } },
})

const named = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `step-${String(index).padStart(2, '0')}`)

/** Steps in their turns, each of which is answered after a second. */
function staged(
  of: { readonly wants?: readonly string[]; readonly settle?: (performed: readonly Answered[]) => Settlement } = {},
) {
  const clock = handClock(0)
  const began = new Map<string, number>()
  const ended = new Map<string, { readonly at: number; readonly again?: boolean; readonly error?: unknown }>()
  const settled: string[][] = []
  const handler = {
    perform: () => Promise.reject(new Error('nothing performs it')),
    headway: ({ name }: { readonly name: string }) => (of.wants?.includes(name) ? 15_000 : 0),
    settle: async (performed: readonly Answered[]) => {
      settled.push(performed.map(({ step }) => step.title))
      return of.settle?.(performed) ?? { again: new Set<Step>(), lost: new Map<Step, Error>() }
    },
  }
  const inTurn = takingTurns({ clock, handlers: { tag: handler } } as unknown as RunContext)
  const perform = (name: string, signal = new AbortController().signal): Promise<void> =>
    inTurn(stepOf(name), signal, async (answered) => {
      began.set(name, clock.now())
      await clock.sleep(1_000)
      const end = await answered!({ name } as never).then(
        (again) => ({ again }),
        (error: unknown) => ({ error }),
      )
      ended.set(name, { at: clock.now(), ...end })
    })
  return { clock, began, ended, settled, perform }
}

it('begin with the first alone, then twenty at a time, each once the turn before is answered', async () => {
  const { began, perform, settled } = staged()
  await Promise.all(
    named(25)
      .toReversed()
      .map((name) => perform(name)),
  )
  const times = named(25).map((name) => began.get(name))
  expect(times).toEqual([0, ...Array.from({ length: 20 }, () => 1_000), ...Array.from({ length: 4 }, () => 2_000)])
  expect(settled).toEqual([])
})

it('wait for the headway that one of them wants, and are then performed once more or have come to nothing', async () => {
  const lost = new Error('another came over it')
  const { began, ended, perform, settled } = staged({
    wants: ['step-01'],
    settle: (performed) => {
      const [, , again, without] = performed.map(({ step }) => step)
      return { again: new Set([again!]), lost: new Map([[without!, lost]]) }
    },
  })
  await Promise.all(named(22).map((name) => perform(name)))
  expect(settled).toEqual([named(21)])
  expect(ended.get('step-00')).toEqual({ at: 1_000, again: false })
  expect(ended.get('step-01')).toEqual({ at: 17_000, again: false })
  expect(ended.get('step-02')).toEqual({ at: 17_000, again: true })
  expect(ended.get('step-03')).toEqual({ at: 17_000, error: lost })
  expect(began.get('step-21')).toBe(17_000)
})

it('have the next wait for the headway of the first, which itself goes on, unless it is cut off', async () => {
  const { clock, began, ended, perform } = staged({ wants: ['a'] })
  const stop = new AbortController()
  const all = [perform('a', stop.signal), perform('b')]
  await clock.sleep(3_000)
  expect([ended.get('a'), began.get('b')]).toEqual([{ at: 1_000, again: false }, undefined])
  stop.abort(new Error('enough'))
  await Promise.all(all)
  expect([began.get('b'), clock.now()]).toEqual([3_000, 4_000])
})

it('that are cut off during the headway wait no longer, and let the next ones begin', async () => {
  const { clock, began, ended, perform, settled } = staged({ wants: ['step-01'] })
  const stop = new AbortController()
  const reason = new Error('enough')
  const all = named(22).map((name) => perform(name, stop.signal))
  await clock.sleep(5_000)
  stop.abort(reason)
  await Promise.all(all)
  expect([ended.get('step-00')?.at, ended.get('step-01')]).toEqual([1_000, { at: 5_000, error: reason }])
  expect([began.get('step-21'), clock.now(), settled]).toEqual([5_000, 6_000, []])
})
