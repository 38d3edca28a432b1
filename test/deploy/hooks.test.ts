// The methods of a class that are called around its deploy.
import { describe, expect, it } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import type { AfterDeploy, DeployHooks } from '../../src/deploy/hooks/deployHooks.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import { EcsTaskError, UncaughtError } from '../../src/ground/errors.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

type Class = Declared & DeployHooks & { name?: string }

/** A class with a service of its own, which writes down what is called on it. */
function classOf(name: string, called: string[], more: Partial<Class> = {}): Class {
  const family = name.toLowerCase()
  return {
    ...web({ runTasks: [], eventTargets: [] }),
    name,
    taskDefinition: { family, containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', memory: 512 }] },
    updateServices: [{ cluster: 'my_cluster', service: family }],
    beforeDeploy: ({ tag }) => void called.push(`${name} before ${tag}`),
    afterDeploy: ({ result, waited }) => void called.push(`${name} after ${result.exitCode} ${waited}`),
    afterFailure: ({ result }) => void called.push(`${name} failed ${result.exitCode} ${result.outcome}`),
    ...more,
  }
}

const interrupted = (): EcsTaskError =>
  new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })
const warnings = (events: readonly ToldEvent[]): string[] => ofType(events, 'warning.raised').map(({ text }) => text)
const never = (): Promise<void> => new Promise(() => {})

describe('beforeDeploy', () => {
  it('is awaited before the first write, class after class, and afterDeploy after the last', async () => {
    const called: string[] = []
    const { deploy, sent } = stage([
      classOf('Api', called, {
        async beforeDeploy() {
          await new Promise((resolve) => setImmediate(resolve))
          called.push(
            `Api before, ${sent.filter(({ operation }) => /^(Register|Update)/.test(operation)).length} writes`,
          )
        },
      }),
      classOf('Web', called),
    ])
    expect((await deploy('v2')).exitCode).toBe(0)
    expect(called).toEqual(['Api before, 0 writes', 'Web before v2', 'Api after 0 true', 'Web after 0 true'])
  })

  it('is called on what the user has made, with frozen data', async () => {
    const seen: unknown[] = []
    class Web implements DeployHooks {
      taskDefinition = web().taskDefinition
      beforeDeploy(context: object): void {
        seen.push(this instanceof Web, Object.isFrozen(context), context)
      }
    }
    await stage(new Web()).deploy('v2')
    expect(seen).toEqual([
      true,
      true,
      { tag: 'v2', definition: expect.objectContaining({ name: 'Task' }), local: false },
    ])
  })

  it('that throws refuses the whole run: nothing is written, and the classes before it hear of it', async () => {
    const called: string[] = []
    const password = 'battery-staple-9'
    const { deploy, world } = stage([
      classOf('Api', called),
      classOf('Web', called, {
        taskDefinition: {
          family: 'web',
          containerDefinitions: [
            {
              name: 'web',
              image: 'my_image:<image_tag>',
              memory: 512,
              environment: [{ name: 'DB_PASSWORD', value: password }],
            },
          ],
        },
        beforeDeploy: () => Promise.reject(new Error(`No backup with ${password}`)),
      }),
      classOf('Cron', called),
    ])
    const before = world()
    const { exitCode, outcome, problem, writes } = await deploy('v2')
    expect({ exitCode, outcome, writes }).toEqual({ exitCode: 2, outcome: 'refused', writes: [] })
    expect(problem).toMatchObject({
      code: 'HookFailed',
      what: 'beforeDeploy of Web refused the deploy.',
      why: 'No backup with •••',
    })
    expect(world()).toEqual(before)
    expect(called).toEqual(['Api before v2', 'Api failed 2 refused'])
  })

  it.each([
    [
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 10.0.0.1:443') }),
      'fetch failed: connect ECONNREFUSED 10.0.0.1:443',
    ],
    [
      new TypeError('fetch failed', { cause: new AggregateError([new Error('a'), new Error('b')]) }),
      'fetch failed: a, b',
    ],
    [new Error('not now', { cause: new Error('not now') }), 'not now'],
    [Object.assign(new Error(''), { code: 'ENOENT' }), 'ENOENT'],
    [new AggregateError([]), 'AggregateError'],
  ])('that throws says why, also where only the cause of the error says so: %s', async (error, why) => {
    const beforeDeploy = (): never => {
      throw error
    }
    const { problem } = await stage(classOf('Web', [], { beforeDeploy })).deploy('v2')
    expect(problem?.why).toBe(why)
  })

  it('that throws what is no error refuses, too', async () => {
    // eslint-disable-next-line typescript/only-throw-error
    const { deploy } = stage(
      classOf('Web', [], {
        beforeDeploy: () => {
          throw 'not today'
        },
      }),
    )
    expect((await deploy('v2')).problem).toMatchObject({ code: 'HookFailed', why: 'not today' })
  })

  it.each(['signal', 'atOnce'] as const)('that never ends is left by %s, and nothing is written', async (name) => {
    const stop = new AbortController()
    const { deploy, world } = stage(
      classOf('Web', [], {
        beforeDeploy: () => (setImmediate(() => stop.abort(interrupted())), never()),
      }),
    )
    const before = world()
    const signal = name === 'signal' ? { signal: stop.signal } : { signal: stop.signal, atOnce: stop.signal }
    expect(await deploy('v2', signal)).toMatchObject({ exitCode: 130, outcome: 'interrupted', writes: [] })
    expect(world()).toEqual(before)
  })

  it('is ended by an error that nothing has caught: 70', async () => {
    const stop = new AbortController()
    const beforeDeploy = () => (setImmediate(() => stop.abort(new UncaughtError(new Error('no')))), never())
    const { deploy } = stage(classOf('Web', [], { beforeDeploy }))
    expect(await deploy('v2', { signal: stop.signal })).toMatchObject({ exitCode: 70, writes: [] })
  })
})

describe('no method of a class is called', () => {
  it('by a dry run, a rollback, wait, or a deploy that is refused before its plan', async () => {
    const called: string[] = []
    const { deploy, rollback, wait } = stage(classOf('Web', called))
    await deploy('v2', { dryRun: true })
    await deploy('not a tag')
    expect(called).toEqual([])
    await deploy('v2')
    called.length = 0
    await rollback()
    await wait()
    expect(called).toEqual([])
  })
})

describe('afterDeploy', () => {
  it.each([
    ['--no-wait', { wait: false }],
    ['--until', { until: 'paused' }],
  ])('is told that nobody waited for the rollout: %s', async (_, more) => {
    const called: string[] = []
    const { deploy, call } = stage(classOf('Web', called))
    const lifecycleHooks = [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }]
    const deploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks }
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', deploymentConfiguration })
    await deploy('v2', more)
    expect(called).toEqual(['Web before v2', 'Web after 0 false'])
  })

  it('that throws is a warning before the last line, and the exit code stays', async () => {
    const called: string[] = []
    const { deploy, runs } = stage([
      classOf('Api', called, { afterDeploy: () => Promise.reject(new Error('no cache')) }),
      classOf('Web', called),
    ])
    const { exitCode, events } = await deploy('v2')
    expect([exitCode, runs('my_cluster/api'), called.at(-1)]).toEqual([0, 'api:2', 'Web after 0 true'])
    expect(warnings(events)).toEqual(['afterDeploy of Api failed: no cache'])
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', summary: 'Deployed v2 of Api, Web.' })
  })

  it('that never ends is left by an interrupt; what was deployed stays deployed', async () => {
    const stop = new AbortController()
    const { deploy, runs } = stage(
      classOf('Web', [], { afterDeploy: () => (setImmediate(() => stop.abort(interrupted())), never()) }),
    )
    const { exitCode, outcome, summary, events } = await deploy('v2', { signal: stop.signal })
    expect([exitCode, outcome, runs('my_cluster/web')]).toEqual([130, 'interrupted', 'web:2'])
    expect(summary).toBe('Deployed v2 of Web, but it was interrupted during: afterDeploy of Web.')
    expect(warnings(events)).toEqual(['Stopped waiting for afterDeploy of Web.'])
    expect(ofType(events, 'run.interrupted')).toHaveLength(1)
  })
})

describe('afterFailure', () => {
  it('is called on each class of a run that failed, with the result', async () => {
    const results: AfterDeploy[] = []
    const called: string[] = []
    const { deploy } = stage([
      classOf('Api', called, { afterFailure: (context) => void results.push(context) }),
      classOf('Web', called),
    ])
    const { exitCode, outcome, summary, left, problem, plan } = await deploy('crash')
    expect(exitCode).toBe(1)
    expect(results).toMatchObject([
      { tag: 'crash', waited: true, result: { exitCode, outcome, summary, left, problem } },
    ])
    expect(results[0]?.result.plan).toEqual(plan)
    expect(called).toEqual(['Api before crash', 'Web before crash', 'Web failed 1 restored'])
  })

  it('is called when not everything was put back, and one that throws is a warning', async () => {
    const afterFailure = () => Promise.reject(new Error('nobody is on call'))
    const { deploy } = stage(classOf('Web', [], { afterFailure }))
    const { exitCode, events } = await deploy('crash', { onFailure: 'leave' })
    expect(exitCode).toBe(3)
    expect(warnings(events)).toContain('afterFailure of Web failed: nobody is on call')
  })

  it('is waited for after an interrupt, until the next one ends the run at once', async () => {
    const [stop, atOnce] = [new AbortController(), new AbortController()]
    const called: string[] = []
    const { deploy } = stage([
      classOf('Api', called, {
        async afterFailure({ result }) {
          await new Promise((resolve) => setImmediate(resolve))
          called.push(`Api failed ${result.exitCode}`)
        },
      }),
      classOf('Web', called, { afterFailure: () => (setImmediate(() => atOnce.abort(interrupted())), never()) }),
    ])
    const hear = ({ type }: ToldEvent) => type === 'service.progressed' && stop.abort(interrupted())
    const { exitCode } = await deploy('v2', { signal: stop.signal, atOnce: atOnce.signal, hear })
    expect([exitCode, called.at(-1)]).toEqual([130, 'Api failed 130'])
  })

  it('is not called where nothing was written and there is nothing to end', async () => {
    const called: string[] = []
    const { name, beforeDeploy: _, ...rest } = classOf('Web', called)
    const { deploy } = stage({ name, ...rest } as Class, {
      meddle: ({ operation }) =>
        operation === 'RegisterTaskDefinition'
          ? { status: 400, body: { __type: 'ClientException', message: 'Too many.' } }
          : undefined,
    })
    expect((await deploy('v2')).exitCode).toBe(2)
    expect(called).toEqual([])
  })

  it('with --keep-going is called on the classes that failed; the others are told that they are deployed', async () => {
    const called: string[] = []
    const crashing = { name: 'web', image: 'my_image:crash', memory: 512 }
    const { deploy } = stage([
      classOf('Api', called),
      classOf('Web', called, { taskDefinition: { family: 'web', containerDefinitions: [crashing] } }),
    ])
    expect((await deploy('v2', { keepGoing: true })).exitCode).toBe(3)
    expect(called.slice(2)).toEqual(['Api after 3 true', 'Web failed 3 halfDone'])
  })
})
