import { describe, expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

const noTasks = { runTasks: [] }

describe('an interrupt', () => {
  const interrupted = (signal: string): EcsTaskError =>
    new EcsTaskError('Interrupted', `Interrupted by ${signal}.`, { evidence: { signal } })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('by %s rolls everything back and ends %d', async (name, exitCode) => {
    const { deploy, runs, active } = stage(web(noTasks))
    const stop = new AbortController()
    const result = await deploy('v2', {
      signal: stop.signal,
      hear: (event) => event.type === 'service.progressed' && event.running > 0 && stop.abort(interrupted(name)),
    })
    expect(result).toMatchObject({ exitCode, outcome: 'interrupted', left: [] })
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(active('web')).toEqual(['web:1'])
  })

  it.each(['RegisterTaskDefinition', 'UpdateService', 'PutTargets'])(
    'that comes before AWS has answered %s, the last call of its stage, puts that back too',
    async (operation) => {
      const stop = new AbortController()
      const { deploy, runs, active, targets } = stage(web(noTasks), {
        meddle: (sent) => void (sent.operation === operation && stop.abort(interrupted('SIGINT'))),
      })
      const result = await deploy('v2', { signal: stop.signal, wait: false })
      expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted', left: [] })
      expect(result.summary).toBe('Deploy v2 of Task was interrupted; everything is as it was.')
      expect([runs('my_cluster/web'), active('web'), targets('nightly')]).toEqual(['web:1', ['web:1'], []])
    },
  )

  it('before the first call changes nothing', async () => {
    const stop = new AbortController()
    const { deploy, active } = stage(web(noTasks))
    const result = await deploy('v2', {
      signal: stop.signal,
      hear: (event) => event.type === 'stage.started' && stop.abort(interrupted('SIGINT')),
    })
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted', writes: [] })
    expect(result.summary).toBe('Deploy v2 of Task was interrupted; changed nothing.')
    expect(active('web')).toEqual(['web:1'])
  })

  it('between the last calls of a rollback, more than AWS takes at once, leaves the rest undone, and says so', async () => {
    const stop = new AbortController()
    const gone = (sent: { operation: string }): boolean => sent.operation === 'DeregisterTaskDefinition'
    const { call, rollback, runs, active } = stage(web({ ...noTasks, eventTargets: [] }), {
      meddle: (sent) => void (gone(sent) && stop.abort(interrupted('SIGINT'))),
    })
    const containerDefinitions = [{ name: 'web', image: 'my_image:v2', memory: 512 }]
    for (let count = 0; count < 25; count++)
      call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', taskDefinition: 'web:2' })
    const result = await rollback({ to: '1', signal: stop.signal })
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted' })
    expect(result.summary).toBe('Rolled Task back to web:1, but it was interrupted during: Deregister newer revisions.')
    expect(runs('my_cluster/web')).toBe('web:1')
    const standing = active('web').slice(1)
    expect(standing.length).toBeGreaterThan(0)
    expect(standing.length).toBeLessThan(25)
    expect(result.left.length).toBe(standing.length)
    for (const revision of standing) {
      expect(result.left).toContainEqual(
        expect.stringMatching(`^Deregister ${revision}: .* aws ecs deregister-task-definition `),
      )
    }
  })

  it.each([
    [
      'RegisterTaskDefinition',
      'Deploy v2 of Task was ended at once; NOT everything was put back.',
      [/^Register a new revision of web: it was in progress\.$/],
    ],
    [
      'UpdateService',
      'Deploy v2 of Task was ended at once; NOT everything was put back.',
      [
        /^Update service web in my_cluster: it was in progress\.$/,
        /^Put service web back to web:1: it was left\. Do it with: aws ecs update-service /,
        /^Deregister the new revision of web: it was left\. Do it with: aws ecs deregister-task-definition /,
      ],
    ],
    [
      'DeregisterTaskDefinition',
      'Started deploying v2 of Task; not waiting for it (--no-wait), but it was ended at once during: Prune old revisions.',
      [/^Deregister web:2 if unused: it was in progress\.$/],
    ],
  ])('a second time during %s names what is half done', async (operation, summary, left) => {
    const [stop, atOnce] = [new AbortController(), new AbortController()]
    const { deploy, call } = stage(web({ ...noTasks, eventTargets: [], activeTaskCount: 1 }), {
      meddle: (sent) => {
        if (sent.operation !== operation) return
        stop.abort(interrupted('SIGINT'))
        atOnce.abort(interrupted('SIGINT'))
      },
    })
    call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'i', memory: 512 }],
    })
    const result = await deploy('v2', { signal: stop.signal, atOnce: atOnce.signal, wait: false })
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted', summary })
    expect(result.left).toEqual(left.map((text) => expect.stringMatching(text)))
    expect(result.events.at(-1)).toMatchObject({ type: 'run.finished', summary })
  })

  it('a second time where nothing is half done says so, and whether anything was changed', async () => {
    const atOnceAt = (is: (event: ToldEvent) => boolean) => {
      const [stop, atOnce] = [new AbortController(), new AbortController()]
      const abort = (): void => [stop, atOnce].forEach((one) => one.abort(interrupted('SIGINT')))
      return { signal: stop.signal, atOnce: atOnce.signal, hear: (event: ToldEvent) => is(event) && abort() }
    }
    const { deploy, wait } = stage(web({ eventTargets: [] }))
    await deploy('v2', { wait: false })
    const watched = await wait(atOnceAt(({ type }) => type === 'service.progressed'))
    expect(watched).toMatchObject({ exitCode: 130, outcome: 'interrupted', left: [] })
    expect(watched.summary).toBe('Wait for Task was ended at once; changed nothing.')
    // The one-off task of the revision that is there has ended, and nobody has told a service of it.
    const isNext = (event: ToldEvent): boolean =>
      event.type === 'stage.started' && event.title === 'Update the services'
    const result = await deploy('v2', { ...atOnceAt(isNext), skipUnchanged: true })
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted', left: [] })
    expect(result.summary).toBe('Deploy v2 of Task was ended at once; nothing is half done.')
  })

  it('a second time is the last that is heard of, whatever AWS still answers', async () => {
    const [stop, atOnce] = [new AbortController(), new AbortController()]
    const heard: string[] = []
    const { deploy, clock } = stage(web({ ...noTasks, eventTargets: [] }), {
      meddle: ({ operation }) => {
        if (operation === 'UpdateService') for (const one of [stop, atOnce]) one.abort(interrupted('SIGINT'))
      },
    })
    await deploy('v2', { signal: stop.signal, atOnce: atOnce.signal, hear: ({ type }) => heard.push(type) })
    await clock.sleep(20 * 60_000)
    expect(heard.at(-1)).toBe('run.finished')
    expect(heard.filter((type) => type === 'run.finished')).toHaveLength(1)
  })

  it.each([
    ['what has not come to its end', false, [/^Deregister the new revision of web: it was in progress\./]],
    [
      'what has failed there',
      true,
      [/^Put service web back to web:1: it was left\./, /^Deregister the new revision of web: it was in progress\./],
    ],
  ])('a second time on the way back names %s', async (_, isRefused, left) => {
    const [stop, atOnce] = [new AbortController(), new AbortController()]
    const { deploy } = stage(web({ ...noTasks, eventTargets: [] }), {
      meddle: ({ operation }) =>
        operation === 'UpdateService' && isRefused && stop.signal.aborted
          ? { status: 400, body: { __type: 'ClientException', message: 'no more' } }
          : undefined,
    })
    const result = await deploy('v2', {
      signal: stop.signal,
      atOnce: atOnce.signal,
      hear: (event) => {
        if (event.type === 'service.progressed') stop.abort(interrupted('SIGINT'))
        if (event.type === 'step.started' && event.kind === 'deregisterTaskDefinition')
          atOnce.abort(interrupted('SIGINT'))
      },
    })
    expect(result).toMatchObject({ exitCode: 130, left: left.map((text) => expect.stringMatching(text)) })
    expect(result.left).toHaveLength(left.length)
  })

  it('a second time names what may be left over in any case', async () => {
    const [stop, atOnce] = [new AbortController(), new AbortController()]
    let registrations = 0
    const { deploy } = stage(web({ ...noTasks, eventTargets: [] }), {
      meddle: ({ operation }) => {
        if (operation !== 'RegisterTaskDefinition') return undefined
        if (++registrations === 2) for (const one of [stop, atOnce]) one.abort(interrupted('SIGINT'))
        return 'cut'
      },
    })
    const { left } = await deploy('v2', { signal: stop.signal, atOnce: atOnce.signal })
    expect(left).toEqual([
      'Register a new revision of web: it was in progress.',
      expect.stringMatching(/^A revision of web may have been registered and is unused\./),
    ])
  })

  it('after the run is heard of by nobody', async () => {
    const stop = new AbortController()
    const { deploy } = stage(web(noTasks))
    const { exitCode, events } = await deploy('v2', { signal: stop.signal })
    stop.abort(interrupted('SIGINT'))
    expect([exitCode, events.at(-1)!.type]).toEqual([0, 'run.finished'])
  })

  it('says of each step whether it was begun', async () => {
    const stop = new AbortController()
    const services = ['a', 'b'].map((service) => ({ cluster: 'my_cluster', service }))
    const { deploy } = stage(web({ ...noTasks, updateServices: services }))
    const { events } = await deploy('v2', {
      signal: stop.signal,
      hear: (event) => event.type === 'step.started' && event.id.endsWith('/b') && stop.abort(interrupted('SIGINT')),
    })
    expect(ofType(events, 'step.skipped').map(({ id, reason }) => [id, reason])).toEqual([
      ['updateService my_cluster/b', 'not started'],
      ['updateService my_cluster/a', 'no longer followed'],
    ])
  })

  it('during a migration stops it', async () => {
    const { deploy, tasks, active } = stage(web())
    const stop = new AbortController()
    const result = await deploy('slow-10m', {
      signal: stop.signal,
      hear: (event) => event.type === 'task.progressed' && stop.abort(interrupted('SIGINT')),
    })
    expect(result.exitCode).toBe(130)
    expect(tasks().find((task) => task.group === 'family:web')!.lastStatus).toBe('STOPPED')
    expect(active('web')).toEqual(['web:1'])
  })
})
