import { dirname } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Job, beginningOf, family, jobs, kept } from '../../bench/jobs.ts'
import { type Run, median, once } from '../../bench/measure.ts'
import { makeProjects } from '../../bench/projects.ts'
import { tableOf } from '../../bench/row.ts'
import { arnOf } from '../../bench/standInState.ts'
import { startStandIn } from '../../bench/standIn.ts'
import { program } from '../commands/support.ts'

const standIn = await startStandIn()
const projects = makeProjects(standIn.url, dirname(dirname(program)))
afterAll(() => {
  standIn.close()
  projects.remove()
})

const node = process.execPath
const deploy = ['deploy', 'v1', '--no-wait']
const programs: readonly (readonly [string, (job: Job) => Run])[] = [
  ['ecs-task', (job) => projects.byProgram(node, job, ...deploy)],
  ['tsx', (job) => projects.byTsx(node, job, ...deploy)],
]

/** How often each operation was called. */
const counted = (calls: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(calls)].map((name) => [name, calls.filter((one) => one === name).length]))

describe.each(programs)('by %s, the deploy that is measured', (_name, runOf) => {
  test.each(Object.values(jobs))('does its whole job: $name', async (job) => {
    const { revisions, services, rules } = beginningOf(job)
    const { milliseconds, calls, wire } = await once(runOf(job), standIn)
    const registered = arnOf(`task-definition/${family}:${revisions + 1}`)
    const { taskDefinitions, ...pointers } = standIn.state()

    expect([...pointers.services]).toEqual(services.map((name) => [name, registered]))
    const pointedAt = [...pointers.targets].map(([rule, targets]) => [
      rule,
      targets.map(({ EcsParameters }) => EcsParameters.TaskDefinitionArn),
    ])
    expect(pointedAt).toEqual(rules.map((rule) => [rule, [registered]]))
    const active = [...taskDefinitions].filter(([, { status }]) => status === 'ACTIVE').map(([arn]) => arn)
    const newest = Math.min(kept, revisions + 1)
    expect(active).toEqual(
      Array.from({ length: newest }, (_, index) =>
        arnOf(`task-definition/${family}:${revisions + 2 - newest + index}`),
      ),
    )

    expect(counted(standIn.calls())).toMatchObject({
      RegisterTaskDefinition: 1,
      UpdateService: job.services,
      ...(job.targets > 0 && { PutTargets: job.targets }),
      ...(job.prune > 0 && { DeregisterTaskDefinition: job.prune }),
    })
    expect(calls).toBe(standIn.calls().length)
    expect(wire).toBeGreaterThan(3 * 29)
    expect(milliseconds).toBeGreaterThan(wire)
  })
})

test('a deploy to its first request ends there, and changes nothing', async () => {
  const run = { ...projects.byProgram(node, jobs.one, ...deploy), isToRequest: true }
  const { milliseconds } = await once(run, standIn)
  expect(milliseconds).toBeGreaterThan(0)
  expect(standIn.state().taskDefinitions.size).toBe(1)
})

test('a run that fails is an error, never a fast run', async () => {
  const run = projects.byProgram(node, jobs.one, 'deploy', '')
  await expect(once(run, standIn)).rejects.toThrow(/ended with 2: /)
})

test('an operation that the stand-in does not know is refused by its name', async () => {
  standIn.begin(beginningOf(jobs.one))
  const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.CreateCluster' }
  const answer = await fetch(standIn.url, { method: 'POST', headers, body: '{}' })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { __type: 'UnknownOperationException', message: 'The stand-in knows no CreateCluster.' },
  ])
})

test('a median is the middle one, and the table says which goals hold', () => {
  expect(median([9, 1, 5])).toBe(5)
  const table = tableOf([
    { job: 'a', figures: { ms: 3, calls: 4 }, goal: '≤ 4 ms', holds: true },
    { job: 'b', figures: { ms: 5 }, goal: '≤ 4 ms', holds: false },
    { job: 'c', figures: {}, goal: 'Python is not there', holds: undefined },
  ])
  expect(table.split('\n')).toEqual([
    '| job | measured      | goal                | holds |',
    '|-----|---------------|---------------------|-------|',
    '| a   | 3 ms, 4 calls | ≤ 4 ms              | yes   |',
    '| b   | 5 ms          | ≤ 4 ms              | NO    |',
    '| c   |               | Python is not there |       |',
  ])
})
