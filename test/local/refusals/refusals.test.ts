// AWS's refusals as a table: what it takes, one change, what it answers; and the local AWS answers the same.
import { describe, expect, test } from 'vitest'
import { AwsFault } from '../../../src/local/world/fault.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { allRows } from './allRows.ts'
import { bases } from './bases.ts'
import { changed, type Row } from './row.ts'
import { refusals } from './world.ts'

const baseOf = ({ call, base = call }: Row): Unchecked => {
  const found = bases[base]
  if (!found) throw new Error(`There is no base ${base}.`)
  return found
}

/** What the local AWS answers to a row: its refusal, or undefined; and whether anything was kept of it. */
function answerTo(row: Row): { fault: AwsFault | undefined; isUnchanged: boolean } {
  const world = refusals()
  const before = world.kept()
  let fault: AwsFault | undefined
  try {
    world.call(row.call, changed(baseOf(row), row.change))
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error
    fault = error
  }
  return { fault, isUnchanged: world.kept() === before }
}

const shown = (change: Row['change']): string =>
  JSON.stringify(change, (_, value: unknown) => (value === undefined ? 'nothing' : value)).slice(0, 120)

const titled = allRows.map((row) => [`${row.call} ${row.base ?? ''} ${shown(row.change)}`, row] as const)

test('there are at least 150 rows, each with a source', () => {
  expect(allRows.length).toBeGreaterThanOrEqual(150)
  expect(allRows.filter(({ source }) => !/^(API reference|reported: .+)$/.test(source))).toEqual([])
})

describe('AWS takes', () => {
  const used = [...new Set(allRows.map(({ call, base = call }) => `${call}\n${base}`))]
  test.each(used.map((pair) => pair.split('\n') as [string, string]))('%s: %s', (call, base) => {
    expect(() => refusals().call(call, bases[base]!)).not.toThrow()
  })
})

describe('AWS refuses', () => {
  test.each(titled)('%s', (_, row) => {
    const { fault, isUnchanged } = answerTo(row)
    const { message } = row
    expect(fault && { code: fault.code, message: fault.message }).toEqual({
      code: row.code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
    expect(isUnchanged).toBe(true)
  })
})
