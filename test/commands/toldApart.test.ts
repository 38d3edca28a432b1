import { expect, test } from 'vitest'
import { handedTasks } from '../../src/commands/files/handedTasks.ts'
import { toldApart } from '../../src/commands/files/toldApart.ts'
import { EcsTask } from '../../src/EcsTask.ts'
import { serviceOf } from './inProcess.ts'

const named = (...tasks: [name: string, family: string, path?: string][]): string[] =>
  toldApart(tasks.map(([name, family, path]) => ({ name, source: serviceOf(family), ...(path && { path }) }))).map(
    ({ name }) => name,
  )

test('classes of one name are told apart by their files, those of one file by their families', () => {
  expect(named(['Web', 'a', 'a.ts'], ['Web', 'b', 'b.ts'], ['Job', 'c', 'b.ts'])).toEqual([
    'Web (a.ts)',
    'Web (b.ts)',
    'Job',
  ])
  expect(named(['Tenant', 'one'], ['Tenant', 'two'])).toEqual(['Tenant (one)', 'Tenant (two)'])
  expect(named(['Web', 'a', 'a.ts'], ['Web', 'b', 'a.ts'], ['Web', 'c', 'c.ts'])).toEqual([
    'Web (a.ts, a)',
    'Web (a.ts, b)',
    'Web (c.ts)',
  ])
})

test('classes that nobody has named keep no name: they go by their families, whatever file they are in', () => {
  expect(named(['', 'one', 'a.ts'], ['', 'two', 'a.ts'], ['default', 'b', 'b.ts'], ['default', 'c', 'c.ts'])).toEqual([
    '',
    '',
    'default',
    'default',
  ])
})

test('so it is for classes that a function makes and main() is handed', () => {
  const tasks = ['one', 'two'].map((family) => {
    class Tenant extends EcsTask {
      override taskDefinition = { family, containerDefinitions: [] }
    }
    return Tenant
  })
  const handed = handedTasks(EcsTask, true, [...tasks, 3, 4])
  expect(handed.map(({ name }) => name)).toEqual(['Tenant (one)', 'Tenant (two)', 'EcsTask', 'EcsTask'])
})
