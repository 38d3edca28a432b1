import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTelling } from '../../../src/definition/secrets/knownSecrets.ts'
import { redactor } from '../../../src/definition/secrets/redact.ts'
import { definitionWith as definition } from './definitionWith.ts'

test('for any input it changes nothing in place and leaves no secret', () => {
  const secret = fc
    .string({ unit: 'grapheme', minLength: 6, maxLength: 12 })
    .filter((text) => isTelling(text) && !/•|^\s*[[{]/.test(text))
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.constant('SECRET'),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('command', 'reason', 'name', 'value', 'environment', 'options', 'Input'),
        tie('node'),
        { maxKeys: 4 },
      ),
    ),
  })).node
  fc.assert(
    fc.property(secret, value, fc.string(), (hidden, shape, around) => {
      const filled: unknown = JSON.parse(
        JSON.stringify(shape, (_key, one: unknown) =>
          one === 'SECRET' ? `${around.replaceAll(hidden, '')} ${hidden}` : one,
        ),
      )
      const before = JSON.stringify(filled)
      const redact = redactor([definition({ environment: [{ name: 'TOKEN', value: hidden }] })])
      const leaves = stringsIn(redact(filled))
      expect(JSON.stringify(filled)).toBe(before)
      expect(leaves.filter((leaf) => leaf.includes(hidden))).toEqual([])
    }),
    { numRuns: 500, seed: 20260115 },
  )
})

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
