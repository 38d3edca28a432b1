import { describe, expect, it } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { web } from './declared.ts'
import { running } from './service/support.ts'
import { ofType, stage } from './support.ts'

const registered = {
  family: 'web',
  containerDefinitions: [{ name: 'web', image: 'docker.repo.com/web:v1', memory: 64 }],
}
const instances = (cluster: string) => [
  { cluster, ec2InstanceId: 'i-1' },
  { cluster, ec2InstanceId: 'i-2' },
]

/** A cluster of two instances with a DAEMON `web` that runs on both. */
function withDaemon(declared: Partial<Declared> = {}) {
  const made = { clusters: ['my_cluster'], containerInstances: instances('my_cluster') }
  const staged = stage(web({ runTasks: [], eventTargets: [], ...declared }), { made })
  makeDaemon(staged, 'my_cluster')
  return staged
}

/** The cluster `production1` with a service `doorman` of two tasks beside that DAEMON. */
function besideDaemon() {
  const staged = running(undefined, { containerInstances: instances('production1') })
  makeDaemon(staged, 'production1')
  return staged
}

function makeDaemon({ call, clock, aws }: Pick<ReturnType<typeof stage>, 'call' | 'clock' | 'aws'>, cluster: string) {
  call('ecs', 'RegisterTaskDefinition', registered)
  call('ecs', 'CreateService', {
    cluster,
    serviceName: 'web',
    taskDefinition: 'web',
    schedulingStrategy: 'DAEMON',
    launchType: 'EC2',
  })
  for (let second = 0; second < 300; second += 10) {
    void clock.sleep(10_000)
    aws.advance()
  }
}

const countsSent = (sent: readonly { operation: string; input: any }[]): unknown[] =>
  sent.filter(({ input }) => 'desiredCount' in input)

describe('a class with a DAEMON', () => {
  it('is refused where it declares a desired count, with the path, before anything is written', async () => {
    const { deploy, rollback } = withDaemon({
      updateServices: [{ cluster: 'my_cluster', service: 'web', desiredCount: 2 }],
    })
    for (const result of [await deploy('v2'), await deploy('v2', { dryRun: true })]) {
      expect(result).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'BadDefinition' } })
      expect(result.problem!.problems).toEqual([
        'Task/updateServices/0/desiredCount: service web is a DAEMON, which has one task on each instance; remove it.',
      ])
    }
    expect(await rollback()).toMatchObject({ exitCode: 2, writes: [] })
  })

  it('is deployed, rolled back and put back without ever sending one', async () => {
    const { deploy, rollback, runs, service, sent } = withDaemon()
    expect((await deploy('v2')).exitCode).toBe(0)
    expect((await deploy('crash')).exitCode).toBe(1)
    expect([runs('my_cluster/web'), service('my_cluster/web').runningCount]).toEqual(['web:2', 2])
    expect((await rollback()).exitCode).toBe(0)
    expect([runs('my_cluster/web'), countsSent(sent)]).toEqual(['web:1', []])
  })

  it('is only looked at by status and wait, whatever it declares', async () => {
    const { wait } = withDaemon({ updateServices: [{ cluster: 'my_cluster', service: 'web', desiredCount: 2 }] })
    expect(await wait()).toMatchObject({ exitCode: 0, writes: [] })
  })
})

describe('service update of a DAEMON', () => {
  it('refuses --desired-count before anything is written', async () => {
    const { update, writes } = besideDaemon()
    const { problem } = await update({ service: 'web', desiredCount: 3, image: ['docker.repo.com/web:v2'] })
    expect(problem).toMatchObject({
      code: 'BadArguments',
      what: 'ECS takes no desired count for a DAEMON: web.',
    })
    expect(writes()).toEqual([])
  })

  it('needs no --make-room, says so, and takes no task away', async () => {
    const { update, runs, sent } = besideDaemon()
    const result = await update({ service: 'web', makeRoom: 1, image: ['docker.repo.com/web:v2'] })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(ofType(result.events, 'warning.raised').map(({ text }) => text)).toEqual([
      'Service web is a DAEMON, so --make-room is ignored for it.',
    ])
    expect([runs('production1/web'), countsSent(sent)]).toEqual(['web:2', []])
  })

  it('makes room for a service of another kind as before', async () => {
    const { update, sent } = besideDaemon()
    await update({ makeRoom: 1, image: ['docker.repo.com/doorman:v2'] })
    expect(countsSent(sent)).toMatchObject([{ input: { desiredCount: 1 } }, { input: { desiredCount: 2 } }])
  })
})
