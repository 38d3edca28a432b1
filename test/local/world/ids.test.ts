import { expect, test } from 'vitest'
import { idsOf } from '../../../src/local/world/ids.ts'

const drawn = (world: { ids: number; account: string }, count: number): string[] => {
  const ids = idsOf(world)
  return Array.from({ length: count }, () => ids.hex(32))
}

test('the same state gives the same ids in the same order', () => {
  expect(drawn({ ids: 0, account: '1' }, 50)).toEqual(drawn({ ids: 0, account: '1' }, 50))
})

test('a loaded state continues with ids it has not given out yet', () => {
  const world = { ids: 0, account: '1' }
  const first = drawn(world, 10)
  const restored = JSON.parse(JSON.stringify(world))
  expect([...first, ...drawn(restored, 10)]).toEqual(drawn({ ids: 0, account: '1' }, 20))
})

test('no id is given out twice', () => {
  expect(new Set(drawn({ ids: 0, account: '1' }, 2_000)).size).toBe(2_000)
})

test('states of different accounts have different ids', () => {
  expect(drawn({ ids: 0, account: '1' }, 1)).not.toEqual(drawn({ ids: 0, account: '2' }, 1))
})

test('ids have the form that AWS gives them', () => {
  const ids = idsOf({ ids: 0, account: '1' })
  for (let count = 0; count < 200; count += 1) {
    expect(ids.digits(19)).toMatch(/^[1-9]\d{18}$/)
    expect(ids.hex(32)).toMatch(/^[0-9a-f]{32}$/)
    expect(ids.text(21)).toMatch(/^[\w-]{21}$/)
    expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})
