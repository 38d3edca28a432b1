import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithin, normalDomainName, reversedName } from '../../../src/local/route53/domainName.ts'

const kept = (given: string): string => {
  const normal = normalDomainName(given)
  if ('problem' in normal) throw new Error(normal.problem)
  return normal.name
}

test.each([
  ['example.com', 'example.com.'],
  ['example.com.', 'example.com.'],
  ['WWW.Example.COM', 'www.example.com.'],
  ['*.example.com', '\\052.example.com.'],
  ['\\052.example.com', '\\052.example.com.'],
  ['_acme-challenge.example.com', '_acme-challenge.example.com.'],
  ['a/b.example.com', 'a\\057b.example.com.'],
  ['ex\\344mple.com', 'ex\\344mple.com.'],
  ['\\101.example.com', 'a.example.com.'],
  ['a\\056b.example.com', 'a\\056b.example.com.'],
  ['a\\b.example.com', 'a\\134b.example.com.'],
])('%s is kept as %s', (given, name) => {
  expect(normalDomainName(given)).toEqual({ name })
})

test.each([
  ['.example.com', 'DomainLabelEmpty (Domain label is empty)'],
  ['a..example.com', 'DomainLabelEmpty (Domain label is empty)'],
  ['', 'DomainLabelEmpty (Domain label is empty)'],
  [`${'a'.repeat(64)}.com`, 'DomainLabelTooLong (Domain label is too long)'],
  [`${'a.'.repeat(127)}com`, 'DomainNameTooLong (Domain name is too long)'],
  ['exämple.com', 'UnsupportedCharacter (Value contains unsupported characters)'],
  ['a b.com', 'UnsupportedCharacter (Value contains unsupported characters)'],
])('%j is no domain name', (given, problem) => {
  expect(normalDomainName(given)).toEqual({ problem: `FATAL problem: ${problem} encountered with '${given}'` })
})

test('a label may have 63 characters, and an escape code is one of them', () => {
  expect(normalDomainName(`${'\\052'.repeat(63)}.com`)).toHaveProperty('name')
  expect(normalDomainName(`${'\\052'.repeat(64)}.com`)).toHaveProperty('problem')
})

const label = fc
  .array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 20 })
  .map((codes) => codes.map((code) => `\\${code.toString(8).padStart(3, '0')}`).join(''))
const printable = fc.stringMatching(/^[!-\-/-~]{1,20}$/)
const name = fc.array(fc.oneof(label, printable), { minLength: 1, maxLength: 8 }).map((labels) => labels.join('.'))

test('normalizing a normalized name changes nothing, with or without a dot', () => {
  fc.assert(
    fc.property(name, (given) => {
      const first = kept(given)
      expect(first).toMatch(/^([a-z0-9_-]|\\[0-3][0-7]{2}|\.)+\.$/)
      expect(kept(first)).toBe(first)
      expect(kept(first.slice(0, -1))).toBe(first)
    }),
  )
})

test('letters are equal in both cases, and a character equals its code', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-\-/-[\]-~]{1,20}$/), (given) => {
      const coded = given.replace(/[\s\S]/g, (each) => `\\${each.charCodeAt(0).toString(8).padStart(3, '0')}`)
      expect(kept(given.toUpperCase())).toBe(kept(given.toLowerCase()))
      expect(kept(coded)).toBe(kept(given))
    }),
  )
})

test('names are reversed label by label and the dot stays at the end', () => {
  expect(reversedName('www.example.com.')).toBe('com.example.www.')
  fc.assert(
    fc.property(name.map(kept), (each) => {
      expect(reversedName(reversedName(each))).toBe(each)
    }),
  )
})

test('a name is within its own zone and those above, and not in one with the same ending only', () => {
  expect(isWithin('example.com.', 'example.com.')).toBe(true)
  expect(isWithin('a.b.example.com.', 'example.com.')).toBe(true)
  expect(isWithin('myexample.com.', 'example.com.')).toBe(false)
  expect(isWithin('com.', 'example.com.')).toBe(false)
})
