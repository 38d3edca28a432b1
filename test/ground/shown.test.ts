import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { isPlain, shown } from '../../src/ground/shown.ts'

class Volume {
  name = 'data'
}
const Anonymous = (() => class extends Volume {})()

it.each<[unknown, string]>([
  [{}, 'an object'],
  [Object.create(null), 'an object'],
  [[], 'a list'],
  [new Date(0), 'a Date'],
  [new Error('no'), 'an Error'],
  [new Volume(), 'a Volume'],
  [new Anonymous(), 'a class instance'],
  [() => 1, 'a function'],
  ['PASSWORD=1234', 'a string'],
  [12, '12'],
  [12n, '12n'],
  [Number.NaN, 'NaN'],
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
])('%o is called %s in a sentence', (value, name) => {
  expect(shown(value)).toBe(name)
})

it('an object is plain when braces or JSON made it, here or in another realm', () => {
  expect([{}, JSON.parse('{}'), Object.create(null), runInNewContext('({})')].map(isPlain)).toEqual(
    Array.from({ length: 4 }, () => true),
  )
})

it('anything else is not plain', () => {
  const others = [[], null, 'text', () => 1, new Date(0), new Map(), new Volume(), Object.create({ a: 1 })]
  expect(others.filter(isPlain)).toEqual([])
})
