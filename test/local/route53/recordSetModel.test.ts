import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, Refusal } from '../support.ts'
import { change, createZone, namesOf, recordSet, recordSetsOf } from './zones.ts'

/** What a batch holds: few names and values, so that its changes meet each other and what is there. */
const anyChange = fc.record({
  action: fc.constantFrom('CREATE', 'DELETE', 'UPSERT'),
  name: fc.constantFrom('a.example.com', 'A.example.com.', 'b.a.example.com', '*.example.com', 'a-b.example.com'),
  type: fc.constantFrom('A', 'TXT'),
  identifier: fc.constantFrom(undefined, 'blue', 'green'),
  value: fc.constantFrom(0, 1),
})
type Change = typeof anyChange extends fc.Arbitrary<infer One> ? One : never

const values = { A: ['10.0.0.1', '10.0.0.2'], TXT: ['"one"', '"two words" "and more"'] }

const setOf = ({ name, type, identifier, value }: Change): Unchecked =>
  recordSet(name, [values[type][value]!], {
    Type: type,
    ...(identifier && { SetIdentifier: identifier, Weight: value }),
  })

const keyOf = ({ name, type, identifier }: Change): string =>
  `${name.toLowerCase().replace(/\.$/, '').replace('*', '\\052')}. ${type} ${identifier ?? ''}`.trim()

/** What a batch makes of record sets by their key, or undefined when AWS's rules forbid it. */
function expected(before: ReadonlyMap<string, Change>, batch: readonly Change[]): Map<string, Change> | undefined {
  const after = new Map(before)
  const actions = new Map<string, string[]>()
  for (const each of batch) {
    const key = keyOf(each)
    actions.set(key, [...(actions.get(key) ?? []), each.action])
    const existing = after.get(key)
    if (each.action === 'CREATE' && existing) return undefined
    if (each.action === 'DELETE' && existing?.value !== each.value) return undefined
    if (each.action === 'DELETE') after.delete(key)
    else after.set(key, each)
  }
  const areOnce = [...actions.values()].every(([first, second, ...more]) => {
    return second === undefined || (first === 'DELETE' && second !== 'DELETE' && more.length === 0)
  })
  const isMixed = batch.some((each) =>
    [...after.values()].some((other) => {
      const isSame = keyOf({ ...each, identifier: undefined }) === keyOf({ ...other, identifier: undefined })
      return isSame && after.has(keyOf(each)) && !each.identifier !== !other.identifier
    }),
  )
  return areOnce && !isMixed ? after : undefined
}

test('after any batches of changes the zone holds what a simple model holds', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyChange, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), (batches) => {
      const aws = localAws()
      const id = createZone(aws)
      let model = new Map<string, Change>()
      for (const batch of batches) {
        const next = expected(model, batch)
        const act = (): Unchecked =>
          change(aws, id, ...batch.map((each): [string, Unchecked] => [each.action, setOf(each)]))
        if (next) act()
        else expect(act).toThrow(Refusal)
        model = next ?? model
        const found = recordSetsOf(aws, id)
        expect(namesOf(found).toSorted()).toEqual([...model.keys()].toSorted())
        for (const set of found) {
          const { ResourceRecords, TTL } = setOf(model.get(namesOf([set])[0]!)!)
          expect(set).toMatchObject({ ResourceRecords, TTL })
        }
      }
    }),
    { numRuns: 150 },
  )
})
