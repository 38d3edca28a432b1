// What must hold after every look of the scheduler at a service.
import { expect } from 'vitest'
import type { Context, Unchecked } from '../../../../src/local/world/operation.ts'
import { rolloutBounds } from '../../../../src/local/ecs/rollout/rolloutBounds.ts'
import type { Observer } from '../../../../src/local/time/advance.ts'
import type { ServiceRecord, Walk } from '../../../../src/local/world/world.ts'

/** Watches one service: after every look of the scheduler everything it says has to be true, and nothing it did too much. */
export function invariants(): Observer {
  let healthyBefore: string[] = []
  return (context, record) => {
    countsAreTrue(context, record)
    deploymentsAreInOrder(context, record)
    boundsAreKept(context, record, healthyBefore)
    instancesAreNotOverfull(context)
    healthyBefore = record.healthy
  }
}

const tasksOf = ({ region }: Context, { service }: ServiceRecord): Unchecked[] =>
  Object.values(region.tasks)
    .filter((task) => task.service === service.serviceName)
    .map(({ task }) => task)

function countsAreTrue(context: Context, record: ServiceRecord): void {
  const { service } = record
  const live = tasksOf(context, record).filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
  const running = live.filter(({ lastStatus }) => lastStatus === 'RUNNING')
  expect(record.tasks.toSorted()).toEqual(live.map(({ taskArn }): string => taskArn).toSorted())
  expect([service.runningCount, service.pendingCount]).toEqual([running.length, live.length - running.length])
  const sum = (count: string): number =>
    service.deployments.reduce((all: number, each: Unchecked) => all + each[count], 0)
  expect([sum('runningCount'), sum('pendingCount')]).toEqual([service.runningCount, service.pendingCount])
  for (const { id, runningCount, pendingCount, failedTasks } of service.deployments) {
    const own = live.filter(({ startedBy }) => startedBy === id)
    expect(runningCount).toBe(own.filter(({ lastStatus }) => lastStatus === 'RUNNING').length)
    expect(pendingCount).toBe(own.length - runningCount)
    expect(failedTasks).toBeGreaterThanOrEqual(0)
  }
  for (const arn of record.healthy) expect(running.map(({ taskArn }) => taskArn)).toContain(arn)
}

function deploymentsAreInOrder(context: Context, record: ServiceRecord): void {
  const { service, rollouts } = record
  if (service.status !== 'ACTIVE') return
  const ids: string[] = service.deployments.map(({ id }: Unchecked) => id)
  expect(ids.toSorted()).toEqual(Object.keys(rollouts).toSorted())
  expect(service.deployments.map(({ status }: Unchecked) => status === 'PRIMARY')).toEqual(
    ids.map((_, index) => index === 0),
  )
  const primary = service.deployments[0]!
  expect(service.taskDefinition).toBe(primary.taskDefinition)
  const { state, hasCompleted } = rollouts[primary.id]!
  expect(hasCompleted).toBe(state === 'COMPLETED')
  for (const each of service.deployments) expect([undefined, rollouts[each.id]!.state]).toContain(each.rolloutState)
  expect(record.nextAt ?? Infinity).toBeGreaterThan(context.now)
  expect(service.events.length).toBeLessThanOrEqual(100)
  const times: number[] = service.events.map(({ createdAt }: Unchecked) => createdAt)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  const { source } = rollouts[primary.id]!.walk ?? {}
  for (const task of tasksOf(context, record).filter(({ createdAt }) => createdAt === context.now / 1000)) {
    expect([primary.id, source]).toContain(task.startedBy)
  }
}

function boundsAreKept(context: Context, record: ServiceRecord, healthyBefore: string[]): void {
  if (record.service.status !== 'ACTIVE') return
  const { walk } = record.rollouts[record.service.deployments[0]!.id]!
  const now = context.now / 1000
  const tasks = tasksOf(context, record)
  const begun = tasks.filter(({ createdAt }) => createdAt === now)
  const taken = tasks.filter(
    ({ taskArn, stoppingAt, stoppedReason }) =>
      stoppingAt === now && stoppedReason.startsWith('Scaling activity') && healthyBefore.includes(taskArn),
  )
  if (walk) return stagesAreKept(record, walk, { tasks, begun, taken })
  const { lower, upper } = rolloutBounds(record.service)
  if (begun.length > 0) expect(record.tasks.length).toBeLessThanOrEqual(upper)
  if (taken.length > 0) expect(record.healthy.length).toBeGreaterThanOrEqual(lower)
}

/** No container instance gives more than it has, and only ACTIVE ones take tasks. */
function instancesAreNotOverfull({ region, now }: Context): void {
  for (const { containerInstance } of Object.values(region.containerInstances)) {
    const { containerInstanceArn, registeredResources, status } = containerInstance
    const on = Object.values(region.tasks).filter(
      ({ task }) => task.containerInstanceArn === containerInstanceArn && task.lastStatus !== 'STOPPED',
    )
    const registered = (name: string): Unchecked => registeredResources.find((each) => each.name === name)!
    const sum = (of: 'cpu' | 'memory'): number => on.reduce((all, { reserved }) => all + reserved![of], 0)
    expect(sum('cpu')).toBeLessThanOrEqual(registered('CPU').integerValue)
    expect(sum('memory')).toBeLessThanOrEqual(registered('MEMORY').integerValue)
    const ports = [...registered('PORTS').stringSetValue.map(Number), ...on.flatMap(({ reserved }) => reserved!.tcp)]
    expect(new Set(ports).size).toBe(ports.length)
    const bound = on.flatMap(({ task }) => task.containers.flatMap(({ networkBindings }: Unchecked) => networkBindings))
    expect(new Set(bound.map(({ hostPort }) => hostPort)).size).toBe(bound.length)
    if (status !== 'ACTIVE') for (const { task } of on) expect(task.createdAt).toBeLessThan(now / 1000)
  }
}

/** In lifecycle stages every revision has what the service wants, and loses nothing before it is cleaned up. */
function stagesAreKept(
  { service }: ServiceRecord,
  { stage }: Walk,
  { tasks, begun, taken }: Record<'tasks' | 'begun' | 'taken', Unchecked[]>,
): void {
  const count = (id: string): number =>
    tasks.filter(({ startedBy, desiredStatus }) => startedBy === id && desiredStatus === 'RUNNING').length
  for (const { startedBy } of begun) expect(count(startedBy)).toBeLessThanOrEqual(service.desiredCount)
  if (stage === 'RECONCILE_SERVICE' || stage === 'CLEAN_UP') return
  for (const { startedBy } of taken) expect(count(startedBy)).toBe(service.desiredCount)
}
