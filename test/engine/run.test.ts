import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { scaleService } from '../../src/deploy/steps/scaleService.ts'
import { runTask } from '../../src/deploy/steps/runTask.ts'
import { deployHandlers } from '../../src/deploy/stepHandlers.ts'
import { executePlan } from '../../src/engine/executePlan.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import type { Plan, Stage } from '../../src/engine/plan.ts'
import { type Settings, withDefaults } from '../../src/engine/settings.ts'
import { wording } from '../../src/engine/summary.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { ofType } from '../deploy/support.ts'
import { running, service } from '../deploy/service/support.ts'

const interrupted = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })

/** The services `a`, `b` and `c` of two tasks each, of which AWS refuses to scale those named. */
function staged({ refused = [] as string[], cut = [] as string[] } = {}) {
  const staging = running(
    ['a', 'b', 'c'].map((name) => service(name)),
    {
      meddle: ({ operation, input }) => {
        if (operation !== 'UpdateService') return undefined
        if (cut.includes(input.service)) return 'cut'
        return refused.includes(input.service)
          ? { status: 400, body: { __type: 'ClientException', message: 'not now' } }
          : undefined
      },
    },
  )
  const execute = async (
    stages: readonly Partial<Stage>[],
    more: Settings & { hear?: (event: ToldEvent) => void } = {},
  ) => {
    const plan: Plan = {
      ...wording({ command: 'update', what: 'a, b, c', followed: false }),
      stages: stages.map((stage, index) => ({
        title: `Stage ${index}`,
        steps: [],
        together: false,
        onFailure: 'undo',
        ...stage,
      })),
      warnings: [],
    }
    const events: ToldEvent[] = []
    const hear = (event: ToldEvent): void => (events.push(event), more.hear?.(event))
    const settings = withDefaults({ ...staging.settings, listeners: [{ hear }], ...more })
    const result = await executePlan(
      { ...settings, handlers: deployHandlers, command: 'update', definitions: [] },
      async () => plan,
    )
    return { ...result, events }
  }
  const counts = (): number[] => ['a', 'b', 'c'].map((name) => staging.service(`production1/${name}`).desiredCount)
  return { ...staging, execute, counts }
}

const scaled = (name: string, desiredCount = 3) => {
  const of = { cluster: 'production1', service: name }
  return scaleService(
    { ...of, desiredCount },
    { wait: false, undo: [scaleService({ ...of, desiredCount: 2 }, { wait: false })] },
  )
}
const begun = (events: readonly ToldEvent[]): string[] =>
  ofType(events, 'step.started').map(({ id, undoing }) => `${undoing ? 'back: ' : ''}${id.split('/')[1]}`)

describe('what a stage settles', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => scaled(name))

  it('is not put back any more when a later stage fails', async () => {
    const { execute, counts } = staged({ refused: ['c'] })
    const result = await execute([{ steps: [a!] }, { steps: [b!], settles: [a!.id, b!.id] }, { steps: [c!] }])
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.summary).toContain('what was in progress is as it was; what was done before stays')
    expect(counts()).toEqual([3, 3, 2])
  })

  it('is put back when that stage itself fails', async () => {
    const { execute, counts } = staged({ refused: ['b'] })
    const result = await execute([{ steps: [a!] }, { steps: [b!], settles: [a!.id] }])
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(result.summary).toContain('everything is as it was')
    expect(counts()).toEqual([2, 2, 2])
  })

  it('is not half done where the run is ended at once afterwards', async () => {
    const [stop, atOnce] = [new AbortController(), new AbortController()]
    const { execute, counts } = staged()
    const { left, exitCode } = await execute([{ steps: [a!] }, { steps: [b!], settles: [a!.id] }, { steps: [c!] }], {
      signal: stop.signal,
      atOnce: atOnce.signal,
      hear: (event) => {
        if (event.type !== 'stage.started' || event.title !== 'Stage 2') return
        stop.abort(interrupted)
        atOnce.abort(interrupted)
      },
    })
    expect(exitCode).toBe(130)
    expect(left).toEqual([
      expect.stringMatching(/^Scale service b to 2: it was left\. Do it with: aws ecs update-service /),
    ])
    expect(counts()).toEqual([3, 3, 2])
  })
})

describe('a stage', () => {
  const steps = ['a', 'b', 'c'].map((name) => scaled(name))

  it.each(['report', 'warn'] as const)(
    'that failures do not end (%s) goes on with its other steps',
    async (onFailure) => {
      for (const together of [true, false]) {
        const { execute, counts } = staged({ refused: ['b'] })
        const { exitCode, left, events } = await execute([{ steps, together, onFailure }])
        expect(counts()).toEqual([3, 2, 3])
        const warnings = ofType(events, 'warning.raised').map(({ text }) => text)
        const text = 'Scale service b to 3: AWS refused: not now'
        if (onFailure === 'warn') expect([exitCode, left, warnings]).toEqual([0, [], [text]])
        else
          expect([exitCode, left, warnings]).toEqual([
            3,
            [expect.stringMatching(`^${text} Do it with: aws ecs update-service `)],
            [],
          ])
      }
    },
  )

  it('that is interrupted and only reported names what it has not begun', async () => {
    const stop = new AbortController()
    const { execute, counts } = staged()
    const { exitCode, left, events } = await execute([{ steps, onFailure: 'report' }], {
      signal: stop.signal,
      hear: (event) => event.type === 'step.finished' && stop.abort(interrupted),
    })
    expect([exitCode, counts()]).toEqual([130, [3, 2, 2]])
    expect(left).toEqual(
      ['b', 'c'].map((name) =>
        expect.stringMatching(`^Scale service ${name} to 3: it was not started\\. Do it with: `),
      ),
    )
    expect(begun(events)).toEqual(['a 3'])
  })

  it('without steps is not told of', async () => {
    const { events } = await staged().execute([{}, { steps: [steps[0]!] }])
    expect(ofType(events, 'stage.started')).toMatchObject([{ title: 'Stage 1' }])
  })

  it('is put back the newest first where its steps are about the same', async () => {
    const { execute, counts, writes } = staged({ refused: ['c'] })
    const to = (from: number, count: number) => {
      const of = { cluster: 'production1', service: 'a' }
      const undo = [scaleService({ ...of, desiredCount: from }, { wait: false })]
      return scaleService({ ...of, desiredCount: count }, { wait: false, undo })
    }
    const { exitCode } = await execute([{ steps: [to(2, 3)] }, { steps: [to(3, 4)] }, { steps: [steps[2]!] }])
    expect([exitCode, counts()]).toEqual([1, [2, 2, 2]])
    expect(
      writes()
        .filter(({ input }) => input.service === 'a')
        .map(({ input }) => input.desiredCount),
    ).toEqual([3, 4, 3, 2])
  })
})

describe('a one-off task that a run resumes', () => {
  const input = { family: 'job', containerDefinitions: [{ name: 'job', image: 'job:slow-2m', memory: 64 }] }
  const step = (startedBy: string, count: number, resumes = true) => {
    const revision = 'arn:aws:ecs:us-east-1:123456789012:task-definition/job:1'
    return runTask('runTask job', {
      run: { cluster: 'production1', startedBy, count },
      family: 'job',
      revision,
      essential: ['job'],
      resumes,
    })
  }

  it.each([
    ['is followed in place of a new one', 'us', 2, true, 0],
    ['of somebody else is left alone', 'them', 2, true, 2],
    ['of which not all are there any more is started anew', 'us', 3, true, 3],
    ['where it does not resume is started anew', 'us', 2, false, 2],
  ])('%s', async (_, startedBy, count, resumes, started) => {
    const { execute, call, tasks } = staged()
    call('ecs', 'RegisterTaskDefinition', input)
    call('ecs', 'RegisterTaskDefinition', input)
    for (const taskDefinition of ['job:1', 'job:2'])
      call('ecs', 'RunTask', { cluster: 'production1', taskDefinition, startedBy: 'us/0123456789abcdef', count: 2 })
    const before = tasks().length
    const { exitCode } = await execute([{ steps: [step(startedBy, count, resumes)] }])
    expect([exitCode, tasks().length - before]).toEqual([0, started])
  })
})

describe('a run', () => {
  const steps = [scaled('a')]

  it('leaves no listener behind on its signal, and waits for those who hear of it to close', async () => {
    const { signal } = new AbortController()
    const { execute, clock } = staged()
    const closed: string[] = []
    const close = async (): Promise<void> => (await clock.sleep(5_000), void closed.push('closed'))
    const listeners = [
      { hear() {}, close },
      { hear() {}, close: async () => Promise.reject(new Error('it cannot close')) },
    ]
    expect((await execute([{ steps }], { signal, listeners })).exitCode).toBe(0)
    expect(closed).toEqual(['closed'])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('has nobody notified of what it only plans, and asks nobody to agree to what changes nothing', async () => {
    const connected: boolean[] = []
    const connect = () => (connected.push(true), [])
    let asked = 0
    const agree = async (): Promise<boolean> => (asked++, false)
    const { execute, writes } = staged()
    expect((await execute([{ steps }], { dryRun: true, connect, agree })).exitCode).toBe(0)
    expect([connected, asked]).toEqual([[], 0])
    expect((await execute([{}], { connect, agree })).exitCode).toBe(0)
    expect([connected, asked]).toEqual([[true], 0])
    expect(await execute([{ steps }], { connect, agree })).toMatchObject({
      exitCode: 2,
      problem: { what: 'It was not confirmed.' },
    })
    expect([asked, writes()]).toEqual([1, []])
  })

  it('has failed of what failed first, and not of what was then given up', async () => {
    const { execute } = staged({ refused: ['b'], cut: ['a'] })
    const { problem, events } = await execute([{ steps: [scaled('a'), scaled('b')], together: true }])
    expect(problem?.what).toBe('AWS refused: not now')
    const failed = ofType(events, 'step.failed').filter(({ undoing }) => !undoing)
    expect(failed.map(({ id }) => id.split('/')[1])).toEqual(['b 3', 'a 3'])
  })
})
