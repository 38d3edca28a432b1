import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { forensicsIn } from '../failing.ts'
import { web } from '../declared.ts'
import { ofType, stage } from '../support.ts'
import { running, service, story } from './support.ts'

const doorman = { cluster: 'production1', service: 'doorman' }
const of = (tag: string) =>
  service('doorman', { containerDefinitions: [{ name: 'web', image: `docker.repo.com/doorman:${tag}`, memory: 64 }] })

/** A service that was deployed with this image and no task. */
async function empty(tag: string, more: Parameters<typeof running>[1] = {}) {
  const staged = running([of('v0')], more)
  const wait = async () => {
    await staged.clock.sleep(60_000)
    staged.aws.advance()
  }
  staged.call('ecs', 'UpdateService', { ...doorman, desiredCount: 0 })
  await wait()
  staged.call('ecs', 'RegisterTaskDefinition', of(tag).taskDefinition)
  staged.call('ecs', 'UpdateService', { ...doorman, taskDefinition: 'doorman' })
  await wait()
  const seen = () => staged.service('production1/doorman')
  expect(seen()).toMatchObject({ runningCount: 0, deployments: [{ rolloutState: 'COMPLETED', desiredCount: 0 }] })
  return { ...staged, seen, wait }
}

describe('a service that is scaled', () => {
  it.each(['exit-1', 'crash', 'no-pull'])(
    'from 0 with an image that does %s fails early, and goes back to 0',
    async (tag) => {
      const { update, seen, clock } = await empty(tag)
      const began = clock.now()
      const { exitCode, problem, events, writes } = await update({ desiredCount: 2 })
      expect(exitCode).toBe(1)
      expect(problem).toMatchObject({
        code: 'DeploymentFailed',
        what: 'Service doorman failed to reach 2 running tasks.',
      })
      expect(problem?.why).toMatch(/^\d tasks stopped for the same reason: /)
      expect(forensicsIn(events).stoppedTasks[0]?.count).toBeGreaterThanOrEqual(3)
      expect(story(writes)).toEqual(['UpdateService 2', 'UpdateService 0'])
      expect(seen()).toMatchObject({ desiredCount: 0, runningCount: 0 })
      expect(clock.now() - began).toBeLessThan(5 * 60_000)
    },
  )

  it('is done once ECS says that it is steady, and not when the number is right for a moment', async () => {
    const { update, seen, clock } = await empty('v1')
    const began = clock.now()
    const { exitCode, events } = await update({ desiredCount: 2 })
    expect(exitCode).toBe(0)
    expect(seen().runningCount).toBe(2)
    expect(seen().events[0].message).toBe('(service doorman) has reached a steady state.')
    expect(ofType(events, 'service.reported').at(-1)?.message).toContain('has reached a steady state')
    // A task counts once it has run for 40 s.
    expect(clock.now() - began).toBeGreaterThan(40_000)
  })

  it('is done after a minute without news where ECS reports no events', async () => {
    const muted = (shown: Unchecked): Unchecked => ({ ...shown, events: [] })
    const { update, seen, aws } = await empty('v1', {
      meddle: ({ operation, input }) => {
        if (operation !== 'DescribeServices') return undefined
        aws.advance()
        return { status: 200, body: { services: input.services.map(() => muted(seen())), failures: [] } }
      },
    })
    expect((await update({ desiredCount: 2 })).exitCode).toBe(0)
    expect(seen()).toMatchObject({ desiredCount: 2, runningCount: 2 })
  })

  it('does not count what had stopped before', async () => {
    const { update, call, tasks, wait, seen } = await empty('v1')
    call('ecs', 'UpdateService', { ...doorman, desiredCount: 3 })
    await wait()
    // Three tasks of this very deployment that ended by themselves, a minute ago.
    for (const task of tasks().filter(({ desiredStatus }) => desiredStatus === 'RUNNING')) {
      call('ecs', 'StopTask', { cluster: 'production1', task: task.taskArn })
      Object.assign(task, { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' })
    }
    await wait()
    expect((await update({ desiredCount: 4 })).exitCode).toBe(0)
    expect(seen()).toMatchObject({ desiredCount: 4, runningCount: 4 })
  })

  it('and that somebody else scales meanwhile ends 5, with their number', async () => {
    const { update, call, seen } = await empty('v1')
    const result = await update(
      { desiredCount: 2 },
      {
        hear: ({ type }) => {
          if (type === 'service.progressed') call('ecs', 'UpdateService', { ...doorman, desiredCount: 5 })
        },
      },
    )
    expect(result).toMatchObject({ exitCode: 5, left: [], problem: { what: 'Somebody else scaled doorman to 5.' } })
    expect(seen()).toMatchObject({ desiredCount: 5 })
  })

  it('goes back to a number that did not run either, without waiting for it', async () => {
    const { update, call, wait, seen } = await empty('crash')
    call('ecs', 'UpdateService', { ...doorman, desiredCount: 1 })
    await wait()
    const result = await update({ desiredCount: 3 })
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(seen()).toMatchObject({ desiredCount: 1 })
  })

  it('with --on-failure leave and a time-out goes on: 4', async () => {
    const { update, seen } = await empty('slow-30m')
    const result = await update({ desiredCount: 2 }, { timeout: 60_000, onFailure: 'leave' })
    expect(result).toMatchObject({ exitCode: 4, outcome: 'stillGoing' })
    expect(result.left[0]).toContain('"desiredCount":0')
    expect(seen()).toMatchObject({ desiredCount: 2 })
  })

  it('makes room also where its tasks crash, for those that replace them', async () => {
    const { update, call, clock, aws, seen } = await empty('exit-1')
    call('ecs', 'UpdateService', { ...doorman, desiredCount: 2 })
    while (seen().runningCount === 0) {
      await clock.sleep(1_000)
      aws.advance()
    }
    const { exitCode, writes } = await update({ image: ['docker.repo.com/doorman:v2'], makeRoom: 1 })
    expect(story(writes)).toEqual(['RegisterTaskDefinition', 'UpdateService 1', 'UpdateService', 'UpdateService 2'])
    expect(exitCode).toBe(0)
    expect(seen()).toMatchObject({ desiredCount: 2, runningCount: 2 })
  })
})

it('a class that only changes the number of tasks believes no look from before that', async () => {
  const site = { cluster: 'my_cluster', service: 'web' }
  let before: Unchecked | undefined
  const staged = stage(web({ runTasks: [], eventTargets: [], updateServices: [{ ...site, desiredCount: 4 }] }), {
    meddle({ operation, input }) {
      const shown = (): Unchecked =>
        staged.call('ecs', 'DescribeServices', { cluster: site.cluster, services: [site.service] })
      if (operation === 'UpdateService' && input['desiredCount'] === 4) before = shown()
      if (operation !== 'DescribeServices' || !before) return undefined
      const answer = { status: 200, body: before }
      before = undefined
      return answer
    },
  })
  expect((await staged.deploy('v2')).exitCode).toBe(0)
  staged.call('ecs', 'UpdateService', { ...site, desiredCount: 2 })
  await staged.clock.sleep(120_000)
  staged.aws.advance()
  before = undefined
  expect(staged.service('my_cluster/web')).toMatchObject({ desiredCount: 2, runningCount: 2 })
  const { exitCode, writes } = await staged.deploy('v2', { skipUnchanged: true })
  expect([exitCode, writes.map(({ operation }) => operation)]).toEqual([0, ['UpdateService']])
  expect(staged.service('my_cluster/web')).toMatchObject({ desiredCount: 4, runningCount: 4 })
})
