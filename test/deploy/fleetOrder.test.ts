import { describe, expect, it } from 'vitest'
import { classOf, fleet, mostAtOnce, times } from './fleet.ts'
import { ofType } from './support.ts'

const classes = [
  classOf('Api', { after: ['Migrations'], rule: 'nightly' }),
  classOf('Migrations', { task: true, updateServices: [] }),
  classOf('Web', { after: ['Api'] }),
  classOf('Docs'),
]

describe('classes that are after others', () => {
  it('begin once these are done, their event targets too; independent ones go side by side', async () => {
    const { deploy, runs, targets } = fleet(classes)
    const { exitCode, events, plan, summary } = await deploy('v2')
    expect([exitCode, summary]).toEqual([0, 'Deployed v2 of Api, Migrations, Web, Docs.'])
    expect(plan?.stages.filter(({ steps }) => steps.length > 0).map(({ title }) => title)).toEqual([
      'Register',
      'Deploy the classes',
    ])
    const at = times(events)
    expect(at['updateService docs']!.began).toBe(at['runTask Migrations/0']!.began)
    expect(at['updateService api']!.began).toBe(at['runTask Migrations/0']!.ended)
    expect(at['putTargets default/nightly api']!.began).toBe(at['updateService api']!.ended)
    expect(at['updateService web']!.began).toBe(at['putTargets default/nightly api']!.ended)
    expect(['api', 'web', 'docs'].map((name) => runs(`my_cluster/${name}`))).toEqual(['api:2', 'web:2', 'docs:2'])
    expect(targets('nightly')).toHaveLength(1)
  })

  it('are all put back when one fails, as without an order', async () => {
    const { deploy, runs, active } = fleet([
      ...classes.slice(0, 2),
      classOf('Web', { after: ['Api'], fault: 'no-pull' }),
    ])
    const { exitCode, left, plan } = await deploy('v2')
    expect([exitCode, left, plan?.fleet]).toEqual([1, [], undefined])
    expect(runs('my_cluster/api')).toBe('api:1')
    expect(['api', 'migrations', 'web'].map(active)).toEqual([['api:1'], [], ['web:1']])
  })

  it('wait through classes that have nothing to do', async () => {
    const { deploy } = fleet([
      classOf('C', { after: ['B'] }),
      classOf('B', { after: ['A'], updateServices: [] }),
      classOf('A'),
    ])
    const at = times((await deploy('v2')).events)
    expect(at['updateService c']!.began).toBe(at['updateService a']!.ended)
  })

  it('go back in the opposite order', async () => {
    const { deploy, rollback } = fleet(classes.filter(({ name }) => name !== 'Migrations'))
    await deploy('v2')
    const { exitCode, events, plan } = await rollback()
    expect([exitCode, plan?.stages[0]?.title]).toEqual([0, 'Roll the classes back'])
    const at = times(events)
    expect(at['updateService api']!.began).toBe(at['updateService web']!.ended)
    expect(at['updateService docs']!.began).toBe(at['updateService web']!.began)
  })

  it('of one rule never set it at the same time, whatever their order', async () => {
    const { deploy, sent } = fleet([
      classOf('A', { rule: 'nightly', after: ['B'] }),
      classOf('B', { rule: 'nightly' }),
      classOf('C', { rule: 'nightly' }),
    ])
    expect((await deploy('v2')).exitCode).toBe(0)
    const puts = sent.filter(({ operation }) => operation === 'PutTargets').map(({ input }) => input['Targets'][0].Id)
    expect(new Set(puts)).toEqual(new Set(['a', 'b', 'c']))
    expect(puts.indexOf('b')).toBeLessThan(puts.indexOf('a'))
  })
})

describe('classes without an order', () => {
  it('are planned as ever: all tasks, then all services, then all targets', async () => {
    const { deploy } = fleet([classOf('A', { task: true, rule: 'x' }), classOf('B', { after: ['Elsewhere'] })])
    const { plan, exitCode } = await deploy('v2')
    expect(exitCode).toBe(0)
    expect(plan?.stages.map(({ title }) => title)).toEqual([
      'Register',
      'Run the one-off tasks',
      'Update the services',
      'Set the event targets',
      'Prune old revisions',
    ])
  })
})

describe('maxInFlight', () => {
  const many = Array.from({ length: 9 }, (_, index) => classOf(`S${index}`))

  it.each([1, 2, 4])('lets at most %i services roll at one time, in the order of their names', async (maxInFlight) => {
    const { deploy } = fleet(many.toReversed())
    const { exitCode, events } = await deploy('v2', { maxInFlight })
    expect(exitCode).toBe(0)
    expect(mostAtOnce(events, ['updateService'])).toBe(maxInFlight)
    const began = ofType(events, 'step.started').flatMap(({ kind, subject }) =>
      kind === 'updateService' && subject.type === 'service' ? subject.service : [],
    )
    expect(began).toEqual(began.toSorted())
  })

  it('holds on the way back too', async () => {
    const { deploy, runs } = fleet([...many, classOf('Zulu', { fault: 'no-pull' })])
    const { exitCode, events } = await deploy('v2', { maxInFlight: 3 })
    expect(exitCode).toBe(1)
    expect(mostAtOnce(events, ['updateService', 'restoreService'])).toBe(3)
    expect(many.map(({ name }) => runs(`my_cluster/${name.toLowerCase()}`))).toEqual(
      many.map(({ name }) => `${name.toLowerCase()}:1`),
    )
  })

  it.each([0, -1, 1.5, Number.NaN])('is refused where it lets nothing begin: %d', async (maxInFlight) => {
    const { exitCode, problem, writes } = await fleet(many.slice(0, 1)).deploy('v2', { maxInFlight })
    expect([exitCode, writes]).toEqual([2, []])
    expect(problem?.what).toBe(`maxInFlight must be a whole number of at least 1, not ${maxInFlight}.`)
  })

  it('never keeps a class from those that it is after', async () => {
    const chain = many.map((one, index) => ({ ...one, ...(index > 0 && { after: [`S${index - 1}`] }) }))
    const { deploy } = fleet(chain.toReversed())
    expect((await deploy('v2', { maxInFlight: 1 })).exitCode).toBe(0)
  })
})
