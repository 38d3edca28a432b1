import { expect, test } from 'vitest'
import { isThorough } from '../sampled.ts'
import { fileOf, migrate } from './stacks.ts'
import { type Kill, clusterStage } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

const file = fileOf(
  { migrate, worker: { image: 'worker:v1', memory: 64, depends_on: ['migrate'] } },
  { defaults: { network_mode: 'bridge' } },
)
const [minute, hour] = [60_000, 3_600_000]

function begun(): Stage {
  const stage = clusterStage()
  stage.given(file)
  return stage
}

/** The migrations there have been, and how each has ended. */
const migrations = (stage: Stage): (number | undefined)[] =>
  Object.values(stage.region().tasks)
    .filter(({ task }) => task.group === 'family:my-cluster-migrate')
    .map(({ task }) => task.containers[0]!.exitCode)

const warnings = (events: Awaited<ReturnType<Stage['deploy']>>['events']): string[] =>
  events.flatMap((event) => (event.type === 'warning.raised' ? event.text : []))

/** The call of a deploy, counted from 1, that starts the migration. */
async function callOfRunTask(): Promise<number> {
  const { requests } = await begun().deploy([file])
  return requests.findIndex(({ operation }) => operation === 'RunTask') + 1
}

test('a migration that has succeeded does not run again when the run that started it was killed', async () => {
  const stage = begun()
  expect(await stage.killedDeploy({ call: await callOfRunTask(), when: 'after' }, [file])).toBe(true)
  await stage.clock.sleep(10 * minute)
  const { result, events } = await stage.deploy([file])
  expect(result).toMatchObject({ exitCode: 0, left: [] })
  expect(migrations(stage)).toEqual([0])
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'step.finished',
      id: 'runTask migrate',
      did: 'notNeeded',
      result: expect.stringMatching(/^[\da-f]{32} of the same revision has succeeded$/),
    }),
  )
  expect((await stage.deploy([file], { redeploy: true })).result.exitCode).toBe(0)
  expect(migrations(stage)).toEqual([0])
})

test('one that goes on is followed, and its failure fails the deploy; then it runs again', async () => {
  const failing = file.replace(migrate.image, 'migrate:exit-3')
  const stage = begun()
  expect(await stage.killedDeploy({ call: await callOfRunTask(), when: 'after' }, [failing])).toBe(true)
  const { result } = await stage.deploy([failing], {}, { onFailure: 'leave' })
  expect(result).toMatchObject({ problem: { code: 'TaskFailed' } })
  expect(migrations(stage)).toEqual([3])
  const again = await stage.deploy([failing], {}, { onFailure: 'leave' })
  expect(again.result).toMatchObject({ problem: { code: 'TaskFailed' } })
  expect(migrations(stage)).toEqual([3, 3])
  // How the one before has ended is known: nothing is to be said of it.
  expect(warnings(again.events)).toEqual([])
})

test('of those that are followed one that its own run has stopped is enough: all run again', async () => {
  const two = { ...migrate, image: 'migrate:slow-60s', desired_count: 2 }
  const both = fileOf({ migrate: two }, { defaults: { network_mode: 'bridge' } })
  const stage = clusterStage()
  stage.given(both)
  expect(await stage.killedDeploy({ call: await callOfRunTask(), when: 'after' }, [both])).toBe(true)
  let isStopped = false
  const { result } = await stage.deploy(
    [both],
    {},
    {
      hear: (event) => {
        if (event.type !== 'task.progressed' || event.lastStatus !== 'RUNNING' || isStopped) return
        isStopped = true
        const reason = 'The deploy that started this task has ended.'
        stage.call('ecs', 'StopTask', { cluster: 'my-cluster', task: event.taskArn, reason })
      },
    },
  )
  expect(result).toMatchObject({ exitCode: 0, left: [] })
  expect(migrations(stage).filter((code) => code === 0)).toHaveLength(3)
  expect(migrations(stage)).toContain(143)
})

test('after the hour for which ECS keeps a stopped task it runs again, and it is said that nobody can know', async () => {
  const stage = begun()
  expect(await stage.killedDeploy({ call: await callOfRunTask(), when: 'after' }, [file])).toBe(true)
  await stage.clock.sleep(2 * hour)
  const { result, events } = await stage.deploy([file])
  expect(result.exitCode).toBe(0)
  expect(warnings(events)).toEqual([
    'Whether a task of my-cluster-migrate:1 ran before is unknown: ECS shows none, but forgets stopped tasks after an hour. Running it now.',
  ])
})

test('what somebody else has run of the same revision does not count', async () => {
  const stage = begun()
  const call = await callOfRunTask()
  expect(await stage.killedDeploy({ call, when: 'before' }, [file])).toBe(true)
  stage.call('ecs', 'RunTask', { cluster: 'my-cluster', taskDefinition: 'my-cluster-migrate:1' })
  await stage.clock.sleep(10 * minute)
  expect((await stage.deploy([file])).result.exitCode).toBe(0)
  expect(migrations(stage)).toEqual([0, 0])
})

test('killed at any call, it has run once when the same command has ended', { timeout: 300_000 }, async () => {
  const { requests } = await begun().deploy([file])
  const kills = requests
    .flatMap((_sent, index): Kill[] => (['before', 'after'] as const).map((when) => ({ call: index + 1, when })))
    .filter((_kill, index) => isThorough || index % 5 === 0)
  for (const kill of kills) {
    for (const gap of [0, 10 * minute]) {
      const stage = begun()
      await stage.killedDeploy(kill, [file])
      await stage.clock.sleep(gap)
      const { result } = await stage.deploy([file])
      const at = `${kill.when} call ${kill.call}, ${requests[kill.call - 1]?.operation}, and ${gap} ms later`
      expect({ at, exitCode: result.exitCode, migrations: migrations(stage) }).toEqual({
        at,
        exitCode: 0,
        migrations: [0],
      })
    }
  }
})
