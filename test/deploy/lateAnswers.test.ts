import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { type Meddle, type Sent, ofType, stage } from './support.ts'

const alone = web({ runTasks: [], eventTargets: [] })

/** Stalls the first so many answers of an operation. */
const stalling = (name: string, times: number) => {
  let left = times
  return ({ operation }: Sent) => operation === name && left-- > 0
}

describe('an answer that stalls after its headers', () => {
  it('is a lost one for an update: it is sent again, and the deploy goes on', async () => {
    const { deploy, runs } = stage(alone, { stalls: stalling('UpdateService', 1) })
    const result = await deploy('v2')
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(ofType(result.events, 'call.retried')).toMatchObject([
      { method: 'updateService', error: { name: 'TimeoutError' } },
    ])
    expect(runs('my_cluster/web')).toBe('web:2')
  })

  it('of a registration is looked for, and not sent again', async () => {
    const { deploy, runs, active } = stage(alone, { stalls: stalling('RegisterTaskDefinition', 1) })
    const { exitCode, writes } = await deploy('v2')
    expect([exitCode, runs('my_cluster/web'), active('web')]).toEqual([0, 'web:2', ['web:1', 'web:2']])
    expect(writes.filter(({ operation }) => operation === 'RegisterTaskDefinition')).toHaveLength(1)
  })

  it('of the first registration of a family is looked for too', async () => {
    const { deploy, active } = stage(web({ runTasks: [], updateServices: [], eventTargets: [] }), {
      stalls: stalling('RegisterTaskDefinition', 1),
    })
    const { exitCode, writes } = await deploy('v1')
    expect([exitCode, active('web')]).toEqual([0, ['web:1']])
    expect(writes.map(({ operation }) => operation)).toEqual(['RegisterTaskDefinition'])
  })

  it('of a registration is looked for until a lagging list shows it', async () => {
    let lists = 0
    const stale = { status: 200, body: { taskDefinitionArns: [] } }
    const { deploy, active } = stage(alone, {
      stalls: stalling('RegisterTaskDefinition', 1),
      // The first list is that of the plan.
      meddle: ({ operation }) => (operation === 'ListTaskDefinitions' && ++lists > 1 && lists < 4 ? stale : undefined),
    })
    const { exitCode, writes } = await deploy('v2')
    expect([exitCode, active('web')]).toEqual([0, ['web:1', 'web:2']])
    expect(writes.filter(({ operation }) => operation === 'RegisterTaskDefinition')).toHaveLength(1)
  })

  it('of all registrations ends the run; what may have been registered is named once', async () => {
    const { deploy, active } = stage(alone, {
      meddle: ({ operation }) => (operation === 'RegisterTaskDefinition' ? 'cut' : undefined),
    })
    const { exitCode, writes, left } = await deploy('v2')
    expect([exitCode, active('web')]).toEqual([3, ['web:1']])
    expect(writes.map(({ operation }) => operation)).toEqual(Array.from({ length: 4 }, () => 'RegisterTaskDefinition'))
    expect(left).toEqual([expect.stringContaining('A revision of web may have been registered and is unused.')])
  })

  it('of every update ends the run with everything put back', async () => {
    const { deploy, runs, active } = stage(alone, {
      stalls: ({ operation, input }) => operation === 'UpdateService' && input.taskDefinition?.endsWith('web:2'),
    })
    const { exitCode, problem } = await deploy('v2')
    expect([exitCode, runs('my_cluster/web'), active('web')]).toEqual([1, 'web:1', ['web:1']])
    expect(problem?.why).toContain('The answer was incomplete after 30 s.')
  })

  it('to the first read refuses the run, and nothing is written', async () => {
    const { deploy } = stage(alone, { stalls: stalling('DescribeServices', 100) })
    const { exitCode, problem, writes } = await deploy('v2')
    expect([exitCode, problem?.what, writes]).toEqual([2, 'AWS cannot be reached.', []])
  })
})

describe('a clock that is two hours off', () => {
  it.each([2, -2])('costs one refused request for each client, and no deploy: %i h', async (hours) => {
    const { deploy, runs, targets } = stage(web(), { ahead: hours * 3_600_000 })
    const result = await deploy('v2')
    expect([result.exitCode, result.problem]).toEqual([0, undefined])
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(targets('nightly')).toMatchObject([
      { EcsParameters: { TaskDefinitionArn: expect.stringMatching(/web:2$/) } },
    ])
    const retried = ofType(result.events, 'call.retried')
    expect(retried.length).toBeGreaterThan(0)
    expect(new Set(retried.map(({ client }) => client))).toEqual(new Set(['ecs', 'events']))
    expect(ofType(result.events, 'call.failed')).toEqual([])
  })
})

describe('a registration that did not reach AWS', () => {
  const cutOnce = (at: number): Meddle => {
    let registrations = 0
    return ({ operation }) => (operation === 'RegisterTaskDefinition' && ++registrations === at ? 'cut' : undefined)
  }

  it('is not taken for the revision before, though that is the same', async () => {
    const { deploy, runs, active } = stage(alone, { meddle: cutOnce(1) })
    expect((await deploy('initial')).exitCode).toBe(0)
    expect([runs('my_cluster/web'), active('web')]).toEqual(['web:2', ['web:1', 'web:2']])
  })

  it('is not taken for that of another class, though that is the same', async () => {
    const other = { ...alone, updateServices: [{ cluster: 'my_cluster', service: 'worker' }] }
    const { deploy, runs } = stage([alone, other], { meddle: cutOnce(2) })
    expect((await deploy('v2')).exitCode).toBe(0)
    expect([runs('my_cluster/web'), runs('my_cluster/worker')]).toEqual(['web:2', 'web:3'])
  })

  it('is not taken for what somebody else has registered with other tags', async () => {
    const tagged = web({
      ...alone,
      taskDefinition: { ...alone.taskDefinition, tags: [{ key: 'team', value: 'shop' }] },
    })
    let isCut = false
    const staged: ReturnType<typeof stage> = stage(tagged, {
      meddle: ({ operation, input }) => {
        if (operation !== 'RegisterTaskDefinition' || isCut) return undefined
        isCut = true
        staged.call('ecs', 'RegisterTaskDefinition', { ...input, tags: undefined })
        return 'cut'
      },
    })
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    expect(staged.runs('my_cluster/web')).toBe('web:3')
  })
})
