import { describe, expect, it } from 'vitest'
import { plain } from '../../src/output/listeners/plain.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

const plainWeb = (more = {}) => web({ runTasks: [], eventTargets: [], ...more })
const service = { cluster: 'my_cluster', service: 'web' }
const withoutBreaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: false, rollback: false } } }

describe('each way a rollout can end', () => {
  it('completed: 0', async () => {
    const { deploy, runs } = stage(plainWeb())
    const result = await deploy('v2')
    expect(result).toMatchObject({ exitCode: 0, outcome: 'succeeded' })
    expect(ofType(result.events, 'service.progressed').at(-1)).toMatchObject({ rolloutState: 'COMPLETED' })
    expect(runs('my_cluster/web')).toBe('web:2')
  })

  it('failed by the circuit breaker: 1, rolled back by ecs-task', async () => {
    const { deploy, call, runs } = stage(plainWeb())
    call('ecs', 'UpdateService', {
      ...service,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    })
    const result = await deploy('crash', { earlyFail: undefined })
    expect(result).toMatchObject({
      exitCode: 1,
      problem: { code: 'DeploymentFailed', why: expect.stringContaining('circuit breaker') },
    })
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('rolled back by ECS: 1, recognized and not repeated', async () => {
    const { deploy, runs, service: shown } = stage(plainWeb())
    const old = shown('my_cluster/web').deployments[0].id
    const result = await deploy('crash', { earlyFail: undefined })
    expect(result.exitCode).toBe(1)
    expect(result.writes.filter(({ operation }) => operation === 'UpdateService')).toHaveLength(1)
    expect(shown('my_cluster/web').deployments).toMatchObject([{ id: old, rolloutState: 'COMPLETED' }])
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('superseded: 5, and nothing is undone', async () => {
    const { deploy, call, runs, active } = stage(plainWeb())
    const result = await deploy('v2', {
      hear: (event) => {
        if (event.type === 'service.progressed' && event.running === 2) {
          call('ecs', 'UpdateService', { ...service, taskDefinition: 'web:1', forceNewDeployment: true })
        }
      },
    })
    expect(result).toMatchObject({ exitCode: 5, outcome: 'superseded', left: [] })
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('deleted by somebody else: 5, and no command is named that AWS would refuse', async () => {
    const { deploy, call, active } = stage(plainWeb())
    const result = await deploy('v2', {
      hear: (event) => {
        if (event.type === 'service.progressed' && event.running === 2)
          call('ecs', 'DeleteService', { ...service, force: true })
      },
    })
    expect(result).toMatchObject({
      exitCode: 5,
      outcome: 'superseded',
      left: [],
      problem: {
        what: 'Somebody else deleted service web.',
        why: expect.stringMatching(/^It is (DRAINING|INACTIVE)\.$/),
      },
    })
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('deleted by somebody else just before its update: 5, too', async () => {
    const { deploy, call } = stage(plainWeb(), {
      meddle: ({ operation }) => {
        if (operation === 'UpdateService') call('ecs', 'DeleteService', { ...service, force: true })
      },
    })
    expect(await deploy('v2')).toMatchObject({
      exitCode: 5,
      left: [],
      problem: { what: 'Somebody else deleted service web.', why: 'AWS answered: Service was not ACTIVE.' },
    })
  })

  it('timed out: 1, rolled back', async () => {
    const { deploy, runs } = stage(plainWeb())
    const result = await deploy('slow-60m', { timeout: 300_000 })
    expect(result).toMatchObject({
      exitCode: 1,
      problem: { code: 'TimedOut', why: 'It was running 0 of 2, 2 pending, 2 old tasks still running.' },
    })
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('timed out with --on-failure leave: 4, still in progress', async () => {
    const { deploy, runs } = stage(plainWeb())
    const result = await deploy('slow-60m', { timeout: 300_000, onFailure: 'leave' })
    expect(result).toMatchObject({ exitCode: 4, outcome: 'stillGoing' })
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(result.left[0]).toContain('aws ecs update-service --cli-input-json')
  })

  it('stuck because its percentages allow no change: detected at the first look', async () => {
    const { deploy, call, runs } = stage(plainWeb())
    call('ecs', 'UpdateService', {
      ...service,
      desiredCount: 1,
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 },
    })
    const result = await deploy('v2')
    expect(result).toMatchObject({
      exitCode: expect.any(Number),
      problem: {
        what: 'The rollout of web is stuck.',
        why: 'minimumHealthyPercent 50 and maximumPercent 100 of 1 let ECS neither stop nor start a task.',
      },
    })
    expect(ofType(result.events, 'service.progressed').length).toBeLessThanOrEqual(2)
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('stuck without capacity: detected once ECS has said so three times', async () => {
    const { deploy, runs } = stage(plainWeb())
    const result = await deploy('no-place')
    expect(result).toMatchObject({ exitCode: 1, problem: { what: 'The rollout of web is stuck.' } })
    expect(result.problem!.why).toContain('was unable to place a task')
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('never decided by a stale answer, neither as failed nor as completed', async () => {
    let stale = 0
    const staged = stage(plainWeb(), {
      meddle: ({ operation, input }) => {
        if (operation !== 'DescribeServices' || stale === 0) return undefined
        stale--
        return { status: 200, body: { services: [before], failures: [], ...(input.services && {}) } }
      },
    })
    const before = structuredClone(staged.service('my_cluster/web'))
    const result = await staged.deploy('v2', {
      hear: (event) => void (event.type === 'step.started' && event.id.startsWith('updateService') && (stale = 2)),
    })
    expect(result.exitCode).toBe(0)
    expect(staged.runs('my_cluster/web')).toBe('web:2')
    expect(staged.service('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
  })
})

describe('--early-fail', () => {
  const three = (tag: string, more: Parameters<ReturnType<typeof stage>['deploy']>[1] = {}) => {
    const staged = stage(plainWeb())
    staged.call('ecs', 'UpdateService', { ...service, desiredCount: 3, ...withoutBreaker })
    return staged.deploy(tag, more).then((result) => ({ ...result, staged }))
  }

  it.each(['crash', 'no-pull', 'exit-1', 'unhealthy'])(
    '%s: three equal stops end it at most three looks after the first',
    async (tag) => {
      const { exitCode, problem, requests, staged, events } = await three(tag)
      expect(exitCode).toBe(1)
      expect(problem!.why).toMatch(/^\d+ tasks stopped for the same reason: /)
      const [failed] = ofType(events, 'step.failed')
      expect(failed!.forensics!.stoppedTasks[0]!.count).toBeGreaterThanOrEqual(3)
      const deployment = requests.find(({ operation }) => operation === 'UpdateService')!.at
      const stops = staged
        .tasks()
        .filter((task) => task.stoppedAt * 1000 > deployment && task.taskDefinitionArn.endsWith(':2'))
        .map((task) => task.stoppedAt * 1000)
      const verdict = Date.parse(failed!.at)
      const looks = new Set(
        requests
          .filter(({ operation, at }) => operation === 'DescribeServices' && at >= Math.min(...stops) && at <= verdict)
          .map(({ at }) => at),
      )
      expect(looks.size).toBeLessThanOrEqual(3)
    },
  )

  it('has a threshold that can be set', async () => {
    const { exitCode, problem } = await three('exit-1', { earlyFail: 5 })
    expect(exitCode).toBe(1)
    expect(Number(/^\d+/.exec(problem!.why!)![0])).toBeGreaterThanOrEqual(5)
  })

  it('can be turned off: then a crash loop that ECS does not see takes until the time-out', async () => {
    const { exitCode, problem, events } = await three('exit-1', { earlyFail: undefined, timeout: 600_000 })
    expect({ exitCode, code: problem!.code }).toEqual({ exitCode: 1, code: 'TimedOut' })
    expect(ofType(events, 'run.finished')[0]!.milliseconds).toBeGreaterThan(600_000)
  })

  it('does not mistake tasks that were scaled in for failures', async () => {
    const { exitCode } = await three('v2', { earlyFail: 1 })
    expect(exitCode).toBe(0)
  })
})

describe('a rollout that the list of deployments does not show', () => {
  /** Reads of the service that lag behind for good: they know nothing of what UpdateService has begun. */
  const lagging = (tag: string, more: object) => {
    const staged: ReturnType<typeof stage> = stage(plainWeb(), {
      meddle: ({ operation, input }) => {
        if (operation !== 'DescribeServices') return undefined
        staged.aws.advance()
        const answer = staged.call('ecs', operation, input)
        const [shown] = answer.services
        const deployments = [before]
        return { status: 200, body: { ...answer, services: [{ ...shown, deployments, events: [] }] } }
      },
    })
    const before = structuredClone(staged.service('my_cluster/web').deployments[0])
    return staged.deploy(tag, { earlyFail: undefined, onFailure: 'leave', ...more })
  }

  it('has failed where its record says so', async () => {
    expect((await lagging('crash', {})).problem).toMatchObject({
      code: 'DeploymentFailed',
      what: 'The rollout of web failed.',
    })
  })

  it('has not completed, though its record says so', async () => {
    expect((await lagging('v2', { timeout: 300_000 })).problem).toMatchObject({ code: 'TimedOut' })
  })
})

describe('--on-failure', () => {
  it('leave: nothing is rolled back, it ends 3 and says what to do', async () => {
    const { deploy, runs, active, call } = stage(web({ runTasks: [] }))
    call('ecs', 'UpdateService', {
      ...service,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    })
    const result = await deploy('crash', { onFailure: 'leave' })
    expect(result).toMatchObject({ exitCode: 3, outcome: 'halfDone' })
    expect(ofType(result.events, 'undo.started')).toEqual([])
    expect([runs('my_cluster/web'), active('web')]).toEqual(['web:2', ['web:1', 'web:2']])
    expect(result.left).toEqual([
      expect.stringContaining('Put service web back to web:1: it was left. Do it with: aws ecs update-service'),
      expect.stringContaining(
        'Deregister the new revision of web: it was left. Do it with: aws ecs deregister-task-definition',
      ),
    ])
  })

  it('stop: a rollout in progress is stopped, and ECS rolls it back', async () => {
    const { deploy, call, runs, aws, clock } = stage(plainWeb())
    call('ecs', 'UpdateService', { ...service, ...withoutBreaker })
    const result = await deploy('exit-1', { onFailure: 'stop' })
    expect(result).toMatchObject({ exitCode: 3 })
    expect(result.writes.map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'UpdateService',
      'StopServiceDeployment',
    ])
    // What ECS does by itself is nothing for a person to do.
    expect(result.left).toEqual([
      'ECS is still rolling web back. Follow it with: aws ecs describe-services --cluster my_cluster --services web',
      expect.stringMatching(/^Deregister the new revision of web: it was left\. /),
    ])
    await clock.sleep(300_000)
    aws.advance()
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('stop: stops every rollout that goes on, and no other', async () => {
    const services = ['a', 'b', 'empty'].map((name) => ({ cluster: 'my_cluster', service: name }))
    const { deploy, call } = stage(plainWeb({ updateServices: services }))
    for (const one of services) call('ecs', 'UpdateService', { ...one, ...withoutBreaker })
    call('ecs', 'UpdateService', { ...services[2], desiredCount: 0 })
    const { exitCode, writes } = await deploy('exit-1', { onFailure: 'stop' })
    const stopped = writes.filter(({ operation }) => operation === 'StopServiceDeployment')
    expect(exitCode).toBe(3)
    const of = stopped.map(({ input }) => input.serviceDeploymentArn.split('/').at(-2))
    expect(new Set(of)).toEqual(new Set(['a', 'b']))
  })

  it.each(['leave', 'stop'] as const)(
    '%s: a service that ECS has rolled back by itself is not left',
    async (onFailure) => {
      const { deploy, runs, service: shown } = stage(plainWeb())
      const result = await deploy('crash', { onFailure, earlyFail: undefined })
      expect([runs('my_cluster/web'), shown('my_cluster/web').deployments]).toMatchObject([
        'web:1',
        [{ rolloutState: 'COMPLETED', runningCount: 2 }],
      ])
      expect(result).toMatchObject({ exitCode: 3 })
      expect(result.left).toEqual([expect.stringMatching(/^Deregister the new revision of web: it was left\. /)])
    },
  )

  it('leave: a setting beside the revision is left, as ECS rolls back none', async () => {
    const { deploy } = stage(plainWeb({ updateServices: [{ ...service, desiredCount: 3 }] }))
    const result = await deploy('crash', { onFailure: 'leave', earlyFail: undefined })
    expect(result.left).toContainEqual(expect.stringContaining('"desiredCount":2'))
  })

  it('applies to an interrupt as to a failure', async () => {
    const { EcsTaskError } = await import('../../src/ground/errors.ts')
    const { deploy, runs } = stage(plainWeb())
    const stop = new AbortController()
    const result = await deploy('v2', {
      onFailure: 'leave',
      signal: stop.signal,
      hear: (event) =>
        event.type === 'service.progressed' && stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.')),
    })
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted' })
    expect(result.left).not.toEqual([])
    expect(runs('my_cluster/web')).toBe('web:2')
  })

  it('several services and targets are rolled back in parallel', async () => {
    const services = ['a', 'b', 'c'].map((name) => ({ cluster: 'my_cluster', service: name }))
    const { deploy, runs } = stage(plainWeb({ updateServices: services }))
    const { writes, exitCode } = await deploy('exit-1')
    expect(exitCode).toBe(1)
    const back = writes.filter(({ operation }) => operation === 'UpdateService').slice(3)
    expect(new Set(back.map(({ at }) => at)).size).toBe(1)
    expect(services.map((one) => runs(`my_cluster/${one.service}`))).toEqual(['web:1', 'web:1', 'web:1'])
  })
})

describe('two deploys of one family at once', () => {
  it('one wins, the other ends 5, and neither undoes the work of the other', async () => {
    const { deploy, runs, active, service: shown } = stage(plainWeb())
    const results = await Promise.all([deploy('v2'), deploy('v3')])
    expect(results.map(({ exitCode }) => exitCode).toSorted((one, other) => one - other)).toEqual([0, 5])
    const won = results.findIndex(({ exitCode }) => exitCode === 0)
    const taskDefinition = shown('my_cluster/web').taskDefinition
    expect(results[won]!.events).toContainEqual(
      expect.objectContaining({ type: 'step.finished', result: runs('my_cluster/web') }),
    )
    expect(taskDefinition).toMatch(/web:[23]$/)
    expect(active('web')).toEqual(['web:1', 'web:2', 'web:3'])
    expect(shown('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
  })
})

describe('a hundred services of one cluster', () => {
  it('cost at most ten DescribeServices calls a tick, and the user sees no ThrottlingException', async () => {
    const updateServices = Array.from({ length: 100 }, (_, index) => ({ cluster: 'my_cluster', service: `s${index}` }))
    const { deploy } = stage(plainWeb({ updateServices }), { throttle: true })
    const { exitCode, requests, events } = await deploy('v2')
    expect(exitCode).toBe(0)
    const first = requests.find(({ operation }) => operation === 'UpdateService')!.at
    const looks = requests.filter(({ operation, at }) => operation === 'DescribeServices' && at > first)
    for (const { at } of looks) expect(looks.filter((one) => one.at === at).length).toBeLessThanOrEqual(10)
    expect(ofType(events, 'call.failed')).toEqual([])
  })
})

describe('a CloudWatch alarm', () => {
  const alarmed = (rollback: boolean) => {
    const staged = stage(plainWeb())
    const alarms = { alarmNames: ['errors'], enable: true, rollback }
    staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration: { alarms } })
    const fire = (): void => {
      const body = JSON.stringify({ region: 'us-east-1', name: 'errors', state: 'ALARM' })
      staged.aws.handle({ method: 'POST', path: '/_local/alarm', headers: {}, body })
    }
    return { ...staged, fire }
  }

  it.each([true, false])(
    'that goes off during a rollout fails it, and it is put back (rollback by ECS: %s)',
    async (rollback) => {
      const { deploy, fire, runs, active } = alarmed(rollback)
      const result = await deploy('v2', {
        hear: (event) =>
          event.type === 'service.progressed' && event.running > 0 && event.step.startsWith('update') && fire(),
      })
      expect(result).toMatchObject({ exitCode: 1, problem: { code: 'DeploymentFailed' }, left: [] })
      expect(result.problem!.why).toMatch(/alarm/i)
      expect(runs('my_cluster/web')).toBe('web:1')
      expect(active('web')).toEqual(['web:1'])
    },
  )
})

describe('what is told of a deployment that ECS has put aside', () => {
  it('is that it is no longer listed, and not that none of no tasks run', async () => {
    const { events } = await stage(plainWeb()).deploy('crash', { earlyFail: undefined, onFailure: 'leave' })
    const lines: string[] = []
    const listener = plain((line) => lines.push(line.slice('hh:mm:ssZ '.length)), { color: false })
    for (const event of events) listener.hear(event)
    expect(lines.filter((line) => line.startsWith('my_cluster/web: ')).at(-1)).toBe(
      'my_cluster/web: deployment no longer listed, 2 old',
    )
  })
})
