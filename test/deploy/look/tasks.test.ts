import { describe, expect, it } from 'vitest'
import { readTaskList } from '../../../src/deploy/look/taskList.ts'
import { tasksText } from '../../../src/output/look/tasksText.ts'
import { looking, service } from './support.ts'

const plain = { color: false, columns: 80 }

async function settled(...declared: Parameters<typeof looking>) {
  const made = looking(...declared)
  await made.pass(600)
  return made
}

describe('tasks', () => {
  it('of a class are those of its services: revision, tag, status and age', async () => {
    const { look, definitions, clock, tasks } = await settled([service('web'), service('api')])
    const { list } = await readTaskList(look, { definitions: [definitions[0]!] }, clock.now)
    expect(list.tasks.map(({ of, revision, tags, lastStatus }) => ({ of, revision, tags, lastStatus }))).toEqual([
      { of: 'my_cluster/web', revision: 'web:1', tags: ['initial'], lastStatus: 'RUNNING' },
      { of: 'my_cluster/web', revision: 'web:1', tags: ['initial'], lastStatus: 'RUNNING' },
    ])
    const own = tasks().flatMap(({ group, taskArn }) => (group === 'service:web' ? taskArn : []))
    expect(new Set(list.tasks.map(({ taskArn }) => taskArn))).toEqual(new Set(own))
    const text = tasksText(list, plain)
    expect(text).toMatch(/^my_cluster\/web: 2 running or starting\n {2}[0-9a-f]{32} RUNNING, started 39 min \d+ s ago,/)
    expect(text.split('\n').every((line) => line.length <= 80)).toBe(true)
  })

  it('that stopped say why, in the words of ECS, with exit codes, below those that run', async () => {
    const { look, definitions, clock, update, pass } = await settled([service('web')])
    update('web', 'exit-3')
    await pass(40)
    const { list } = await readTaskList(look, { definitions }, clock.now)
    const stopped = list.tasks.filter(({ lastStatus }) => lastStatus === 'STOPPED')
    expect(stopped.length).toBeGreaterThan(0)
    expect(stopped[0]).toMatchObject({
      revision: 'web:2',
      tags: ['exit-3'],
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'web', exitCode: 3 }],
    })
    expect(list.tasks.findIndex(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(list.tasks.length - stopped.length)
    const line = tasksText(list, { color: false, columns: Infinity })
      .split('\n')
      .find((one) => one.includes('STOPPED'))
    expect(line).toMatch(
      /^ {2}[0-9a-f]{32} STOPPED \S+ s ago after \S+ s, web:2 \(exit-3\)(, i-\w+)?: Essential container in task exited; web exited with 3$/,
    )
  })

  it('of a cluster are all of it: those without a service under their family', async () => {
    const { look, clock, call } = await settled([service('web'), service('api')])
    call('ecs', 'RunTask', { cluster: 'my_cluster', taskDefinition: 'api:1' })
    const read = (services: string[]) => readTaskList(look, { cluster: 'my_cluster', services }, clock.now)
    const owners = async (...services: string[]) => [...new Set((await read(services)).list.tasks.map(({ of }) => of))]
    expect(await owners()).toEqual(['my_cluster/api', 'my_cluster/web', 'my_cluster: api'])
    expect(await owners('web')).toEqual(['my_cluster/web'])
  })

  it('of a class include its one-off tasks, and no other service of its family', async () => {
    const job = service('web', {}, { updateServices: [], runTasks: [{ cluster: 'my_cluster' }] })
    const { look, clock, call, definitions } = await settled([service('web'), job])
    call('ecs', 'RunTask', { cluster: 'my_cluster', taskDefinition: 'web:1' })
    const { list } = await readTaskList(look, { definitions: [definitions[1]!] }, clock.now)
    expect(list.tasks.map(({ of }) => of)).toEqual(['my_cluster: web'])
  })

  it('have the address of an awsvpc task, the ports of the host of another, and the instance', async () => {
    const instance = { containerInstanceArn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/my_cluster/1' }
    const { look, clock, call, pass, tasks } = await settled([service('web')], ({ operation }) =>
      operation === 'DescribeContainerInstances'
        ? { status: 200, body: { containerInstances: [{ ...instance, ec2InstanceId: 'i-1' }] } }
        : undefined,
    )
    Object.assign(tasks()[0]!, instance)
    tasks()[0]!.containers[0].networkBindings = [
      { bindIP: '0.0.0.0', hostPort: 32768, containerPort: 80 },
      { bindIP: '::', hostPort: 32768, containerPort: 80 },
    ]
    call('ecs', 'RegisterTaskDefinition', {
      family: 'vpc',
      networkMode: 'awsvpc',
      containerDefinitions: [{ name: 'vpc', image: 'x:1', memory: 64 }],
    })
    call('ecs', 'RunTask', {
      cluster: 'my_cluster',
      taskDefinition: 'vpc',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    })
    await pass(10)
    const { list } = await readTaskList(look, { cluster: 'my_cluster', services: [] }, clock.now)
    const addresses = (of: string) => list.tasks.filter((task) => task.of === of).flatMap((task) => task.addresses)
    expect(addresses('my_cluster: vpc')).toEqual([expect.stringMatching(/^(\d+\.){3}\d+$/)])
    expect(addresses('my_cluster/web')).toEqual(['host port 32768'])
    expect(tasksText(list, { color: false, columns: Infinity })).toContain(', web:1 (initial), host port 32768, i-1\n')
  })

  it('are still shown where their revisions may not be read', async () => {
    const { look, clock, definitions } = await settled([service('web')], ({ operation }) =>
      operation === 'DescribeTaskDefinition'
        ? { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }
        : undefined,
    )
    const { list } = await readTaskList(look, { definitions }, clock.now)
    expect(list.tasks.map(({ revision, tags }) => [revision, tags])).toEqual([
      ['web:1', []],
      ['web:1', []],
    ])
    expect(list.unread).toEqual([
      'The image tags of the revisions could not be read: the permission ecs:DescribeTaskDefinition is missing.',
    ])
  })

  it('of services that are not there are refused, all at once', async () => {
    const { look, clock } = await settled([service('web')])
    const asked = { cluster: 'my_cluster', services: ['nope', 'web', 'none'] }
    await expect(readTaskList(look, asked, clock.now)).rejects.toMatchObject({
      code: 'NotFound',
      problems: ['There is no service nope in cluster my_cluster.', 'There is no service none in cluster my_cluster.'],
    })
    await expect(readTaskList(look, { cluster: 'other', services: [] }, clock.now)).rejects.toMatchObject({
      code: 'NotFound',
      message: 'There is no cluster other.',
    })
  })
})

it('no tasks at all are said to be none', () => {
  const list = { version: 1, at: '2026-01-01T00:00:00.000Z', tasks: [], unread: [] } as const
  expect(tasksText(list, plain)).toBe('No tasks: none runs, and none has stopped within the last hour.\n')
})
