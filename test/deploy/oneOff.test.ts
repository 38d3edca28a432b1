import { describe, expect, it } from 'vitest'
import type { Declared, TaskRun } from '../../src/definition/definition.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import { type Meddle, ofType, stage } from './support.ts'

const group = '/web'
const logConfiguration = {
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs' },
}
const container = (name: string, more: object = {}) => ({
  name,
  image: 'my_image:<image_tag>',
  memory: 64,
  logConfiguration,
  ...more,
})
type Container = ReturnType<typeof container>

/** A definition that has one-off tasks only. */
function oneOff(
  run: Partial<TaskRun> | readonly Partial<TaskRun>[] = {},
  containers: Container[] = [container('web')],
) {
  const runTasks = [run].flat().map((one) => ({ cluster: 'my_cluster', ...one }))
  return { taskDefinition: { family: 'web', containerDefinitions: containers }, runTasks } satisfies Declared
}

type Staged = ReturnType<typeof stage>
const taskId = (taskArn: string): string => taskArn.split('/').at(-1)!
const streamOf = (taskArn: string, name = 'web'): string => `ecs/${name}/${taskId(taskArn)}`
const messages = (events: readonly ToldEvent[]): string[] =>
  ofType(events, 'log.received').map(({ container: name, message }) => `${name}: ${message}`)
const warnings = (events: readonly ToldEvent[]): string[] => ofType(events, 'warning.raised').map(({ text }) => text)
const isStatus = (event: ToldEvent, lastStatus: string): event is Extract<ToldEvent, { type: 'task.progressed' }> =>
  event.type === 'task.progressed' && event.lastStatus === lastStatus
const requestsOf = (sent: Staged['sent'], operation: string) => sent.filter((one) => one.operation === operation)
const denied = (action: string) => ({
  status: 400,
  body: { __type: 'AccessDeniedException', message: `User: ci is not authorized to perform: ${action}` },
})
const refusing =
  (operation: string, answer: ReturnType<Exclude<Meddle, undefined>>): Meddle =>
  (sent) =>
    sent.operation === operation ? answer : undefined

/** Writes lines as a container would, `after` milliseconds from now on. */
function log({ call, clock }: Staged, taskArn: string, name: string, lines: readonly string[], after = 0): void {
  call('logs', 'PutLogEvents', {
    logGroupName: group,
    logStreamName: streamOf(taskArn, name),
    logEvents: lines.map((message) => ({ timestamp: clock.now() + after, message })),
  })
}

describe('what a one-off task logs', () => {
  it('is shown while it runs, the lines of all its containers in the order in which they were written', async () => {
    const staged = stage(oneOff({}, [container('web'), container('proxy', { essential: false })]))
    const { exitCode, events } = await staged.deploy('v2', {
      hear: (event) => {
        if (!isStatus(event, 'RUNNING')) return
        log(staged, event.taskArn, 'web', ['second'], 2)
        log(staged, event.taskArn, 'proxy', ['first'], 1)
        log(staged, event.taskArn, 'proxy', ['third'], 3)
      },
    })
    expect(exitCode).toBe(0)
    expect(messages(events)).toEqual([
      "web: my_image:v2 started: the image's own command",
      "proxy: my_image:v2 started: the image's own command",
      'proxy: first',
      'web: second',
      'proxy: third',
      'web: done, exit code 0',
      'proxy: done, exit code 0',
    ])
    const of = (message: string) => events.findIndex((one) => one.type === 'log.received' && one.message === message)
    expect(of('third')).toBeLessThan(events.findIndex((event) => isStatus(event, 'STOPPED')))
    expect(of('done, exit code 0')).toBeLessThan(
      events.findIndex((event) => event.type === 'step.finished' && event.id.startsWith('runTask')),
    )
    const task = staged.tasks()[0]!
    expect(events[of('first')]).toMatchObject({
      step: 'runTask Task/0',
      taskArn: task.taskArn,
      loggedAt: expect.stringMatching(/^2026-01-01T00:00:\d\d\.\d{3}Z$/),
    })
  })

  it('is still shown after it has stopped, until no more lines come', async () => {
    const staged = stage(oneOff())
    const late = ['late', 'later', 'last']
    let taskArn = ''
    const { events } = await staged.deploy('v2', {
      hear: (event) => {
        if (isStatus(event, 'STOPPED')) taskArn = event.taskArn
        const isNext = isStatus(event, 'STOPPED') || (event.type === 'log.received' && event.message.startsWith('late'))
        const line = isNext && late.shift()
        if (line) log(staged, taskArn, 'web', [line])
      },
    })
    expect(messages(events).slice(-3)).toEqual(['web: late', 'web: later', 'web: last'])
  })

  it('is shown for each of several tasks, under its own name', async () => {
    const { deploy, tasks } = stage(oneOff({ count: 3 }))
    const { events, exitCode } = await deploy('v2')
    expect(exitCode).toBe(0)
    for (const { taskArn } of tasks()) {
      expect(messages(events.filter((event) => 'taskArn' in event && event.taskArn === taskArn))).toEqual([
        "web: my_image:v2 started: the image's own command",
        'web: done, exit code 0',
      ])
    }
  })

  it('is shown up to 10,000 lines a task, and then one line says so', async () => {
    const staged = stage(oneOff({ count: 2 }))
    let noisy = ''
    const { events, exitCode } = await staged.deploy('v2', {
      hear: (event) => {
        if (!isStatus(event, 'RUNNING') || noisy) return
        noisy = event.taskArn
        log(
          staged,
          noisy,
          'web',
          Array.from({ length: 10_000 }, () => 'x'),
        )
      },
    })
    expect(exitCode).toBe(0)
    const told = ofType(events, 'log.received')
    expect(told.filter(({ taskArn }) => taskArn === noisy)).toHaveLength(10_000)
    expect(told.filter(({ taskArn }) => taskArn !== noisy)).toHaveLength(2)
    const ours = warnings(events).filter((text) => text.includes(taskId(noisy)))
    expect(ours).toEqual([`Task ${taskId(noisy)} has logged more than 10000 lines; the rest is not shown.`])
  })

  it('is empty as long as there is no stream, which is no error', async () => {
    const nothing = { status: 400, body: { __type: 'ResourceNotFoundException', message: 'no such stream' } }
    const { events, exitCode } = await stage(oneOff(), { meddle: refusing('GetLogEvents', nothing) }).deploy('v2')
    expect(exitCode).toBe(0)
    expect([messages(events), warnings(events)]).toEqual([[], []])
  })

  it('is not read when its log driver cannot be read from here', async () => {
    const fluentd = container('web', { logConfiguration: { logDriver: 'fluentd' } })
    const staged = stage(oneOff({}, [fluentd, container('plain', { logConfiguration: undefined })]))
    const { events, exitCode } = await staged.deploy('v2')
    expect(exitCode).toBe(0)
    expect([requestsOf(staged.sent, 'GetLogEvents'), messages(events)]).toEqual([[], []])
  })

  it.each([
    ['GetLogEvents', 'logs:GetLogEvents'],
    ['DescribeTaskDefinition', 'ecs:DescribeTaskDefinition'],
  ])(
    'cannot be shown without the permission for %s: one warning says so, and the task goes on',
    async (operation, action) => {
      const staged = stage(oneOff({ count: 2 }, [container('web'), container('proxy')]), {
        meddle: refusing(operation, denied(action)),
      })
      const { events, exitCode } = await staged.deploy('v2')
      expect(exitCode).toBe(0)
      expect(warnings(events)).toEqual([
        `Logs of the one-off task cannot be shown: the permission ${action} is missing.`,
      ])
      expect(requestsOf(staged.sent, operation).length).toBeLessThanOrEqual(4)
    },
  )

  it('does not delay the end of the task when AWS does not answer', async () => {
    const { deploy, sent } = stage(oneOff(), {
      meddle: refusing('GetLogEvents', { status: 500, body: { __type: 'InternalFailure', message: 'oh' } }),
    })
    const { events, exitCode } = await deploy('v2')
    expect(exitCode).toBe(0)
    const at = (found: (event: ToldEvent) => boolean): number => Date.parse(events.find(found)!.at)
    const stopped = at((event) => isStatus(event, 'STOPPED'))
    // Created at 0 s, done at 10 s and gone at 12 s.
    expect(
      stopped - at((event) => event.type === 'step.started' && event.id.startsWith('runTask')),
    ).toBeLessThanOrEqual(15_000)
    const finished = at((event) => event.type === 'step.finished' && event.id.startsWith('runTask'))
    expect(finished - stopped).toBeLessThanOrEqual(30_000)
    // Ten attempts while it ran and ten at its end: no call is made beside one that goes on.
    expect(requestsOf(sent, 'GetLogEvents').length).toBeLessThanOrEqual(20)
  })

  it('is read at most every three seconds, as the task is, and not any more once the task has ended', async () => {
    const { deploy, sent } = stage(oneOff())
    await deploy('slow-2m')
    for (const operation of ['DescribeTasks', 'GetLogEvents']) {
      const times = [...new Set(requestsOf(sent, operation).map(({ at }) => at))]
      expect(times.length).toBeGreaterThan(20)
      for (const [index, at] of times.entries())
        if (index > 0) expect(at - times[index - 1]!).toBeGreaterThanOrEqual(3000)
    }
  })
})

describe('a one-off task that has failed', () => {
  it('reports its exit code, its last log lines and the command that shows all of them', async () => {
    const staged = stage(oneOff())
    const { events, exitCode, problem } = await staged.deploy('exit-3')
    const { taskArn } = staged.tasks()[0]!
    expect(exitCode).toBe(1)
    expect(problem).toMatchObject({
      code: 'TaskFailed',
      what: 'The one-off task failed: container web exited with 3.',
      why: 'Essential container in task exited',
    })
    expect(ofType(events, 'step.failed')[0]!.forensics).toEqual({
      stoppedTasks: [
        {
          stoppedReason: 'Essential container in task exited',
          count: 1,
          taskArns: [taskArn],
          containers: [{ name: 'web', lastStatus: 'STOPPED', exitCode: 3 }],
        },
      ],
      logs: [
        {
          container: 'web',
          taskArn,
          lines: ["my_image:exit-3 started: the image's own command", 'exiting with code 3'],
        },
      ],
      targets: [],
      unmet: ['container web exited with 3'],
      next: `aws logs tail ${group} --log-stream-names ${streamOf(taskArn)} --since 1h`,
    })
  })

  it('is judged by the container that failed, not by one that was stopped because of it', async () => {
    const worker = container('worker', { image: 'worker:exit-3' })
    const slow = container('web', { image: 'web:slow-1m' })
    const { problem } = await stage(oneOff({}, [slow, worker])).deploy('v2')
    expect(problem!.what).toMatch(/container worker exited with 3/)
  })

  it('is not judged by its sidecars, however they end', async () => {
    const sidecars = [
      container('failing', { image: 'sidecar:exit-9', essential: false }),
      container('endless', { image: 'sidecar:slow-10m', essential: false }),
    ]
    expect((await stage(oneOff({}, [sidecars[0]!, container('web'), sidecars[1]!])).deploy('v2')).exitCode).toBe(0)
  })

  it('never succeeded when its container has no exit code', async () => {
    const { events, exitCode, problem } = await stage(oneOff()).deploy('no-pull')
    expect(exitCode).toBe(1)
    expect(problem!.what).toMatch(/container web has no exit code \(CannotPullContainerError/)
    expect(problem!.why).toMatch(/^TaskFailedToStart: CannotPullContainerError/)
    expect(ofType(events, 'step.failed')[0]!.forensics!.logs[0]).toMatchObject({ lines: [], note: 'it logged nothing' })
  })

  it('is reported with how many have failed alike', async () => {
    let spared = ''
    const staged: Staged = stage(oneOff({ count: 3 }), {
      meddle: ({ operation }) => {
        if (operation !== 'DescribeTasks') return
        staged.aws.advance()
        const [record] = Object.values(staged.aws.world.regions['us-east-1']!.tasks)
        spared = record!.task.taskArn
        const web = record!.task.containers[0]!
        if (web.exitCode !== undefined) web.exitCode = 0
      },
    })
    const { events, problem } = await staged.deploy('exit-3')
    expect(problem!.what).toBe('2 of 3 one-off tasks failed: container web exited with 3.')
    const { stoppedTasks, unmet } = ofType(events, 'step.failed')[0]!.forensics!
    expect(unmet).toEqual(['container web exited with 3 (2 of 3 tasks)'])
    expect(stoppedTasks).toMatchObject([{ count: 2 }])
    expect(stoppedTasks[0]!.taskArns).not.toContain(spared)
  })
})

describe('a one-off task that ecs-task stops waiting for', () => {
  const interrupted = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })
  /** What is left of the one task that was told to stop and not seen to. */
  const unknownEnd = (staged: Staged): string => {
    const id = taskId(staged.tasks()[0]!.taskArn)
    return (
      `Task ${id} was told to stop and may still be running. ` +
      `Check with: aws ecs describe-tasks --cluster my_cluster --tasks ${id}`
    )
  }

  it('because it outlives the time-out is stopped, and what it logs then is shown', async () => {
    const staged = stage(oneOff({ count: 2 }))
    const { events, exitCode, problem } = await staged.deploy('slow-30s', {
      timeout: 40_000,
      hear: (event) => isStatus(event, 'STOPPED') && log(staged, event.taskArn, 'web', ['bye']),
    })
    expect(exitCode).toBe(1)
    expect(problem).toMatchObject({
      code: 'TimedOut',
      what: 'The 2 one-off tasks had not all stopped after 40 s.',
      why: 'They were RUNNING; they have been stopped.',
    })
    expect(staged.tasks()).toMatchObject([
      {
        lastStatus: 'STOPPED',
        stopCode: 'UserInitiated',
        stoppedReason: 'The deploy that started this task has ended.',
      },
      { lastStatus: 'STOPPED', stopCode: 'UserInitiated' },
    ])
    expect(messages(events).slice(-2)).toEqual(['web: bye', 'web: bye'])
    const looks = requestsOf(staged.sent, 'DescribeTasks').map(({ at }) => at)
    for (const [index, at] of looks.entries()) if (index > 0) expect(at - looks[index - 1]!).toBe(3000)
    expect(ofType(events, 'step.failed')[0]!.forensics).toMatchObject({
      stoppedTasks: [{ count: 2, containers: [{ name: 'web', exitCode: 143 }] }],
      logs: [{ container: 'web', lines: expect.arrayContaining(['bye']) }],
      unmet: ['the task was RUNNING (2 of 2 tasks)'],
      next: `aws logs tail ${group} --log-stream-names ${streamOf(staged.tasks()[0]!.taskArn)} --since 1h`,
    })
  })

  it('because of Ctrl-C has stopped before its revision is deregistered', async () => {
    const stop = new AbortController()
    let atDeregistration: string[] = []
    const staged: Staged = stage(oneOff(), {
      meddle: ({ operation }) => {
        if (operation === 'DeregisterTaskDefinition') atDeregistration = staged.tasks().map((task) => task.lastStatus)
      },
    })
    const { exitCode, events, left } = await staged.deploy('slow-10m', {
      signal: stop.signal,
      hear: (event) => event.type === 'log.received' && stop.abort(interrupted),
    })
    expect([exitCode, left]).toEqual([130, []])
    expect(atDeregistration).toEqual(['STOPPED'])
    expect(staged.active('web')).toEqual([])
    expect(events.some((event) => isStatus(event, 'STOPPED'))).toBe(true)
  })

  it('because AWS no longer answers about it is stopped', async () => {
    const staged = stage(oneOff(), { meddle: refusing('DescribeTasks', denied('ecs:DescribeTasks')) })
    const { exitCode, problem, left } = await staged.deploy('slow-10m')
    expect([exitCode, left]).toEqual([3, expect.arrayContaining([unknownEnd(staged)])])
    expect(problem).toMatchObject({ code: 'RefusedByAws', why: expect.stringContaining('ecs:DescribeTasks') })
    expect(staged.tasks()).toMatchObject([{ desiredStatus: 'STOPPED', stopCode: 'UserInitiated' }])
  })

  it('because AWS denies to show it in the middle is stopped at once, and not waited for: nobody could see it stop', async () => {
    let looks = 0
    const staged = stage(oneOff(), {
      meddle: ({ operation }) =>
        operation === 'DescribeTasks' && ++looks > 3 ? denied('ecs:DescribeTasks') : undefined,
    })
    const { exitCode, events, requests, left } = await staged.deploy('slow-10m')
    const at = (operation: string, index: number) => requestsOf(requests, operation)[index]!.at
    const [warning] = ofType(events, 'warning.raised')
    expect(warning?.text).toBe(
      `AWS does not show task ${taskId(staged.tasks()[0]!.taskArn)}: the permission ecs:DescribeTasks is missing. ` +
        'Stopping it; ecs-task cannot see whether it has stopped.',
    )
    const denial = at('DescribeTasks', 3)
    expect([Date.parse(warning!.at), at('StopTask', 0)]).toEqual([denial, denial])
    const failed = ofType(events, 'step.failed').find(({ id }) => id.startsWith('runTask'))
    expect(Date.parse(failed!.at) - denial).toBeLessThan(3_000)
    expect(Date.parse(events.at(-1)!.at) - denial).toBeLessThan(10_000)
    expect([exitCode, left]).toEqual([3, expect.arrayContaining([unknownEnd(staged)])])
    expect(staged.tasks()).toMatchObject([{ desiredStatus: 'STOPPED', stopCode: 'UserInitiated' }])
  })

  it('because it outlives the time-out is not waited for either once AWS denies to show it', async () => {
    let isDenied = false
    const staged = stage(oneOff(), {
      meddle: ({ operation }) => {
        if (operation === 'StopTask') isDenied = true
        return operation === 'DescribeTasks' && isDenied ? denied('ecs:DescribeTasks') : undefined
      },
    })
    const { exitCode, events, requests, left, problem } = await staged.deploy('slow-10m', { timeout: 60_000 })
    const stopped = requestsOf(requests, 'StopTask')[0]!.at
    expect(Date.parse(events.at(-1)!.at) - stopped).toBeLessThan(10_000)
    expect([exitCode, left]).toEqual([3, expect.arrayContaining([unknownEnd(staged)])])
    expect(problem).toMatchObject({ code: 'TimedOut', why: 'It was PENDING; it may still run.' })
  })

  it('and is not seen to stop is left, as something that may still run', async () => {
    const staged = stage(oneOff(), {
      meddle: ({ operation }) =>
        operation === 'StopTask' ? { status: 200, body: { task: { lastStatus: 'RUNNING' } } } : undefined,
    })
    const { exitCode, left } = await staged.deploy('slow-60m', { timeout: 60_000 })
    expect([exitCode, left]).toEqual([3, expect.arrayContaining([unknownEnd(staged)])])
    expect(staged.tasks()).toMatchObject([{ desiredStatus: 'RUNNING', lastStatus: 'PENDING' }])
  })

  it('and cannot stop is named, with the command that stops it', async () => {
    const staged = stage(oneOff(), { meddle: refusing('StopTask', denied('ecs:StopTask')) })
    const { events, problem, left, exitCode } = await staged.deploy('slow-10m', { timeout: 60_000 })
    const id = taskId(staged.tasks()[0]!.taskArn)
    expect(exitCode).toBe(3)
    expect(left).toContainEqual(
      `Task ${id} could not be stopped and may still be running (User: ci is not authorized to perform: ecs:StopTask). ` +
        `Stop it with: aws ecs stop-task --cluster my_cluster --task ${id}`,
    )
    expect(problem).toMatchObject({ code: 'TimedOut', why: 'It was PENDING; it may still run.' })
    expect(ofType(events, 'step.failed')[0]!.forensics).toMatchObject({
      stoppedTasks: [],
      unmet: ['the task was PENDING'],
    })
  })
})

describe('a one-off task that AWS does not find', () => {
  const hiding = (until: number): Meddle => {
    let since: number | undefined
    return ({ operation, input, at }) => {
      if (operation !== 'DescribeTasks') return undefined
      since ??= at
      const failures = input.tasks.map((arn: string) => ({ arn, reason: 'MISSING' }))
      return at - since < until ? { status: 200, body: { tasks: [], failures } } : undefined
    }
  }

  it('for two minutes has failed, is stopped, and may still run', async () => {
    const staged = stage(oneOff(), { meddle: hiding(Infinity) })
    const { exitCode, left, problem, requests } = await staged.deploy('slow-10m')
    const { taskArn, desiredStatus } = staged.tasks()[0]!
    expect(exitCode).toBe(3)
    expect(left).toContainEqual(expect.stringContaining('told to stop and may still be running'))
    expect(problem).toMatchObject({
      code: 'TaskFailed',
      what: `AWS has not shown task ${taskId(taskArn)} for two minutes.`,
      fix: `Look for it with: aws ecs describe-tasks --cluster my_cluster --tasks ${taskId(taskArn)}`,
    })
    expect(desiredStatus).toBe('STOPPED')
    const times = ['RunTask', 'StopTask'].map((operation) => requestsOf(requests, operation)[0]!.at)
    expect(times[1]! - times[0]!).toBe(120_500)
  })

  it('for two minutes, and then shows to have stopped, does not run any more', async () => {
    const { exitCode, left, problem } = await stage(oneOff(), { meddle: hiding(125_000) }).deploy('slow-10m')
    expect([exitCode, left]).toEqual([1, []])
    expect(problem!.why).toBe('Whether it ran, and how it ended, is not known; it has been stopped.')
  })

  it('for a minute is waited for', async () => {
    const { exitCode, events } = await stage(oneOff(), { meddle: hiding(60_000) }).deploy('v2')
    expect(exitCode).toBe(0)
    expect(messages(events)).toHaveLength(2)
  })

  it('once it has been seen stopped, has stopped, even if a stale answer says otherwise', async () => {
    let stopped = 0
    const staged: Staged = stage(oneOff({ count: 2 }), {
      meddle: ({ operation, input }) => {
        if (operation !== 'DescribeTasks') return undefined
        staged.aws.advance()
        const [one, other] = staged.call('ecs', 'DescribeTasks', input).tasks
        if (one.lastStatus === 'STOPPED') stopped++
        const tasks = stopped < 2 ? [one] : [{ ...one, lastStatus: 'RUNNING' }, other]
        return { status: 200, body: { tasks, failures: [] } }
      },
    })
    expect((await staged.deploy('v2')).exitCode).toBe(0)
  })

  it('is not one that stopped long before the others', async () => {
    const staged = stage(oneOff({ count: 2 }))
    let first = ''
    const { problem } = await staged.deploy('slow-2m', {
      hear: (event) => {
        if (first || event.type !== 'task.progressed') return
        first = event.taskArn
        staged.call('ecs', 'StopTask', { cluster: 'my_cluster', task: first })
      },
    })
    expect(problem).toMatchObject({
      what: expect.stringMatching(/^1 of 2 one-off tasks failed: container web has no exit code/),
      why: 'UserInitiated: Task stopped by user',
    })
  })
})

describe('the client token of a one-off task', () => {
  const tokens = (staged: Staged): string[] => requestsOf(staged.sent, 'RunTask').map(({ input }) => input.clientToken)
  /** Lets AWS act, and loses its answer. */
  const losing = (times: number, then: () => void = () => {}): { meddle: Meddle; staged?: Staged } => {
    const of: { meddle: Meddle; staged?: Staged } = {
      meddle: (sent) => {
        if (sent.operation !== 'RunTask' || times-- <= 0) return undefined
        of.staged!.call('ecs', 'RunTask', sent.input)
        then()
        return 'cut'
      },
    }
    return of
  }

  it('is the same in a retried call, so that a migration runs once', async () => {
    const lost = losing(2)
    const staged = (lost.staged = stage(oneOff(), { meddle: lost.meddle }))
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    expect(new Set(tokens(staged)).size).toBe(1)
    expect(tokens(staged)).toHaveLength(3)
    expect(staged.tasks()).toHaveLength(1)
  })

  it('finds a task whose answer was lost when Ctrl-C was pressed, so that it can be stopped', async () => {
    const stop = new AbortController()
    const lost = losing(1, () => stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.')))
    const staged = (lost.staged = stage(oneOff(), { meddle: lost.meddle }))
    const { outcome } = await staged.deploy('slow-10m', { signal: stop.signal })
    expect(outcome).toBe('interrupted')
    expect(staged.tasks()).toMatchObject([{ lastStatus: 'STOPPED', stopCode: 'UserInitiated' }])
  })

  it('differs in the next deploy, even of the same tag', async () => {
    const staged = stage(oneOff())
    await staged.deploy('v2')
    await staged.deploy('v2')
    expect(new Set(tokens(staged)).size).toBe(2)
    expect(staged.tasks()).toHaveLength(2)
  })

  it('differs for two equal entries, and is no longer than AWS accepts', async () => {
    const staged = stage(oneOff([{}, {}]))
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    expect(new Set(tokens(staged)).size).toBe(2)
    for (const token of tokens(staged)) expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(staged.tasks()).toHaveLength(2)
  })

  it('is sent as declared; the next deploy conflicts with it, and says what to do', async () => {
    const staged = stage(oneOff({ clientToken: 'mine' }))
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    const { exitCode, problem } = await staged.deploy('v3')
    expect(tokens(staged)).toEqual(['mine', 'mine'])
    expect(exitCode).toBe(1)
    expect(problem).toMatchObject({
      code: 'TaskFailed',
      what: expect.stringMatching(/^The one-off task could not be started: /),
      why: expect.stringContaining(taskId(staged.tasks()[0]!.taskArn)),
      fix: 'A clientToken always stands for the same task. Remove it, and each deploy uses its own.',
    })
    expect(staged.active('web')).toEqual(['web:1'])
  })

  it('is sent as declared; after a kill, of a revision that is used again it stands for the task that has run', async () => {
    let isDead = false
    const updateServices = [{ cluster: 'my_cluster', service: 'web' }]
    const staged = stage({ ...oneOff({ clientToken: 'mine' }), updateServices } satisfies Declared, {
      meddle: ({ operation }) => {
        if (isDead) return denied('everything')
        isDead = operation === 'RunTask'
        return undefined
      },
    })
    await staged.deploy('v2', { onFailure: 'leave' })
    await staged.clock.sleep(600_000)
    isDead = false
    const { exitCode, events } = await staged.deploy('v2', { skipUnchanged: true, hear: () => void (isDead = false) })
    expect(exitCode).toBe(0)
    expect(tokens(staged)).toEqual(['mine', 'mine'])
    expect(staged.tasks().filter((task) => task.group === 'family:web')).toMatchObject([
      { containers: [{ exitCode: 0 }] },
    ])
    expect(ofType(events, 'task.progressed').map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED'])
  })
})

describe('RunTask that is refused', () => {
  it('is a failed task, in the words of AWS', async () => {
    const message = 'No Container Instances were found in your cluster.'
    const { deploy, active } = stage(oneOff(), {
      meddle: refusing('RunTask', { status: 400, body: { __type: 'InvalidParameterException', message } }),
    })
    const { exitCode, problem } = await deploy('v2')
    expect(exitCode).toBe(1)
    expect(problem).toMatchObject({ code: 'TaskFailed', what: `The one-off task could not be started: ${message}` })
    expect(active('web')).toEqual([])
  })

  it('names the missing permission', async () => {
    const { problem } = await stage(oneOff(), { meddle: refusing('RunTask', denied('ecs:RunTask')) }).deploy('v2')
    expect(problem).toMatchObject({ code: 'RefusedByAws', why: expect.stringContaining('ecs:RunTask') })
  })

  it('is not assumed when AWS never answers: it says where to look for the task', async () => {
    const { problem, left, exitCode } = await stage(oneOff(), { meddle: refusing('RunTask', 'cut') }).deploy('v2')
    expect(exitCode).toBe(3)
    expect(left).toContainEqual(expect.stringContaining('A one-off task of web may run.'))
    expect(problem).toMatchObject({
      code: 'TaskFailed',
      what: 'AWS did not answer, so the one-off task may or may not have started.',
      fix: 'A one-off task of web may run. Look for it with: aws ecs list-tasks --cluster my_cluster --family web',
    })
  })
})
