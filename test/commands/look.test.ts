import { describe, expect, test } from 'vitest'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'

const aws = serveAws({ services: ['web', 'api'], speed: 60 })

const cluster = ['--cluster', 'my_cluster']
const web = () => ofClasses({ Web: serviceOf('web') })

describe('without a class', () => {
  test('status shows the services of a cluster by their families, and ends 0 when all have settled', async () => {
    const { exitCode, stdout } = await ecsTask(['status', ...cluster], aws().env)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Family api\n\nService my_cluster\/api: settled\n {2}api:1 \(initial\), running 2 of 2\n/)
    expect(stdout).toContain('\n\nFamily web\n\nService my_cluster/web: settled\n')
    expect(stdout).toContain('\nACTIVE revisions\n  web:1 (initial): service my_cluster/web, task')
  })

  test('status shows only the services that are named, as JSON with the cluster', async () => {
    const { exitCode, stdout } = await ecsTask(['status', ...cluster, '--service', 'web', '--json'], aws().env)
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      cluster: 'my_cluster',
      state: 'settled',
      definitions: [{ family: 'web', services: [{ service: 'my_cluster/web' }] }],
    })
  })

  test('status ends 4 while a service is in progress', async () => {
    await aws().call('CreateService', {
      cluster: 'my_cluster',
      serviceName: 'slow',
      taskDefinition: 'web',
      desiredCount: 1,
    })
    const { exitCode, stdout } = await ecsTask(['status', '-c', 'my_cluster', '--service', 'slow'], aws().env)
    expect(exitCode).toBe(4)
    expect(stdout).toContain('Service my_cluster/slow: in progress\n')
  })

  test('status of a cluster without services says so', async () => {
    await aws().call('CreateCluster', { clusterName: 'empty' })
    const { exitCode, stdout } = await ecsTask(['status', '--cluster', 'empty'], aws().env)
    expect([exitCode, stdout]).toEqual([0, 'Cluster empty has no services to show.\n'])
  })

  test('tasks shows the tasks of a service, a line each where there is no terminal', async () => {
    const { exitCode, stdout } = await ecsTask(['tasks', ...cluster, '--service', 'web'], aws().env)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^my_cluster\/web: 2 running or starting\n( {2}[0-9a-f]{32} RUNNING, .*web:1 \(initial\)\n){2}$/,
    )
    const json = await web()(['tasks', '--json'], aws().env)
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, tasks: [{ of: 'my_cluster/web' }, {}], unread: [] })
  })

  test('history shows the deployments of a service, and of the class of the file that runs', async () => {
    const commit = '3f2a9c1e4b5d6f708192a3b4c5d6e7f809a1b2c3'
    const tags = Object.entries({ commit, actor: 'alice', 'ci-run': 'https://gitlab.com/shop/web/-/jobs/7' })
    await aws().call('TagResource', {
      resourceArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
      tags: tags.map(([key, value]) => ({ key: `ecs-task:${key}`, value })),
    })
    const { exitCode, stdout } = await ecsTask(['history', ...cluster, '--service', 'web'], aws().env)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^my_cluster\/web: 1 deployment in the last 90 days\n {2}\S+Z web:1 \(initial\) completed after .+\n {4}commit 3f2a9c1e4b5d by alice, registered by user\/local\n {4}https:\/\/gitlab.com\/shop\/web\/-\/jobs\/7\n$/,
    )
    const json = await web()(['history', '--json'], aws().env)
    expect(JSON.parse(json.stdout)).toMatchObject({
      version: 1,
      services: [{ service: 'my_cluster/web', deployments: [{ revision: 'web:1', outcome: 'completed', commit }] }],
      unread: [],
    })
  })
})

describe.each(['status', 'tasks', 'history', 'logs'])('%s is refused with 2', (command) => {
  test.each([
    ['with neither a file nor a cluster', [], 'No file and no cluster given.', '--cluster NAME'],
    ['with a file and a cluster', ['web.ts', ...cluster], 'It takes a class or --cluster, not both.', '--service'],
    ['with --only and a cluster', ['--only', 'Web', ...cluster], 'It takes a class or --cluster, not both.', ''],
    ['with a service and no cluster', ['--service', 'web'], '--service goes with --cluster.', 'Pass --cluster NAME.'],
    ['with an empty service', [...cluster, '--service', ''], '--service is empty.', 'may not be set'],
    ['for a cluster that is not there', ['--cluster', 'none'], 'There is no cluster none.', 'the region'],
    ['for a service that is not there', [...cluster, '--service', 'x'], 'There is no service x', 'web'],
  ])('%s', async (_, words, what, hint) => {
    const { exitCode, stdout, stderr } = await ecsTask([command, ...words], aws().env)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(what)
    expect(stderr).toContain(hint)
  })

  test('with the class of the file that runs and a cluster', async () => {
    const { exitCode, stderr } = await web()([command, ...cluster], aws().env)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('It takes a class or --cluster, not both.')
  })
})
