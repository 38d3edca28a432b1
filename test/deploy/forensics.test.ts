import { describe, expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { awslogs, forensicsIn, printed, service } from './failing.ts'
import { type Meddle, stage } from './support.ts'

const denied = (action: string): ReturnType<Meddle> => ({
  status: 400,
  body: {
    __type: 'AccessDeniedException',
    message: `User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`,
  },
})

describe('a rollout that fails says why in its output', () => {
  it('when its container crashes: the exit code and the last log lines', async () => {
    const { events } = await stage(service()).deploy('crash')
    expect(printed(events)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ {2}\d tasks stopped: Essential container in task exited$/),
        '    web exited with 1',
        expect.stringMatching(/^ {2}web \([0-9a-f]{8}…\) last log lines:$/),
        '    | Error: the image tag says crash',
        '    | exiting with code 1',
        '  Next: aws ecs describe-services --cluster my_cluster --services web',
      ]),
    )
    expect(forensicsIn(events).logs).toMatchObject([
      { container: 'web', lines: expect.arrayContaining(['exiting with code 1']) },
    ])
  })

  it('when its tasks start well and exit soon after, again and again', async () => {
    const { events } = await stage(service()).deploy('exit-1')
    expect(printed(events)).toEqual(
      expect.arrayContaining(['    web exited with 1', '    | exiting with code 1', '  - running 0 of 2']),
    )
  })

  it('when its image cannot be pulled: which image, and that there is no log', async () => {
    const { events } = await stage(service()).deploy('no-pull')
    const [group] = forensicsIn(events).stoppedTasks
    expect(group).toMatchObject({
      stoppedReason: expect.stringMatching(/^CannotPullContainerError: .*my_image:no-pull/),
    })
    expect(printed(events)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/tasks stopped: CannotPullContainerError: .*my_image:no-pull/),
        expect.stringMatching(/^ {2}No log of web \([0-9a-f]{8}…\): it logged nothing$/),
      ]),
    )
  })

  it('when its log group does not exist: that nothing can start', async () => {
    const options = { ...awslogs.options, 'awslogs-group': '/ecs/<image_tag>' }
    const { events, exitCode } = await stage(service({ logConfiguration: { ...awslogs, options } })).deploy('v2')
    expect(exitCode).toBe(1)
    expect(forensicsIn(events).stoppedTasks[0]).toMatchObject({
      stoppedReason: expect.stringMatching(/^CannotStartContainerError: .*The specified log group does not exist\.$/),
    })
    expect(printed(events)).toEqual(
      expect.arrayContaining([expect.stringMatching(/tasks stopped: .*The specified log group does not exist/)]),
    )
  })

  it('when its container turns unhealthy: the failed health check and the last log lines', async () => {
    const healthCheck = { command: ['CMD-SHELL', 'curl -f localhost'], interval: 10 }
    const { events } = await stage(service({ healthCheck })).deploy('unhealthy')
    expect(printed(events)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/tasks stopped: .*failed container health checks/),
        "    | my_image:unhealthy started: the image's own command",
      ]),
    )
  })

  it('when it never becomes healthy and nothing stops: the last log lines of its running tasks', async () => {
    const healthCheck = { command: ['CMD-SHELL', 'curl -f localhost'], startPeriod: 300 }
    const { events, exitCode } = await stage(service({ healthCheck })).deploy('unhealthy', { timeout: 120_000 })
    expect(exitCode).toBe(1)
    expect(forensicsIn(events)).toMatchObject({
      stoppedTasks: [],
      logs: [{ container: 'web', lines: ["my_image:unhealthy started: the image's own command"] }],
    })
  })
})

describe('the last lines of a log', () => {
  it('are those of the container that stopped its task, not of the others in it', async () => {
    const sidecar = (name: string, more: object): object => ({ name, memory: 64, logConfiguration: awslogs, ...more })
    const { events } = await stage(
      service({}, sidecar('proxy', { image: 'envoy:1.30' }), sidecar('agent', { image: 'agent:7', essential: false })),
    ).deploy('crash')
    expect(forensicsIn(events).logs.map(({ container }) => container)).toEqual(['web'])
  })

  it('cannot be read from a driver other than awslogs, and one line says so', async () => {
    const { events, sent } = await withSent(stage(service({ logConfiguration: { logDriver: 'fluentd' } })))
    expect(printed(events).filter((line) => line.includes('fluentd'))).toEqual([
      expect.stringMatching(
        /^ {2}No log of web \([0-9a-f]{8}…\): container web logs with fluentd, which ecs-task cannot read/,
      ),
    ])
    expect(sent).not.toContain('GetLogEvents')
  })

  it('are left out, naming the missing permission, when AWS denies them', async () => {
    const meddle: Meddle = ({ operation }) => (operation === 'GetLogEvents' ? denied('logs:GetLogEvents') : undefined)
    const { events, exitCode } = await stage(service(), { meddle }).deploy('crash')
    expect(exitCode).toBe(1)
    expect(forensicsIn(events)).toMatchObject({
      stoppedTasks: [{ containers: [{ name: 'web', exitCode: 1 }] }],
      logs: [{ container: 'web', lines: [], note: expect.stringContaining('logs:GetLogEvents') }],
    })
  })

  it('are left out, naming the missing permission, when the task definition cannot be read', async () => {
    const meddle: Meddle = ({ operation, input }) =>
      operation === 'DescribeTaskDefinition' && input.taskDefinition.endsWith(':2')
        ? denied('ecs:DescribeTaskDefinition')
        : undefined
    const { events } = await stage(service(), { meddle }).deploy('crash')
    expect(forensicsIn(events).logs).toMatchObject([
      {
        lines: [],
        note: 'its task definition could not be read: the permission ecs:DescribeTaskDefinition is missing',
      },
    ])
  })

  it('cost one read of the task definition and one of the log for each kind of failure, however many tasks failed', async () => {
    const { events, requests } = await stage(service()).deploy('crash')
    const [group] = forensicsIn(events).stoppedTasks
    expect(group?.count).toBeGreaterThan(1)
    const logs = requests.filter(({ operation }) => operation === 'GetLogEvents')
    expect(logs).toHaveLength(1)
    const looks = requests.filter(({ operation }) => operation === 'DescribeTaskDefinition')
    expect(looks.filter(({ at, input }) => at === logs[0]!.at && input.taskDefinition.endsWith(':2'))).toHaveLength(1)
  })
})

describe('the stopped tasks', () => {
  it('are not read again when AWS denies it, and the missing permission is named', async () => {
    const isOurs = ({ operation, input }: Parameters<Meddle>[0]): boolean =>
      operation === 'ListTasks' && input.desiredStatus === 'STOPPED'
    const meddle: Meddle = (one) => (isOurs(one) ? denied('ecs:ListTasks') : undefined)
    const { deploy } = stage(service(), { meddle })
    const { events, exitCode, requests } = await deploy('crash', { earlyFail: undefined })
    expect(exitCode).toBe(1)
    expect(forensicsIn(events)).toMatchObject({
      stoppedTasks: [],
      logs: [],
      unmet: expect.arrayContaining([
        'the tasks of the deployment could not be read: the permission ecs:ListTasks is missing',
      ]),
    })
    expect(requests.filter(isOurs)).toHaveLength(1)
  })

  it('are those of this deployment only: tasks of an earlier one, and those that were scaled in, are left out', async () => {
    const { deploy, service: seen, tasks } = stage(service())
    await deploy('crash')
    const before = new Set(tasks().map(({ taskArn }) => taskArn))
    const { events } = await deploy('no-pull')
    expect(seen('my_cluster/web').runningCount).toBe(2)
    const groups = forensicsIn(events).stoppedTasks
    expect(groups.length).toBeGreaterThan(0)
    for (const { taskArns, stoppedReason } of groups) {
      expect(stoppedReason).toMatch(/^CannotPullContainerError/)
      for (const taskArn of taskArns) expect(before).not.toContain(taskArn)
    }
  })
})

/** A deploy that crashes, with the names of the calls it took. */
async function withSent(on: ReturnType<typeof stage>): Promise<{ events: readonly ToldEvent[]; sent: string[] }> {
  const { events, requests } = await on.deploy('crash')
  return { events, sent: requests.map(({ operation }) => operation) }
}
