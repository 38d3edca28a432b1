// ecs-deploy of fabfuel, a deploy tool in Python: every subcommand of it, and what it leaves.
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type Ended, endAll } from '../commands/support.ts'
import { soon } from './boto3.ts'
import { type Drivers, startDrivers } from './drivers.ts'

const installed = inject('python')
let drivers: Drivers

beforeEach(({ skip }) => skip(installed.missing !== undefined, installed.missing))
beforeAll(async () => {
  if (installed.missing === undefined) drivers = await startDrivers(['--speed', '60'])
})
afterAll(endAll)

const run = (...words: string[]): Promise<Ended> => drivers.python(['-m', 'ecs_deploy.cli', ...words])
const ecs = (method: string, input: object): Promise<any> => drivers.boto3.call('ecs', method, input)

async function service(): Promise<any> {
  const { services } = await ecs('describe_services', { cluster: 'my_cluster', services: ['web'] })
  return { ...services[0], taskDefinition: nameOf(services[0].taskDefinition) }
}

async function revision(taskDefinition: string): Promise<any> {
  return (await ecs('describe_task_definition', { taskDefinition })).taskDefinition
}

async function tasks(filter: object): Promise<any[]> {
  const { taskArns } = await ecs('list_tasks', { cluster: 'my_cluster', ...filter })
  return described(taskArns)
}

const described = async (arns: string[]): Promise<any[]> =>
  (await ecs('describe_tasks', { cluster: 'my_cluster', tasks: arns })).tasks

const nameOf = (arn: string): string => arn.split('/').at(-1)!
const arns = (all: any[]): string[] => all.map(({ taskArn }) => taskArn)

/** A successful run; `stderr` is empty but for what it warns of. */
async function succeeds(...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(...words)
  expect([exitCode, stderr]).toEqual([0, ''])
  return stdout
}

describe('ecs-deploy of fabfuel', () => {
  test('deploy brings a service to a new tag and waits for it', async () => {
    const before = await service()
    const told = await succeeds('deploy', 'my_cluster', 'web', '-t', 'v2', '-e', 'web', 'LEVEL', 'debug')
    expect(told).toContain('Deployment successful')
    const { taskDefinition, runningCount, deployments } = await service()
    expect([taskDefinition, runningCount]).toEqual(['web:2', 2])
    expect(deployments).toMatchObject([{ rolloutState: 'COMPLETED', desiredCount: 2 }])
    expect(deployments[0].id).not.toBe(before.deployments[0].id)
    expect(await revision('web:2')).toMatchObject({
      status: 'ACTIVE',
      containerDefinitions: [{ image: 'my_image:v2', environment: [{ name: 'LEVEL', value: 'debug' }] }],
    })
    expect(await revision('web:1')).toMatchObject({ status: 'INACTIVE' })
  })

  test('scale changes how many tasks run, and replaces none', async () => {
    const [{ id }] = (await service()).deployments
    const before = arns(await tasks({ serviceName: 'web' }))
    expect(await succeeds('scale', 'my_cluster', 'web', '3')).toContain('Scaling successful')
    expect(await service()).toMatchObject({ desiredCount: 3, runningCount: 3, deployments: [{ id }] })
    const after = arns(await tasks({ serviceName: 'web' }))
    expect([after.length, before.every((arn) => after.includes(arn))]).toEqual([3, true])
  })

  test('run starts tasks with another command', async () => {
    const told = await succeeds('run', 'my_cluster', 'web', '2', '-c', 'web', 'migrate')
    expect(told).toContain('Successfully started 2 instances of task: web:2')
    const started = await described(told.match(/arn:aws:ecs:\S+/g) ?? [])
    expect(started).toHaveLength(2)
    for (const task of started) {
      expect(task).toMatchObject({
        startedBy: 'ECS Deploy',
        overrides: { containerOverrides: [{ name: 'web', command: ['migrate'] }] },
      })
    }
    await drivers.boto3.wait('ecs', 'tasks_stopped', {
      cluster: 'my_cluster',
      tasks: arns(started),
      WaiterConfig: soon,
    })
  })

  test('run refuses what has no network on Fargate, and says so', async () => {
    const { exitCode, stderr } = await run('run', 'my_cluster', 'web', '--launchtype', 'FARGATE')
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('At least one subnet')])
  })

  test('cron points a rule at a new revision', async () => {
    const [{ taskDefinitionArn }] = [await revision('web')]
    const target = {
      Id: 'web',
      Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
      RoleArn: 'arn:aws:iam::123456789012:role/events',
      EcsParameters: { TaskDefinitionArn: taskDefinitionArn, TaskCount: 2 },
    }
    await drivers.boto3.call('events', 'put_targets', { Rule: 'nightly', Targets: [target] })
    const told = await succeeds('cron', 'my_cluster', 'web', 'nightly', '-t', 'v3', '--no-deregister')
    expect(told).toContain('Successfully updated scheduled task nightly')
    const { Targets } = await drivers.boto3.call('events', 'list_targets_by_rule', { Rule: 'nightly' })
    const EcsParameters = { TaskDefinitionArn: taskDefinitionArn.replace('web:2', 'web:3'), TaskCount: 2 }
    expect(Targets).toEqual([{ ...target, EcsParameters }])
    expect((await revision('web:3')).containerDefinitions).toMatchObject([{ image: 'my_image:v3' }])
    expect((await service()).taskDefinition).toBe('web:2')
  })

  test('update registers a revision and deregisters the one before', async () => {
    expect(await succeeds('update', 'web', '-t', 'v4')).toContain('Successfully created revision: 4')
    expect(await revision('web')).toMatchObject({ revision: 4, containerDefinitions: [{ image: 'my_image:v4' }] })
    expect(await revision('web:3')).toMatchObject({ status: 'INACTIVE' })
  })

  test('diff compares two revisions', async () => {
    const told = await succeeds('diff', 'web', '2', '4')
    expect(told).toContain('change: containers.web.image')
    expect(told).toContain('- "my_image:v2"')
    expect(told).toContain('+ "my_image:v4"')
  })

  test('what does not exist is refused', async () => {
    expect(await run('scale', 'my_cluster', 'nope', '1')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Service not found.'),
    })
    expect(await run('deploy', 'nowhere', 'web')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Cluster not found.'),
    })
  })
})

test('a deploy for which there is no room fails with the event that ECS puts out, where the clock is that of the wall', async () => {
  const { python, boto3 } = await startDrivers(['--speed', '1'])
  const words = ['-m', 'ecs_deploy.cli', 'deploy', 'my_cluster', 'web', '-t', 'no-place', '--timeout', '60']
  const { exitCode, stderr } = await python(words)
  expect(exitCode).toBe(1)
  expect(stderr).toContain('was unable to place a task')
  const { services } = await boto3.call('ecs', 'describe_services', { cluster: 'my_cluster', services: ['web'] })
  expect(services).toMatchObject([{ runningCount: 2, deployments: [{ runningCount: 0 }, { runningCount: 2 }] }])
})
