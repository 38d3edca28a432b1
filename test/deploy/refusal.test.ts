import { describe, expect, it } from 'vitest'
import { clusterArn, roleArn, web } from './declared.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import { stage } from './support.ts'

const noTasks = { runTasks: [] }

describe('a deploy target that does not exist', () => {
  it('a service: ends 2 with its path and writes nothing', async () => {
    const { deploy, world } = stage(web(noTasks), { made: { clusters: ['my_cluster'], rules: [{ name: 'nightly' }] } })
    const before = world()
    const result = await deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, outcome: 'refused', writes: [], problem: { code: 'NotFound' } })
    expect(result.problem!.problems).toEqual([
      'Task/updateServices/0/service: there is no service web in cluster my_cluster.',
    ])
    expect(world()).toEqual(before)
  })

  it('a cluster, a rule and a service: all are named at once', async () => {
    const declared = web({
      updateServices: [
        { cluster: 'my_cluster', service: 'gone' },
        { cluster: 'nowhere', service: 'web' },
      ],
      runTasks: [{ cluster: 'elsewhere' }],
    })
    const result = await stage(declared, { made: { clusters: ['my_cluster'] } }).deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, writes: [] })
    expect(result.problem!.problems).toEqual([
      'Task/eventTargets/0/Rule: there is no rule nightly on the event bus default.',
      'Task/runTasks/0/cluster: there is no cluster elsewhere.',
      'Task/updateServices/0/service: there is no service gone in cluster my_cluster.',
      'Task/updateServices/1/cluster: there is no cluster nowhere.',
    ])
  })

  it('a service that is being deleted is refused too', async () => {
    const { deploy, call } = stage(web(noTasks))
    call('ecs', 'DeleteService', { cluster: 'my_cluster', service: 'web', force: true })
    const result = await deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, writes: [] })
    expect(result.problem!.problems![0]).toMatch(
      /service web is (DRAINING|INACTIVE); only an ACTIVE one can be updated/,
    )
  })
})

describe('a refusal by AWS before anything has changed', () => {
  it('a task definition without memory ends 2', async () => {
    const taskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'i:<image_tag>' }] }
    const { deploy, active } = stage(web({ taskDefinition }))
    const before = active('web')
    const result = await deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, outcome: 'refused', problem: { code: 'RefusedByAws' } })
    expect(result.problem!.what).toContain("At least one of 'memory' or 'memoryReservation' must be specified.")
    expect(active('web')).toEqual(before)
  })

  it('denied permission ends 2 and names the action', async () => {
    const message = 'User: arn:aws:iam::1:user/ci is not authorized to perform: ecs:RegisterTaskDefinition'
    const result = await stage(web(), {
      meddle: ({ operation }) =>
        operation === 'RegisterTaskDefinition'
          ? { status: 400, body: { __type: 'AccessDeniedException', message } }
          : undefined,
    }).deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, problem: { code: 'RefusedByAws', why: message } })
  })

  it.each(['v1/2', '', 'v1 2', '-v1', 'a'.repeat(129), 'v1:2'])(
    'the tag %j is refused without calling AWS',
    async (tag) => {
      const result = await stage(web()).deploy(tag)
      expect(result).toMatchObject({ exitCode: 2, requests: [], problem: { code: 'BadArguments' } })
    },
  )
})

describe('AWS under stress', () => {
  it('is asked again when it throttles, and no error is reported', async () => {
    let left = 3
    const throttled = { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } }
    const { deploy } = stage(web(noTasks), {
      meddle: ({ operation }) => (operation === 'UpdateService' && left-- > 0 ? throttled : undefined),
    })
    expect((await deploy('v2')).exitCode).toBe(0)
  })

  it('is asked again while somebody else registers the same family', async () => {
    let left = 2
    const message = 'Too many concurrent attempts to create a new revision of the specified family.'
    const { deploy, active } = stage(web(noTasks), {
      meddle: ({ operation }) =>
        operation === 'RegisterTaskDefinition' && left-- > 0
          ? { status: 400, body: { __type: 'ClientException', message } }
          : undefined,
    })
    expect((await deploy('v2')).exitCode).toBe(0)
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('that drops a connection after a RunTask does not run the migration twice', async () => {
    let cut = false
    const staged = stage(web({ eventTargets: [] }), {
      meddle: (sent) => {
        if (sent.operation !== 'RunTask' || cut) return undefined
        cut = true
        staged.call('ecs', 'RunTask', sent.input)
        return 'cut'
      },
    })
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    expect(staged.tasks().filter((task) => task.group === 'family:web')).toHaveLength(1)
  })

  it('with fifty services of one deploy never throttles it', async () => {
    const updateServices = Array.from({ length: 50 }, (_, index) => ({ cluster: 'my_cluster', service: `s${index}` }))
    const { deploy } = stage(web({ ...noTasks, eventTargets: [], updateServices }), { throttle: true })
    const { exitCode, events } = await deploy('v2')
    expect(exitCode).toBe(0)
    expect(events.filter((event) => event.type === 'call.failed')).toEqual([])
  })
})

describe('members that this version does not know', () => {
  it('reach AWS as declared, and are sent again when a target is restored', async () => {
    const novel = { brandNewInThisYear: { deep: [1] } }
    const sentTargets: Unchecked[] = []
    const { deploy } = stage(
      web({
        ...noTasks,
        eventTargets: [
          {
            Rule: 'nightly',
            Targets: [{ Id: 'web', Arn: clusterArn, RoleArn: roleArn, EcsParameters: { ...novel } as never }],
          },
        ],
      }),
      {
        meddle: ({ operation, input }) => {
          if (operation === 'ListTargetsByRule') {
            return {
              status: 200,
              body: {
                Targets: [
                  {
                    Id: 'web',
                    Arn: clusterArn,
                    RoleArn: roleArn,
                    EcsParameters: { TaskDefinitionArn: 'a:1', older: 'novelty' },
                  },
                ],
              },
            }
          }
          if (operation !== 'PutTargets') return undefined
          sentTargets.push(...input.Targets)
          const failed = sentTargets.length < 6
          return {
            status: 200,
            body: failed
              ? { FailedEntryCount: 1, FailedEntries: [{ TargetId: 'web', ErrorCode: 'x', ErrorMessage: 'y' }] }
              : { FailedEntryCount: 0 },
          }
        },
      },
    )
    expect((await deploy('v2')).exitCode).toBe(1)
    expect(sentTargets[0]!.EcsParameters).toMatchObject(novel)
    expect(sentTargets.at(-1)!.EcsParameters).toEqual({ TaskDefinitionArn: 'a:1', older: 'novelty' })
  })
})
