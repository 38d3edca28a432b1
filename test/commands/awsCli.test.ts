import { devNull } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningLocalAws, runLocalAws } from './runningLocalAws.ts'
import { type Ended, endAll, onPath, startProcess } from './support.ts'

const aws = onPath('aws')
let local: RunningLocalAws

beforeAll(async () => {
  // Its clock all but stands still, so that no bucket fills up again while the AWS CLI starts.
  if (aws) local = await runLocalAws(['--speed', '0.001'], ['web', 'worker'])
})
afterAll(endAll)

describe.concurrent('the AWS CLI drives the local AWS', () => {
  beforeEach(({ skip }) => skip(!aws, 'the AWS CLI is not installed here'))

  test('describe-services returns existing services and failures for missing ones', async () => {
    const { exitCode, stdout, stderr } = await awsCli(
      'ecs',
      'describe-services',
      '--cluster',
      'my_cluster',
      '--services',
      'web',
      'nope',
    )
    expect(exitCode, stderr).toBe(0)
    const { services, failures } = JSON.parse(stdout)
    expect(services).toMatchObject([
      { serviceName: 'web', status: 'ACTIVE', desiredCount: 2, runningCount: 2, launchType: 'EC2' },
    ])
    expect(failures).toEqual([{ arn: expect.stringMatching(/service\/my_cluster\/nope$/), reason: 'MISSING' }])
  })

  test('update-service changes the service, and refuses an unknown one in AWS’s words', async () => {
    const [updated, refused] = await Promise.all([
      awsCli('ecs', 'update-service', '--cluster', 'my_cluster', '--service', 'worker', '--desired-count', '3'),
      awsCli('ecs', 'update-service', '--cluster', 'my_cluster', '--service', 'nope', '--desired-count', '3'),
    ])
    expect(updated.exitCode, updated.stderr).toBe(0)
    expect(JSON.parse(updated.stdout).service).toMatchObject({ serviceName: 'worker', desiredCount: 3 })
    expect((await local.world()).services['my_cluster/worker']!.service.desiredCount).toBe(3)
    expect(refused.exitCode).not.toBe(0)
    expect(refused.stderr).toContain(
      'An error occurred (ServiceNotFoundException) when calling the UpdateService operation: Service not found.',
    )
  })

  test('list-task-definitions reads all pages, however small, and can continue where it stopped', async () => {
    await Promise.all([1, 2, 3].map(() => registered('paged')))
    const list = ['ecs', 'list-task-definitions', '--family-prefix', 'paged'] as const
    const [paged, first] = await Promise.all([awsCli(...list, '--page-size', '2'), awsCli(...list, '--max-items', '2')])
    expect(names(paged)).toEqual(['paged:1', 'paged:2', 'paged:3'])
    expect(names(first)).toEqual(['paged:1', 'paged:2'])
    const rest = await awsCli(...list, '--starting-token', JSON.parse(first.stdout).NextToken)
    expect(names(rest)).toEqual(['paged:3'])
  })

  test('an empty bucket answers ThrottlingException', async () => {
    const throttled = await runLocalAws(['--speed', '0.001'])
    const input = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64 }] }
    const answers = await Promise.all(Array.from({ length: 30 }, () => throttled.call('RegisterTaskDefinition', input)))
    expect(answers.filter(({ status }) => status === 200).length).toBe(20)
    const { exitCode, stderr } = await awsCliOf(
      throttled,
      'ecs',
      'register-task-definition',
      '--cli-input-json',
      JSON.stringify(input),
    )
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain(
      'An error occurred (ThrottlingException) when calling the RegisterTaskDefinition operation',
    )
    expect(stderr).toContain('Rate exceeded')
  })
})

function awsCli(...words: string[]): Promise<Ended> {
  return awsCliOf(local, ...words)
}

/** The AWS CLI in this machine's environment, but for all that is said there about AWS. */
function awsCliOf(running: RunningLocalAws, ...words: string[]): Promise<Ended> {
  const machine = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('AWS_') ? [] : [[name, value]],
  )
  const nothing = {
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
  }
  const env = { ...Object.fromEntries(machine), ...nothing, ...running.env }
  return startProcess(aws!, [...words, '--output', 'json'], { cwd: running.folder, env }).ended
}

function names({ stdout, stderr }: Ended): string[] {
  expect(stderr).toBe('')
  return JSON.parse(stdout).taskDefinitionArns.map((arn: string) => arn.split('/').at(-1))
}

async function registered(family: string): Promise<void> {
  const { status } = await local.call('RegisterTaskDefinition', {
    family,
    containerDefinitions: [{ name: family, image: 'x:1', memory: 64 }],
  })
  expect(status).toBe(200)
}
