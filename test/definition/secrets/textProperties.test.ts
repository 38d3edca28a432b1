import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTelling } from '../../../src/definition/secrets/knownSecrets.ts'
import { redactor } from '../../../src/definition/secrets/redact.ts'
import { growth } from '../../growth.ts'
import { encodings, lines } from '../../hostile/secretsCorpus.ts'
import { definitionWith as definition } from './definitionWith.ts'

const runs = { numRuns: 100, seed: 20261128 }

/** What somebody lets a machine make up: of all kinds of characters, and no word. */
const secret = fc
  .string({
    unit: fc.constantFrom(
      ...Array.from('abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ0123456789!$%&/()=?+#-_.:,;<>@"\'\\ äöß€'),
    ),
    minLength: 9,
    maxLength: 40,
  })
  .filter(
    (text) => isTelling(text) && text.trim() === text && /[a-z]/.test(text) && /\d/.test(text) && !/^[[{<$]/.test(text),
  )

const sentence = fc
  .array(fc.constantFrom('Starting', 'server', 'on', 'port', '8080', 'done', 'in', '12', 'ms', 'web:2', 'my_cluster'), {
    maxLength: 8,
  })
  .map((words) => words.join(' '))

test.each(Object.entries(encodings))('no six characters of a secret are left of it, written as %s', (_name, encode) => {
  fc.assert(
    fc.property(secret, sentence, sentence, (value, before, after) => {
      const redact = redactor([definition({ environment: [{ name: 'DB_PASSWORD', value }] })])
      const shown = redact(`${before} ${encode(value)} ${after}`)
      const parts = Array.from({ length: value.length - 5 }, (_, at) => value.slice(at, at + 6))
      const encoded = encode(value)
      // The ends of what is in base64 depend on what is beside them, two characters at most.
      const inner = Array.from({ length: Math.max(0, encoded.length - 9) }, (_, at) => encoded.slice(at + 2, at + 8))
      const around = `${before} ${encode('')} ${after}`
      const left = [...parts, ...inner].filter(
        (part) => shown.includes(part) && !around.includes(part) && !isAround(part),
      )
      expect(left).toEqual([])
    }),
    runs,
  )
})

/** `admin:` in base64 is what a header begins with, and the URL is ours. */
function isAround(part: string): boolean {
  return 'Basic YWRtaW46'.includes(part.slice(0, 5)) || '{"url":"https://x.example.com/?q='.includes(part)
}

test('a text that was redacted stays as it is when it is redacted again', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(...lines.map(({ text }) => text)),
    fc.constantFrom(
      'password=',
      '--token ',
      'https://u:',
      '@host',
      '"',
      "'",
      '\\',
      '-----BEGIN PRIVATE KEY-----',
      'Bearer ',
      '%2f',
      '&amp;',
      '\n',
      '{"a":',
      '}',
    ),
  )
  const redact = redactor([definition({ environment: [{ name: 'DB_PASSWORD', value: 'hunter2222' }] })])
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const once = redact(pieces.join(''))
      expect(redact(once)).toBe(once)
    }),
    { ...runs, numRuns: 500 },
  )
})

test('a text without secrets stays as it is', () => {
  const open = lines.filter(({ hides }) => hides.length === 0).map(({ text }) => text)
  const redact = redactor([definition({ environment: [{ name: 'DB_PASSWORD', value: 'production' }] })])
  fc.assert(
    fc.property(fc.array(fc.oneof(sentence, fc.constantFrom(...open)), { maxLength: 5 }), (texts) => {
      // What stands on a line of its own says nothing of the next.
      const text = texts.filter((one) => !one.startsWith('said ') && !one.startsWith('-----')).join('\n')
      expect(redact(text)).toBe(text)
    }),
    runs,
  )
})

describe('the time that it takes grows with the length of a text, and no faster', () => {
  const long = (piece: string) => (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
  const kinds: [string, (length: number) => string][] = [
    [
      'base64',
      (length) =>
        Buffer.from(Array.from({ length }, (_, at) => (at * 7919 + (at >> 3)) % 251))
          .toString('base64')
          .slice(0, length),
    ],
    ...[
      'a',
      ' ',
      '=',
      '://',
      'https://a:b',
      'ghp_',
      'eyJa-',
      'password=',
      'password="a\\',
      '\\',
      '\\"',
      '%2f%41',
      '&amp;',
      'a+b',
      ' --password',
      ' -p',
      ' curl',
      '-----BEGIN PRIVATE KEY-----\n',
      '{"a":"b","password":"c"},',
      '"name":"a","value":"',
      'arn:aws:ecs:',
      'key=user:42 ',
      'bearer ',
      '@',
    ].map((piece): [string, (length: number) => string] => [piece, long(piece)]),
  ]
  const redact = redactor([
    definition({
      environment: Array.from({ length: 10 }, (_, at) => ({ name: 'DB_PASSWORD', value: `hunter${at}+x/9 Z` })),
    }),
  ])

  test.each(kinds)('of nothing but %j', async (_name, make) => {
    const [short, tenfold] = [make(15_000), make(150_000)]
    const grown = await growth(
      () => redact(short),
      () => redact(tenfold),
      15,
    )
    expect(grown).toBeLessThan(15)
  })
})
