import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ecsTask } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { emptyEnvironment, endAll, onPath, program, project, startProcess } from './support.ts'

afterAll(endAll)

const groups = ['asked', 'refused', 'agreed', 'interrupted', 'json']
const userData = Buffer.from('ECS_CLUSTER=my_cluster').toString('base64')

const aws = serveAws({ speed: 120 })
const { run, folder } = project({})
const script = process.platform === 'linux' ? onPath('script') : undefined

const call = (target: string, input: object): Promise<any> =>
  fetch(aws().url, {
    method: 'POST',
    headers: { 'x-amz-target': target },
    body: JSON.stringify(input),
  }).then((answer) => answer.json())
const instances = (...words: string[]) => run([program, 'instances', ...words], aws().env)
const groupOf = async (name: string): Promise<any> =>
  (await call('autoscaling.DescribeAutoScalingGroups', { AutoScalingGroupNames: [name] })).AutoScalingGroups[0]
const sourceOf = async (name: string): Promise<string[]> =>
  (await groupOf(name)).Instances.map((one: any) => one.LaunchConfigurationName)

beforeAll(async () => {
  const data = { ImageId: 'ami-1', InstanceType: 't3.small', UserData: userData }
  for (const LaunchConfigurationName of ['old', 'new']) {
    await call('autoscaling.CreateLaunchConfiguration', { LaunchConfigurationName, ...data })
  }
  for (const AutoScalingGroupName of groups) {
    await call('autoscaling.CreateAutoScalingGroup', {
      AutoScalingGroupName,
      MinSize: 0,
      MaxSize: 3,
      DesiredCapacity: 1,
      AvailabilityZones: ['us-east-1a'],
      LaunchConfigurationName: 'old',
    })
  }
  const joined = async (): Promise<number> =>
    (await aws().call('ListContainerInstances', { cluster: 'my_cluster' })).body.containerInstanceArns.length
  while ((await joined()) < groups.length) continue
  for (const AutoScalingGroupName of groups) {
    await call('autoscaling.UpdateAutoScalingGroup', { AutoScalingGroupName, LaunchConfigurationName: 'new' })
  }
})

describe.concurrent('ecs-task instances', () => {
  test('status --local without any state says how to create it', async () => {
    const { exitCode, stderr } = await run([program, 'instances', 'status', '-c', 'my_cluster', '--local'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('There is no cluster my_cluster.')
    expect(stderr).toContain('ECS_CLUSTER=my_cluster')
    expect(stderr).toMatch(/in the server that this starts: ecs-task local --state \.ecs-task\/local\.json$/m)
  })

  test('status ends 4 while an instance is outdated, and has it as data', async () => {
    const { exitCode, stdout } = await instances('status', '-c', 'my_cluster', '--asg', 'refused', '--json')
    expect(exitCode).toBe(4)
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'outdated',
      groups: [{ group: 'refused', starts: 'launch configuration new', desired: 1 }],
    })
    const { stdout: text } = await instances('status', '-c', 'my_cluster')
    for (const name of groups) expect(text).toContain(`${name} in my_cluster wants`)
  })

  test('refresh changes nothing without a terminal and without --yes', async () => {
    const { exitCode, stdout, stderr } = await instances('refresh', '-c', 'my_cluster', '--asg', 'refused')
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('Confirmation needed, but stdin is not a terminal.')
    expect(stderr).toContain('then pass --yes')
    expect(await sourceOf('refused')).toEqual(['old'])
  })

  test('a dry run prints the plan on the standard output', async () => {
    const ended = await instances('refresh', '-c', 'my_cluster', '--asg', 'refused', '--dry-run')
    expect(ended.exitCode).toBe(0)
    expect(ended.stdout).toContain('Replace 1 instance of refused in my_cluster, by launch configuration new')
    expect(ended.stdout).toContain('autoscaling.setDesiredCapacity')
    expect(ended.stdout).toContain('Nothing was written.')
  })

  test('refresh replaces what is outdated, and a second one has nothing to do', async () => {
    const words = ['refresh', '-c', 'my_cluster', '--asg', 'agreed', '--batch', '50%', '--yes']
    const { exitCode, stderr } = await instances(...words)
    expect(exitCode, stderr).toBe(0)
    expect(stderr).toContain('Refreshing: agreed')
    expect(stderr).toMatch(/agreed: i-\w+ DRAINING, 0 tasks/)
    expect(stderr).toContain('Replaced 1 instance of agreed in my_cluster.')
    expect(await sourceOf('agreed')).toContain('new')
    const again = await instances(...words)
    expect(again.exitCode).toBe(0)
    expect(again.stderr).toContain('agreed in my_cluster is already up to date.')
  })

  test('refresh tells its events as JSON lines', async () => {
    const { exitCode, stdout } = await instances('refresh', '-c', 'my_cluster', '--asg', 'json', '--yes', '--json')
    expect(exitCode).toBe(0)
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type)
    expect(types.at(0)).toBe('run.started')
    expect(types).toContain('instance.progressed')
    expect(types.at(-1)).toBe('run.finished')
  })

  test.each([
    [['refresh', '-c', 'my_cluster', '--asg', 'refused', '--batch', '0', '--yes'], '--batch 0 is not a number'],
    [['refresh', '-c', 'my_cluster', '--yes'], '--asg'],
    [['status', '-c', 'nowhere'], 'There is no cluster nowhere.'],
    [['refresh', '-c', 'my_cluster', '--asg', 'nothing', '--yes'], 'There is no Auto Scaling group nothing.'],
  ])('refuses %j', async (words, text) => {
    const { exitCode, stdout, stderr } = await ecsTask(['instances', ...words], aws().env)
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(text)
  })
})

describe.concurrent('ecs-task instances refresh on a terminal', () => {
  beforeEach(({ skip }) => skip(!script, 'there is no program `script` here to make a terminal with'))

  test('shows the plan, asks, and goes on when the answer is yes', async () => {
    const { exitCode, screen } = await answered('asked', 'yes\r')
    expect(exitCode).toBe(0)
    expect(screen).toMatch(/Replace 1 instance of asked in my_cluster, by launch configuration new\? \[y\/N\]/)
    expect(screen).toContain('Replaced 1 instance of asked in my_cluster.')
    expect(await sourceOf('asked')).toContain('new')
  })

  test('changes nothing when the answer is no, or Ctrl-C', async () => {
    expect(await answered('interrupted', 'n\r')).toMatchObject({ exitCode: 2 })
    expect(await answered('interrupted', '\u0003')).toMatchObject({ exitCode: 130 })
    expect(await sourceOf('interrupted')).toEqual(['old'])
  })
})

/** Runs a refresh on a terminal and types something when it asks; answers with all that was sent to the terminal. */
async function answered(group: string, typed: string): Promise<{ exitCode: number | null; screen: string }> {
  const command = `stty cols 120 rows 40; exec '${process.execPath}' '${program}' instances refresh -c my_cluster --asg ${group}`
  const started = startProcess(script!, ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: { ...emptyEnvironment(folder), ...aws().env, TERM: 'xterm-256color', SHELL: '/bin/sh' },
  })
  await started.said('[y/N]')
  started.child.stdin?.write(typed)
  const { exitCode, stdout } = await started.ended
  return { exitCode, screen: stripVTControlCharacters(stdout).replaceAll(/\s+/g, ' ') }
}
