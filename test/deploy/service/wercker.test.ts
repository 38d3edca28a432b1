import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { taskDefinitionFromFile } from '../../../src/definition/edits/taskDefinitionFromFile.ts'
import type { TaskRun } from '../../../src/definition/definition.ts'
import { imagesOf, running, service, story } from './support.ts'

/** `/app/hello-task-definition.json` of the step: nothing but containers. */
function hello(tag: string) {
  const containers = [
    { name: 'hello', image: `hello:${tag}`, memory: 64, portMappings: [{ containerPort: 80, hostPort: 80 }] },
  ]
  return taskDefinitionFromFile(JSON.stringify(containers), { file: 'hello.json', family: 'hello' }).input
}

/** As `hello` runs before. */
const before = service('hello', { containerDefinitions: hello('v1').containerDefinitions })
const run: TaskRun = { cluster: 'production1' }

describe('the wercker step aws-ecs', () => {
  it('registers a bare list of containers under the family, makes room, updates and gives the room back', async () => {
    const { update, service: seen, definitionOf } = running([before])
    const { exitCode, writes } = await update({ service: 'hello', input: hello('v2'), makeRoom: 2 })
    expect([exitCode, story(writes)]).toEqual([
      0,
      ['RegisterTaskDefinition', 'UpdateService 1', 'UpdateService', 'UpdateService 2'],
    ])
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 2, runningCount: 2 })
    expect(imagesOf(definitionOf('production1/hello'))).toEqual({ hello: 'hello:v2' })
  })

  it('waits between its steps: each UpdateService finds the one before it done', async () => {
    const { update, region } = running([before], {
      meddle: ({ operation, input }) => {
        if (operation === 'UpdateService') found.push([input.desiredCount, counts()])
      },
    })
    const found: unknown[] = []
    const counts = (): number[] => {
      const { runningCount, desiredCount } = region().services['production1/hello']!.service
      return [runningCount, desiredCount]
    }
    expect((await update({ service: 'hello', input: hello('v2'), makeRoom: 2 })).exitCode).toBe(0)
    expect(found).toEqual([
      [1, [2, 2]],
      [undefined, [1, 1]],
      [2, [1, 1]],
    ])
  })

  it('does not make room where fewer tasks run than the minimum', async () => {
    const { update } = running([before])
    const { exitCode, writes } = await update({ service: 'hello', input: hello('v2'), makeRoom: 3 })
    expect([exitCode, story(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
  })

  it('makes room in a cluster where each instance has one fixed host port', async () => {
    const containerInstances = ['i-1', 'i-2'].map((ec2InstanceId) => ({ cluster: 'production1', ec2InstanceId }))
    const { update, service: seen, tasks } = running([before], { containerInstances })
    const on = () =>
      tasks()
        .filter(({ lastStatus }) => lastStatus === 'RUNNING')
        .map(({ containerInstanceArn }) => containerInstanceArn)
    expect(new Set(on()).size).toBe(2)

    const stuck = await update({ service: 'hello', input: hello('v2') })
    expect([stuck.exitCode, stuck.problem?.code]).toEqual([1, 'DeploymentFailed'])
    expect(`${stuck.problem?.what} ${stuck.problem?.why}`).toContain('already using a port required by your task')
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 2, runningCount: 2 })

    const { exitCode } = await update({ service: 'hello', input: hello('v3'), makeRoom: 2 })
    expect(exitCode).toBe(0)
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 2, runningCount: 2 })
    expect(new Set(on()).size).toBe(2)
  })

  it('makes no room where there is nothing to update', async () => {
    const { update } = running([before])
    const { exitCode, writes } = await update({
      service: 'hello',
      input: hello('v1'),
      makeRoom: 2,
      skipUnchanged: true,
    })
    expect([exitCode, writes]).toEqual([0, []])
  })

  it('makes room only in the services that are updated', async () => {
    const other = { ...service('other'), taskDefinition: before.taskDefinition }
    const { update } = running([before, other])
    await update({ service: 'other', input: hello('v2') })
    const { exitCode, writes } = await update({ taskDefinition: 'hello:2', makeRoom: 2 })
    expect([exitCode, story(writes)]).toEqual([0, ['UpdateService 1', 'UpdateService', 'UpdateService 2']])
    expect(new Set(writes.map(({ input }) => input.service))).toEqual(new Set(['hello']))
  })

  it('makes room in all of them at the same moment, and gives it back so: none waits for another', async () => {
    const { update } = running([before, { ...service('other'), taskDefinition: before.taskDefinition }])
    const { exitCode, writes } = await update({ taskDefinition: 'hello', image: ['hello=hello:v2'], makeRoom: 2 })
    expect(exitCode).toBe(0)
    const times = (count: number | undefined): number[] =>
      writes
        .filter(({ operation, input }) => operation === 'UpdateService' && input.desiredCount === count)
        .map(({ at }) => at)
    for (const count of [1, undefined, 2]) {
      expect(times(count)).toHaveLength(2)
      expect(times(count)[1]).toBe(times(count)[0])
    }
  })

  it('without a service it runs the task once, to its end', async () => {
    const { run: once, tasks, active } = running([])
    const { exitCode } = await once({ run, input: hello('v1') })
    expect([exitCode, active('hello')]).toEqual([0, ['hello:1']])
    expect(tasks()).toMatchObject([{ lastStatus: 'STOPPED', containers: [{ exitCode: 0 }] }])
  })

  it('without a service it fails unless the exit code is 0', async () => {
    const { run: once, active } = running([])
    const { exitCode, problem } = await once({ run, input: hello('exit-3') })
    expect([exitCode, problem?.what]).toEqual([1, 'The one-off task failed: container hello exited with 3.'])
    expect(active('hello')).toEqual([])
  })

  it.each([
    ['cluster', { cluster: 'nowhere' }, 'There is no cluster nowhere.'],
    ['service', { service: 'hullo' }, 'There is no service hullo in cluster production1.'],
  ])('checks that there is such a %s before it registers anything', async (_, options, what) => {
    const { update, writes } = running([before])
    const { problem } = await update({ service: 'hello', input: hello('v2'), ...options })
    expect(problem).toMatchObject({ code: 'NotFound', what })
    expect(writes()).toEqual([])
  })
})

describe('bugs of the wercker step', () => {
  it('restores the desired count, not the number of tasks that happened to run', async () => {
    const { update, call, service: seen, region } = running([before])
    call('ecs', 'UpdateService', { cluster: 'production1', service: 'hello', desiredCount: 4 })
    const { runningCount, desiredCount } = region().services['production1/hello']!.service
    expect([runningCount, desiredCount]).toEqual([2, 4])
    const { exitCode, writes } = await update({ service: 'hello', input: hello('v2'), makeRoom: 2 })
    expect([exitCode, story(writes)]).toEqual([
      0,
      ['RegisterTaskDefinition', 'UpdateService 3', 'UpdateService', 'UpdateService 4'],
    ])
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 4, runningCount: 4 })
  })

  it('a new desired count is applied after the room was made', async () => {
    const { update, service: seen } = running([before])
    const { exitCode, writes } = await update({ service: 'hello', input: hello('v2'), makeRoom: 2, desiredCount: 5 })
    expect([exitCode, story(writes)]).toEqual([
      0,
      ['RegisterTaskDefinition', 'UpdateService 1', 'UpdateService', 'UpdateService 5'],
    ])
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 5, runningCount: 5 })
  })

  it('a failure in the middle restores the desired count', async () => {
    const { update, service: seen, runs } = running([before])
    const { exitCode, outcome } = await update({ service: 'hello', input: hello('crash'), makeRoom: 2 })
    expect([exitCode, outcome]).toEqual([1, 'restored'])
    expect(runs('production1/hello')).toBe('hello:1')
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 2, runningCount: 2 })
  })

  it('a failure at the very end restores everything', async () => {
    let refused = 0
    const {
      update,
      service: seen,
      runs,
      active,
    } = running([before], {
      meddle: ({ operation, input }) =>
        operation === 'UpdateService' && input.desiredCount === 2 && refused++ === 0
          ? { status: 400, body: { __type: 'ClientException', message: 'no' } }
          : undefined,
    })
    const { exitCode } = await update({ service: 'hello', input: hello('v2'), makeRoom: 2 })
    expect([exitCode, refused]).toEqual([1, 2])
    expect([runs('production1/hello'), active('hello')]).toEqual(['hello:1', ['hello:1']])
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 2, runningCount: 2 })
  })

  it.each([
    ['SIGINT', 130, 'Scale service hello to 1'],
    ['SIGTERM', 143, 'Scale service hello to 1'],
    ['SIGINT', 130, 'Update service hello in production1'],
    ['SIGTERM', 143, 'Update service hello in production1'],
    ['SIGINT', 130, 'Scale service hello to 2'],
  ])('%s in the middle gives the task back and ends %i: during %s', async (signal, expected, title) => {
    const { update, service: seen, runs, active } = running([before])
    const stop = new AbortController()
    let isHere = false
    const { exitCode } = await update(
      { service: 'hello', input: hello('v2'), makeRoom: 2 },
      {
        signal: stop.signal,
        hear: (event) => {
          if (event.type === 'step.started' && event.title === title) isHere = true
          // Its call has been answered, so that it is under way.
          if (!isHere || stop.signal.aborted || event.type !== 'call.finished' || event.method !== 'updateService')
            return
          stop.abort(new EcsTaskError('Interrupted', `Interrupted by ${signal}.`, { evidence: { signal } }))
        },
      },
    )
    expect(exitCode).toBe(expected)
    expect([runs('production1/hello'), active('hello')]).toEqual(['hello:1', ['hello:1']])
    expect(seen('production1/hello')).toMatchObject({ desiredCount: 2, runningCount: 2 })
  })

  it('the plan contains the rollback before anything is done', async () => {
    const { update } = running([before])
    const { plan, writes } = await update({ service: 'hello', input: hello('v2'), makeRoom: 2 }, { dryRun: true })
    expect(writes).toEqual([])
    const steps = plan!.stages.filter(({ steps: all }) => all.length > 0)
    expect(steps.map(({ title }) => title)).toEqual([
      'Register',
      'Make room',
      'Update the services',
      'Scale the services',
    ])
    expect(steps[1]?.steps[0]?.undo?.[0]?.call.input).toEqual({
      cluster: 'production1',
      service: 'hello',
      desiredCount: 2,
    })
  })

  it('makes no room with --no-wait', async () => {
    const { update, writes } = running([before])
    const asked = update({ service: 'hello', input: hello('v2'), makeRoom: 2 }, { wait: false })
    expect((await asked).problem).toMatchObject({ code: 'BadArguments', fix: 'Leave out --no-wait or --make-room.' })
    expect(writes()).toEqual([])
  })
})
