import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { classOf, fleet } from './fleet.ts'
import { ofType } from './support.ts'

const program = 'tsx all.ts'
const keepGoing = true
const again = (command: string): string =>
  `${command.startsWith('deploy') ? 'Deploy it' : 'Roll it back'} with: ${program} ${command}`
const shop = [
  classOf('Api', { rule: 'nightly', activeTaskCount: 1 }),
  classOf('Web', { after: ['Api'] }),
  classOf('Cron', { after: ['Web'], rule: 'nightly' }),
  classOf('Docs', { activeTaskCount: 1 }),
]
/** The same classes, those named with an image that can't be pulled. */
const broken = (...names: string[]) =>
  shop.map((one) => {
    if (!names.includes(one.name)) return one
    const { taskDefinition } = classOf(one.name, { fault: 'no-pull' })
    return { ...one, taskDefinition }
  })
const of = (one: ReturnType<typeof fleet>) =>
  ['api', 'web', 'cron', 'docs'].map((name) => one.runs(`my_cluster/${name}`))

describe('keepGoing', () => {
  it('changes nothing where no class fails', async () => {
    const aws = fleet(shop)
    const { exitCode, summary, left } = await aws.deploy('v2', { keepGoing })
    expect([exitCode, summary, left]).toEqual([0, 'Deployed v2 of Api, Web, Cron, Docs.', []])
    expect(of(aws)).toEqual(['api:2', 'web:2', 'cron:2', 'docs:2'])
    expect([aws.active('api'), aws.active('docs'), aws.active('web')]).toEqual([
      ['api:2'],
      ['docs:2'],
      ['web:1', 'web:2'],
    ])
  })

  it('puts the class that failed back at once, starts none that is after it, and completes the others', async () => {
    const aws = fleet(broken('Web'))
    const { exitCode, outcome, summary, left, problem, events } = await aws.deploy('v2', { keepGoing, program })
    expect([exitCode, outcome]).toEqual([3, 'halfDone'])
    expect(summary).toBe('Deployed v2 of 2 of 4 classes; Web failed and was put back; Cron was not started.')
    expect(left).toEqual([
      `Web failed and was put back. ${again('deploy v2 --only Web')}`,
      `Cron was not started, because Web failed. ${again('deploy v2 --only Web,Cron')}`,
    ])
    expect(problem?.what).toBe('The rollout of web failed.')
    expect(of(aws)).toEqual(['api:2', 'web:1', 'cron:1', 'docs:2'])
    expect(['web', 'cron'].map(aws.active)).toEqual([['web:1'], ['cron:1']])
    expect(aws.targets('nightly').map(({ Id }) => Id)).toEqual(['api'])
    const skipped = ofType(events, 'step.skipped').map(({ title, reason }) => `${title}: ${reason}`)
    expect(skipped).toContain('Update service cron in my_cluster: not started, because Web failed')
    expect(ofType(events, 'undo.started').map(({ units }) => units)).toEqual([['Web', 'Cron']])
  })

  it('prunes nothing of a family of a class that failed', async () => {
    const aws = fleet(broken('Docs'))
    await aws.deploy('v2', { keepGoing })
    expect([aws.active('api'), aws.active('docs')]).toEqual([['api:2'], ['docs:1']])
  })

  it('ends with 1 where all classes failed, and are as before', async () => {
    const aws = fleet(broken('Api', 'Docs'))
    const { exitCode, summary, left } = await aws.deploy('v2', { keepGoing, program })
    expect([exitCode, left]).toEqual([1, []])
    expect(summary).toBe('Deploy v2 of Api, Web, Cron, Docs failed; everything is as it was.')
    expect(of(aws)).toEqual(['api:1', 'web:1', 'cron:1', 'docs:1'])
    expect(['api', 'web', 'cron', 'docs'].map(aws.active)).toEqual([['api:1'], ['web:1'], ['cron:1'], ['docs:1']])
  })

  it('ends with 1 where the others had nothing to change', async () => {
    const aws = fleet([classOf('Docs'), classOf('Web', { fault: 'no-pull' })])
    await aws.deploy('v2', { keepGoing })
    const { exitCode, summary } = await aws.deploy('v2', { keepGoing, skipUnchanged: true })
    expect([exitCode, summary]).toEqual([1, 'Deploy v2 of Docs, Web failed; everything is as it was.'])
    expect([aws.runs('my_cluster/docs'), aws.runs('my_cluster/web')]).toEqual(['docs:2', 'web:1'])
  })

  it('ends with 2 where the first call of each class was refused', async () => {
    const refused = { status: 400, body: { __type: 'ClientException', message: 'not now' } }
    const aws = fleet(shop, {
      meddle: ({ operation }) => (operation === 'RegisterTaskDefinition' ? refused : undefined),
    })
    const { exitCode, summary, writes } = await aws.deploy('v2', { keepGoing, program })
    expect([exitCode, summary]).toEqual([2, 'Deploy v2 of Api, Web, Cron, Docs changed nothing.'])
    expect(writes.every(({ operation }) => operation === 'RegisterTaskDefinition')).toBe(true)
  })

  it('puts back what classes have registered that are not started', async () => {
    const refused = { status: 400, body: { __type: 'ClientException', message: 'not now' } }
    const aws = fleet(shop, {
      meddle: ({ operation, input }) =>
        operation === 'RegisterTaskDefinition' && input['family'] === 'web' ? refused : undefined,
    })
    const { exitCode, left } = await aws.deploy('v2', { keepGoing, program })
    expect(exitCode).toBe(3)
    expect(left[0]).toBe(`Web failed and changed nothing. ${again('deploy v2 --only Web')}`)
    expect(of(aws)).toEqual(['api:2', 'web:1', 'cron:1', 'docs:2'])
    expect(aws.active('cron')).toEqual(['cron:1'])
  })

  it('with leave, names what was left of the class that failed, and puts nothing back', async () => {
    const aws = fleet(broken('Web'))
    const { exitCode, summary, left } = await aws.deploy('v2', { keepGoing, program, onFailure: 'leave' })
    expect([exitCode, summary]).toEqual([
      3,
      'Deployed v2 of 2 of 4 classes; Web failed and was left as it is; Cron was not started.',
    ])
    // ECS itself rolled the service back.
    expect(left.map((line) => line.split('. ')[0])).toEqual([
      'Deregister the new revision of cron: it was left',
      'Deregister the new revision of web: it was left',
      'Web failed and was left as it is',
      'Cron was not started, because Web failed',
    ])
    expect(of(aws)).toEqual(['api:2', 'web:1', 'cron:1', 'docs:2'])
    expect(aws.active('web')).toEqual(['web:1', 'web:2'])
  })

  it('with stop, has ECS stop the rollouts of the class that failed alone', async () => {
    const aws = fleet(broken('Web'))
    const { exitCode, left } = await aws.deploy('v2', { keepGoing, program, onFailure: 'stop' })
    expect(exitCode).toBe(3)
    expect(left.join(' ')).toContain('Web failed and was stopped.')
    expect([of(aws)[0], of(aws)[3]]).toEqual(['api:2', 'docs:2'])
  })

  it('ends with 3 where one was superseded, and says to look first', async () => {
    const aws = fleet(shop)
    const { exitCode, summary, left } = await aws.deploy('v2', {
      keepGoing,
      program,
      hear: (event) => {
        if (event.type !== 'service.progressed' || event.service !== 'docs' || aws.runs('my_cluster/docs') === 'docs:1')
          return
        aws.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'docs', taskDefinition: 'docs:1' })
      },
    })
    expect([exitCode, summary]).toEqual([3, 'Deployed v2 of 3 of 4 classes; Docs was superseded.'])
    expect(left).toEqual([`Docs was superseded. See what it runs with: ${program} status --only Docs`])
  })

  it.each(['rollback', 'leave'] as const)('is ended by a signal as any run: %s', async (onFailure) => {
    const stop = new AbortController()
    const aws = fleet(broken('Web'))
    const { exitCode, summary, left } = await aws.deploy('v2', {
      keepGoing,
      onFailure,
      signal: stop.signal,
      hear: ({ type }) => {
        if (type === 'service.progressed')
          stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } }))
      },
    })
    expect(exitCode).toBe(130)
    if (onFailure === 'leave') return expect(left.length).toBeGreaterThan(0)
    expect([summary, left]).toEqual(['Deploy v2 of Api, Web, Cron, Docs was interrupted; everything is as it was.', []])
    expect(of(aws)).toEqual(['api:1', 'web:1', 'cron:1', 'docs:1'])
  })

  it('rolls back what can be rolled back', async () => {
    const refused = { status: 400, body: { __type: 'ClientException', message: 'not now' } }
    const kept = shop.map(({ activeTaskCount: _, ...one }) => one)
    const aws = fleet(kept, {
      meddle: ({ operation, input }) =>
        operation === 'UpdateService' && input['service'] === 'web' && input['taskDefinition'].endsWith('web:1')
          ? refused
          : undefined,
    })
    await aws.deploy('v2')
    const { exitCode, summary, left } = await aws.rollback({ keepGoing, program, to: 'v0' })
    expect([exitCode, summary]).toEqual([
      3,
      'Rolled back 2 of 4 classes; Web failed and changed nothing; Api was not started.',
    ])
    expect(left).toEqual([
      `Web failed and changed nothing. ${again('rollback --to v0 --only Web')}`,
      `Api was not started, because Web failed. ${again('rollback --to v0 --only Api,Web')}`,
    ])
    expect(of(aws)).toEqual(['api:2', 'web:2', 'cron:1', 'docs:1'])
    expect(aws.active('web')).toContain('web:2')
    expect(aws.active('cron')).toEqual(['cron:1'])
  })
})
