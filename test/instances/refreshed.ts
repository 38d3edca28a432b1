import { expect } from 'vitest'
import type { Staged } from './support.ts'

/** The group is as large as before, wholly new, and nothing of the refresh is left anywhere. */
export async function expectRefreshed(s: Staged, before: readonly string[]): Promise<void> {
  await expectSettled(s, before.length)
  expect(s.inGroup().filter((id) => before.includes(id))).toEqual([])
}

/** The group has so many instances, all up to date, and nothing of any refresh is left anywhere. */
export async function expectSettled(s: Staged, size: number): Promise<void> {
  await s.wait(180_000)
  const now = s.inGroup()
  expect(now).toHaveLength(size)
  expect(await s.status()).toMatchObject({ state: 'current', groups: [{ desired: size, findings: [] }] })
  expectNothingLeft(s)
}

/** Nothing runs that is in no group, everything that runs takes tasks, and there is neither a note nor a mark. */
export function expectNothingLeft(s: Staged): void {
  const now = s.inGroup()
  const containers = [...s.containers().values()]
  const joined: string[] = containers.map(({ ec2InstanceId }) => ec2InstanceId)
  expect(s.running().toSorted()).toEqual(now.toSorted())
  expect(joined.toSorted()).toEqual(now.toSorted())
  expect(containers.map(({ status }) => status)).toEqual(now.map(() => 'ACTIVE'))
  const attributes: { name: string }[] = containers.flatMap((one) => one.attributes)
  expect(attributes.filter(({ name }) => name.startsWith('ecs-task'))).toEqual([])
  expect(s.group().Tags).toEqual([])
}
