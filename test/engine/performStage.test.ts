import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openAws } from '../../src/aws/aws.ts'
import type { RunEvent } from '../../src/engine/events.ts'
import type { Plan } from '../../src/engine/plan.ts'
import { wording } from '../../src/engine/summary.ts'
import { run } from '../../src/engine/run.ts'
import type { Step, StepKind } from '../../src/engine/step.ts'
import { type HandlerTable, type StepHandler, sends } from '../../src/engine/stepHandler.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { handClock } from '../handClock.ts'
import { isThorough } from '../sampled.ts'
import { transportInProcess } from '../sdkInProcess.ts'

/** A step that tags the cluster with its id, and takes so many seconds; undone by saying `undone` there. */
interface Tag extends StepKind {
  readonly name: 'tag' | 'turn'
  readonly method: 'tagResource'
  readonly subject: 'tagged'
  readonly params: { readonly seconds: number; readonly fails: boolean }
  readonly undo: 'tag' | 'turn'
}

/** What a step of a graph is: how long it and its way back take, which of the steps before it it needs. */
interface Node {
  readonly seconds: number
  readonly back: number
  readonly takesTurns: boolean
  readonly needs: readonly number[]
}

const resourceArn = 'arn:aws:ecs:us-east-1:123456789012:cluster/c'

function tag(id: string, value: string, of: Pick<Tag, 'params'> & { kind?: Tag['name'] }): Step<Tag> {
  const { kind = 'tag', params } = of
  const input = { resourceArn, tags: [{ key: id, value }] }
  const subject = { type: 'tagged', name: id } as const
  return {
    kind,
    id: `${id} ${value}`,
    title: id,
    subject,
    call: { method: 'tagResource', input },
    params,
    follow: 'count',
  }
}

const nameOf = (index: number): string => `step-${String(index).padStart(2, '0')}`

function stepOf(node: Node, index: number, failing: number | undefined): Step<Tag> {
  const { seconds, back, takesTurns, needs } = node
  const params = { seconds, fails: index === failing }
  return {
    ...tag(nameOf(index), 'done', { kind: takesTurns ? 'turn' : 'tag', params }),
    needs: needs.map((one) => `${nameOf(one)} done`),
    undo: [tag(nameOf(index), 'undone', { params: { seconds: back, fails: false } })],
  }
}

const handler: StepHandler<Tag> = {
  perform: sends('tagResource'),
  async follow({ title, params: { seconds, fails } }, _answer, { clock, signal }) {
    await clock.sleep(seconds * 1000, signal)
    if (fails) throw new EcsTaskError('DeploymentFailed', `${title} failed.`)
  },
}
const handlers: HandlerTable = { tag: handler, turn: { ...handler, headway: () => 0 } }

/** A graph in which each step needs some of those before it, in an order of its own in the stage. */
const graphs = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 600 }),
      back: fc.integer({ min: 1, max: 60 }),
      takesTurns: fc.boolean(),
      needs: fc.array(fc.nat(30), { maxLength: 3 }),
    }),
    { minLength: 2, maxLength: 9 },
  )
  .map((nodes) =>
    nodes.map((node, index): Node => ({
      ...node,
      needs: [...new Set(node.needs.map((one) => one % (index + 1)).filter((one) => one < index))],
    })),
  )

/** Runs a graph as the one stage of a plan; answers how it ended, when each step and its way back began and ended, and the tags. */
async function ran(graph: readonly Node[], failing?: number, order = graph.map((_, index) => index)) {
  const clock = handClock(0)
  const local = createLocalAws({ now: clock.now, throttle: false })
  local.provision({ clusters: ['c'] })
  const transport = transportInProcess((request) => {
    clock.touch()
    return local.handle(request)
  })
  const steps = order.map((index) => stepOf(graph[index]!, index, failing))
  const plan: Plan = {
    ...wording({ command: 'cluster deploy', what: 'it', followed: true, idle: undefined }),
    stages: [{ title: 'All of it', steps, together: true, onFailure: 'undo' }],
    warnings: [],
  }
  const [began, ended] = [new Map<string, number>(), new Map<string, number>()]
  const result = await run(plan, {
    aws: openAws({ transport, clock }),
    clock,
    emit: (event: RunEvent) => {
      if (event.type === 'step.started') began.set(event.id, clock.now())
      if (event.type === 'step.finished' || event.type === 'step.skipped') ended.set(event.id, clock.now())
    },
    signal: new AbortController().signal,
    timeout: 3_600_000,
    earlyFail: undefined,
    until: undefined,
    program: undefined,
    handlers,
    onFailure: 'rollback',
    redact: (value) => value,
  })
  const tags = local.world.regions['us-east-1']!.tags[resourceArn] ?? []
  return { result, began, ended, tags: Object.fromEntries(tags.map(({ key, value }: any) => [key, value])) }
}

const numRuns = isThorough ? 300 : 40
const shuffled = graphs.chain((graph) =>
  fc.tuple(
    fc.constant(graph),
    fc.shuffledSubarray(
      graph.map((_, index) => index),
      { minLength: graph.length },
    ),
  ),
)

describe('the steps of a stage', () => {
  it('each begin at the very moment at which all that they need has ended, whatever else goes on', async () => {
    const property = fc.asyncProperty(shuffled, async ([graph, order]) => {
      const { result, began, ended, tags } = await ran(graph, undefined, order)
      expect(result.outcome).toBe('succeeded')
      for (const [index, { needs }] of graph.entries()) {
        const ready = Math.max(0, ...needs.map((one) => ended.get(`${nameOf(one)} done`) ?? Infinity))
        expect([nameOf(index), began.get(`${nameOf(index)} done`)]).toEqual([nameOf(index), ready])
        expect(tags[nameOf(index)]).toBe('done')
      }
    })
    await fc.assert(property, { numRuns })
  })

  it('that fail let no other begin, and all is put back, what needs others before these', async () => {
    const property = fc.asyncProperty(shuffled, fc.nat(30), async ([graph, order], which) => {
      const failing = which % graph.length
      const { result, began, ended, tags } = await ran(graph, failing, order)
      expect(result).toMatchObject({ outcome: 'restored', left: [], problem: { what: `${nameOf(failing)} failed.` } })
      const failedAt = began.get(`${nameOf(failing)} done`)! + graph[failing]!.seconds * 1000
      for (const [index, { needs }] of graph.entries()) {
        const at = began.get(`${nameOf(index)} done`)
        expect(at ?? 0).toBeLessThanOrEqual(failedAt)
        if (needs.includes(failing)) expect(at).toBe(undefined)
        expect(tags[nameOf(index)]).toBe(at === undefined ? undefined : 'undone')
        if (at === undefined) continue
        const back = began.get(`${nameOf(index)} undone`)!
        const dependents = graph.flatMap((one, other) => (one.needs.includes(index) ? other : []))
        const free = dependents.flatMap((one) => ended.get(`${nameOf(one)} undone`) ?? [])
        expect(back).toBe(Math.max(failedAt, ...free))
      }
    })
    await fc.assert(property, { numRuns })
  })

  it('that want headway take their turns in the order of what they are about, and hold up nobody who is ready', async () => {
    const node = { seconds: 60, back: 1, takesTurns: true, needs: [] }
    const graph = [{ ...node, seconds: 600 }, { ...node, needs: [0] }, node, node]
    const { began } = await ran(graph, undefined, [3, 2, 1, 0])
    expect([...began]).toEqual([
      ['step-00 done', 0],
      ['step-02 done', 0],
      ['step-03 done', 0],
      ['step-01 done', 600_000],
    ])
  })
})
