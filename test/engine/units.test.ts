import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openAws } from '../../src/aws/aws.ts'
import type { RunEvent } from '../../src/engine/events.ts'
import type { Plan, Stage, Unit } from '../../src/engine/plan.ts'
import { run } from '../../src/engine/run.ts'
import type { Step, StepKind } from '../../src/engine/step.ts'
import { type HandlerTable, type StepHandler, sends } from '../../src/engine/stepHandler.ts'
import { wording } from '../../src/engine/summary.ts'
import { orderOf, unitStage } from '../../src/engine/unitStage.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { handClock } from '../handClock.ts'
import { isThorough } from '../sampled.ts'
import { transportInProcess } from '../sdkInProcess.ts'

/** A step that tags the cluster, takes so many seconds and is undone by another tag; it counts as a rollout. */
interface Tag extends StepKind {
  readonly name: 'tag'
  readonly method: 'tagResource'
  readonly subject: 'tagged'
  readonly params: { readonly seconds: number; readonly fails: boolean }
  readonly undo: 'tag'
}

/** A class: how many steps it has in each of two stages, how long each takes, those that it is after, and whether it fails. */
interface Drawn {
  readonly steps: readonly [number, number]
  readonly seconds: number
  readonly after: readonly number[]
  readonly fails: boolean
}

const resourceArn = 'arn:aws:ecs:us-east-1:123456789012:cluster/c'
const nameOf = (index: number): string => `Unit${index}`

function tag(key: string, value: string, params: Tag['params']): Step<Tag> {
  return {
    kind: 'tag',
    id: `${key} ${value}`,
    title: key,
    subject: { type: 'tagged', name: key },
    call: { method: 'tagResource', input: { resourceArn, tags: [{ key, value }] } },
    params,
    follow: 'deployment',
  }
}

const handler: StepHandler<Tag> = {
  perform: sends('tagResource'),
  async follow({ title, params: { seconds, fails } }, _answer, { clock, signal }) {
    await clock.sleep(seconds * 1000, signal)
    if (fails) throw new EcsTaskError('DeploymentFailed', `${title} failed.`)
  },
  headway: () => 0,
}
const handlers: HandlerTable = { tag: handler }

const fleets = fc
  .array(
    fc.record({
      steps: fc.tuple(fc.nat(2), fc.nat(2)),
      seconds: fc.integer({ min: 1, max: 90 }),
      after: fc.array(fc.nat(9), { maxLength: 2 }),
      fails: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((all) =>
    all.map((one, index): Drawn => ({
      ...one,
      after: [...new Set(one.after.map((other) => other % (index + 1)).filter((other) => other < index))],
    })),
  )

async function ran(fleet: readonly Drawn[], more: { keepGoing: boolean; maxInFlight?: number }) {
  const clock = handClock(0)
  const local = createLocalAws({ now: clock.now, throttle: false })
  local.provision({ clusters: ['c'] })
  const transport = transportInProcess((request) => {
    clock.touch()
    return local.handle(request)
  })
  const classes: Unit[] = fleet.map(({ after }, index) => ({ name: nameOf(index), after: after.map(nameOf) }))
  const order = orderOf(classes.toReversed(), { keepGoing: more.keepGoing })
  const stageOf = (which: 0 | 1): Stage => ({
    title: `Stage ${which}`,
    steps: fleet.flatMap(({ steps, seconds, fails }, unit) =>
      Array.from({ length: steps[which] }, (_, index): Step => {
        const key = `${unit}-${which}-${index}`
        const isLast = which === 1 || steps[1] === 0
        return {
          ...tag(key, 'done', { seconds, fails: fails && isLast && index === 0 }),
          undo: [tag(key, 'undone', { seconds: 5, fails: false })],
          units: [nameOf(unit)],
        }
      }),
    ),
    together: which === 1,
    onFailure: 'undo',
  })
  const { units, goesOn } = order
  const plan: Plan = {
    ...wording({ command: 'deploy', what: 'v1 of it', followed: true }),
    stages: [unitStage('Deploy the classes', [stageOf(0), stageOf(1)], units)],
    ...(goesOn && {
      fleet: {
        units,
        done: 'Deployed v1 of',
        started: 'Started',
        again: { command: 'deploy', tag: 'v1', options: {} },
      },
    }),
    warnings: [],
  }
  const [began, ended] = [new Map<string, number>(), new Map<string, number>()]
  let [now, most] = [0, 0]
  const result = await run(plan, {
    aws: openAws({ transport, clock }),
    clock,
    emit: (event: RunEvent) => {
      if (event.type === 'step.started') {
        began.set(event.id, clock.now())
        most = Math.max(most, ++now)
      }
      if (event.type === 'step.skipped' && !began.has(event.id)) return
      if (event.type === 'step.finished' || event.type === 'step.skipped' || event.type === 'step.failed') {
        now--
        if (event.type === 'step.finished') ended.set(event.id, clock.now())
      }
    },
    signal: new AbortController().signal,
    timeout: 3_600_000,
    earlyFail: undefined,
    until: undefined,
    program: 'tsx all.ts',
    handlers,
    onFailure: 'rollback',
    maxInFlight: more.maxInFlight,
    redact: (value) => value,
  })
  const found = local.world.regions['us-east-1']!.tags[resourceArn] ?? []
  const tags = new Map(found.map(({ key, value }: any): [string, string] => [key, value]))
  const idsOf = (unit: number): string[] =>
    plan.stages[0]!.steps.filter((one) => one.units?.[0] === nameOf(unit)).map(({ id }) => id)
  return { result, began, ended, tags, most, idsOf }
}

/** What is to become of each: it fails, is not started because of one that does, or is done. */
function fatesOf(fleet: readonly Drawn[]): ('failed' | 'blocked' | 'done')[] {
  const fates: ('failed' | 'blocked' | 'done')[] = []
  for (const { after, fails, steps } of fleet) {
    const isBlocked = after.some((one) => fates[one] !== 'done')
    fates.push(isBlocked ? 'blocked' : fails && steps[0] + steps[1] > 0 ? 'failed' : 'done')
  }
  return fates
}

const numRuns = isThorough ? 300 : 40
const limits = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined })

describe('the classes of a run that keeps going', () => {
  it('begin once all that they are after is done, are whole or put back, and never roll in greater number than may', async () => {
    const property = fc.asyncProperty(fleets, limits, async (fleet, maxInFlight) => {
      const { result, began, ended, tags, most, idsOf } = await ran(fleet, {
        keepGoing: true,
        ...(maxInFlight !== undefined && { maxInFlight }),
      })
      const fates = fatesOf(fleet)
      expect(most).toBeLessThanOrEqual(maxInFlight ?? Infinity)
      for (const [unit, fate] of fates.entries()) {
        const values = [...tags].filter(([key]) => key.startsWith(`${unit}-`)).map(([, value]) => value)
        if (fate === 'done') expect(values).toEqual(idsOf(unit).map(() => 'done'))
        else expect(values.every((value) => value === 'undone')).toBe(true)
        if (fate === 'blocked') expect(values).toEqual([])
        const isNamed = result.left.some((line) =>
          line.startsWith(`${nameOf(unit)} ${fate === 'failed' ? 'failed' : 'was'}`),
        )
        const hasChanged = fates.some((one, other) => one === 'done' && idsOf(other).length > 0)
        expect(isNamed).toBe(fate !== 'done' && hasChanged)
        const before = fleet[unit]!.after.flatMap(idsOf).map((id) => ended.get(id) ?? Infinity)
        for (const id of idsOf(unit))
          if (began.has(id)) expect(began.get(id)).toBeGreaterThanOrEqual(Math.max(0, ...before))
      }
      const hasLost = fates.some((fate) => fate !== 'done')
      const hasKept = fates.some((fate, unit) => fate === 'done' && idsOf(unit).length > 0)
      expect(result.outcome).toBe(!hasLost ? 'succeeded' : hasKept ? 'halfDone' : 'restored')
    })
    await fc.assert(property, { numRuns })
  })

  it('are one unit without it: one failure puts all of them back, in the order and within the limit', async () => {
    const property = fc.asyncProperty(fleets, limits, async (fleet, maxInFlight) => {
      const of = { keepGoing: false, ...(maxInFlight !== undefined && { maxInFlight }) }
      const { result, tags, most } = await ran(fleet, of)
      const fails = fatesOf(fleet).includes('failed')
      expect(most).toBeLessThanOrEqual(maxInFlight ?? Infinity)
      expect([result.outcome, result.left]).toEqual([fails ? 'restored' : 'succeeded', []])
      expect([...tags.values()].every((value) => value === (fails ? 'undone' : 'done'))).toBe(true)
    })
    await fc.assert(property, { numRuns })
  })
})
