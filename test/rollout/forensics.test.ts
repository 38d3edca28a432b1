import type { Service, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { type Method, type Transport, openAws } from '../../src/aws/aws.ts'
import { forensicsOf, forensicsOfTasks } from '../../src/rollout/forensics.ts'
import { handClock } from '../handClock.ts'

const deploymentId = 'ecs-svc/1234567890123456789'
const revision = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:2'
const options = { 'awslogs-group': '/ecs/web', 'awslogs-stream-prefix': 'ecs' }
const taskDefinition = {
  containerDefinitions: [{ name: 'web', logConfiguration: { logDriver: 'awslogs', options } }],
}

const task = (id: number, exitCode: number, more: Partial<Task> = {}): Task => ({
  taskArn: `arn:aws:ecs:us-east-1:123456789012:task/my_cluster/${id}`,
  taskDefinitionArn: revision,
  startedBy: deploymentId,
  stoppedReason: 'Essential container in task exited',
  containers: [{ name: 'web', exitCode }],
  stoppedAt: new Date(id * 1000),
  ...more,
})

/** AWS, which answers each call as told; a call that is not told of never ends, until it is aborted. */
function answering(answers: { readonly [M in Method]?: (input: any) => object }) {
  const asked: string[] = []
  const transport: Transport = async (method, input, signal) => {
    asked.push(method)
    const answer = answers[method]
    if (answer) return { $metadata: {}, ...answer(input) } as never
    return new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  }
  const listener = { finished() {}, failed() {}, retried() {} }
  return { aws: openAws({ transport, clock: handClock(0), listener }), asked }
}

const service: Service = { serviceName: 'web', loadBalancers: [] }
const of = { cluster: 'my_cluster', service, deploymentId, unmet: ['running 0 of 2'], next: 'tsx web.ts status' }

describe('the forensics of a failure', () => {
  it('reads all pages of stopped tasks, and names the task that stopped last first in each group', async () => {
    const all = Array.from({ length: 250 }, (_, index) => task(index, index % 2))
    const { aws } = answering({
      listTasks: ({ nextToken = 0 }) => ({
        taskArns: all.slice(Number(nextToken), Number(nextToken) + 100).map(({ taskArn }) => taskArn),
        ...(Number(nextToken) < 200 && { nextToken: String(Number(nextToken) + 100) }),
      }),
      describeTasks: ({ tasks }) => ({ tasks: all.filter(({ taskArn }) => tasks.includes(taskArn)) }),
      describeTaskDefinition: () => ({ taskDefinition }),
      getLogEvents: ({ logStreamName }) => ({ events: [{ message: logStreamName }] }),
    })
    const { stoppedTasks, logs, ...more } = await forensicsOf(aws, of)
    expect(stoppedTasks.map(({ count }) => count)).toEqual([125, 125])
    expect(stoppedTasks.map(({ taskArns }) => taskArns[0]?.split('/').at(-1))).toEqual(['249', '248'])
    expect(logs.flatMap(({ lines }) => lines).toSorted()).toEqual(['ecs/web/248', 'ecs/web/249'])
    expect(more).toEqual({ targets: [], unmet: ['running 0 of 2'], next: 'tsx web.ts status' })
  })

  it('leaves out tasks old, and those that the scheduler stopped', async () => {
    const tasks = [
      task(1, 1),
      task(2, 1, { startedBy: 'ecs-svc/9' }),
      task(3, 143, {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/9)',
      }),
    ]
    const { aws } = answering({
      listTasks: () => ({ taskArns: ['1', '2', '3'] }),
      describeTasks: () => ({ tasks }),
      describeTaskDefinition: () => ({ taskDefinition }),
      getLogEvents: () => ({ events: [{ message: 'no' }] }),
    })
    const { stoppedTasks } = await forensicsOf(aws, of)
    expect(stoppedTasks).toMatchObject([{ count: 1, taskArns: [task(1, 1).taskArn] }])
  })

  it('reads target health and tasks in parallel', async () => {
    const { aws, asked } = answering({})
    const stop = new AbortController()
    const balanced = { ...service, loadBalancers: [{ targetGroupArn: 'arn:aws:x:targetgroup/web/1' }] }
    const found = forensicsOf(aws, { ...of, service: balanced }, stop.signal)
    await new Promise(setImmediate)
    expect(asked.toSorted()).toEqual(['describeTargetHealth', 'listTasks'])
    stop.abort(new Error('it took too long'))
    expect(await found).toEqual({
      stoppedTasks: [],
      logs: [],
      targets: [],
      unmet: [
        'running 0 of 2',
        'the tasks of the deployment could not be read: it took too long',
        'the target health of web could not be read: it took too long',
      ],
      next: 'tsx web.ts status',
    })
  })

  it('keeps what it has found when it is cut off', async () => {
    const { aws } = answering({
      listTasks: () => ({ taskArns: ['1'] }),
      describeTasks: () => ({ tasks: [task(1, 1)] }),
      describeTaskDefinition: () => ({ taskDefinition }),
    })
    const stop = new AbortController()
    const found = forensicsOf(aws, of, stop.signal)
    await new Promise(setImmediate)
    // As its deadline does.
    stop.abort()
    const note = expect.stringMatching(/there was no answer in time$/)
    expect(await found).toMatchObject({ stoppedTasks: [{ count: 1 }], logs: [{ container: 'web', lines: [], note }] })
  })

  it('says once that several containers of one name have no log for one reason', async () => {
    const { aws, asked } = answering({
      describeTaskDefinition: () => ({
        taskDefinition: { containerDefinitions: [{ name: 'web', logConfiguration: { logDriver: 'splunk' } }] },
      }),
    })
    const { logs, stoppedTasks } = await forensicsOfTasks(aws, {
      tasks: [task(1, 1), task(2, 2), task(3, 3)],
      unmet: [],
    })
    expect(stoppedTasks).toHaveLength(3)
    expect(logs).toMatchObject([{ container: 'web', lines: [], note: expect.stringContaining('splunk') }])
    expect(asked).toEqual(['describeTaskDefinition'])
  })

  it('is empty without stopped tasks, and reads nothing', async () => {
    const { aws, asked } = answering({})
    expect(await forensicsOfTasks(aws, { tasks: [], unmet: ['1 task could not be placed'] })).toEqual({
      stoppedTasks: [],
      logs: [],
      targets: [],
      unmet: ['1 task could not be placed'],
    })
    expect(asked).toEqual([])
  })
})
