import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument, visit } from 'yaml'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { readStack } from '../../../src/cluster/file/readStack.ts'
import { problemsIn } from './support.ts'

const template = readFileSync(new URL('../../../templates/stack.yml', import.meta.url), 'utf8')

/** Where each value of the template stands in its text. */
const values: [from: number, to: number][] = []
visit(parseDocument(template), {
  Scalar: (key, { range }) => void (key !== 'key' && range && values.push([range[0], range[1]])),
})

function withValue(index: number, value: string): string {
  const [from, to] = values[index]!
  return `${template.slice(0, from)}${value}${template.slice(to)}`
}

test('with anything in place of a value, the file is read or refused with a place', () => {
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '~',
      '[]',
      '{}',
      '[[a]]',
      '{a: {b: c}}',
      '-1',
      '1e99',
      '""',
      '*a',
      '&a',
      '!a b',
      '"',
      "'",
      '|',
      '{',
      '$',
    ),
    fc.string({ unit: 'binary', maxLength: 10 }),
  )
  const property = fc.property(fc.nat(values.length - 1), value, (index, text) => {
    for (const problem of problemsIn([withValue(index, text)])) expect(problem).toMatch(/^a\.yml:\d+:\d+: \S/)
  })
  fc.assert(property, { numRuns: 20 })
})

test('any text is read or refused', () => {
  const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
    try {
      readStack([{ name: 'a.yml', text }], {})
    } catch (error) {
      expect(error).toBeInstanceOf(EcsTaskError)
    }
  })
  fc.assert(property, { numRuns: 20 })
})

test('the value of a variable is in no error and in no warning', () => {
  expect(values.length).toBeGreaterThan(90)
  for (const [index] of values.entries()) {
    for (const HIDDEN of ['hunter2 hunter2', '47114711']) {
      expect(said(withValue(index, '$HIDDEN'), { HIDDEN })).not.toContain(HIDDEN)
    }
  }
})

/** All problems of a file, or else its warnings. */
function said(text: string, env: Readonly<Record<string, string>>): string {
  const problems = problemsIn([text], env)
  return (problems.length > 0 ? problems : readStack([{ name: 'a.yml', text }], env).warnings).join('\n')
}

test('a stack with no file has no services', () => {
  expect(() => readStack([], {})).toThrow(EcsTaskError)
})
