import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonFile } from '../../../src/definition/edits/parseJsonFile.ts'
import { EcsTaskError } from '../../../src/ground/errors.ts'

describe('a file that is JSON', () => {
  it('is read, whatever it says', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJsonFile(text, 'td.json')).toEqual(JSON.parse(text))
      }),
    )
  })

  it('is read without the byte order mark that some editors put first', () => {
    expect(parseJsonFile('\uFEFF[1]\r\n', 'td.json')).toEqual([1])
  })
})

describe('a file that is not JSON', () => {
  it('is recognized wherever a character is changed, lost or added', () => {
    const edit = fc.record({
      at: fc.nat(),
      drop: fc.nat({ max: 2 }),
      add: fc.constantFrom('', ',', '"', '}', '\\', '\n', '0', 'e', ' '),
    })
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), edit, (json, { at, drop, add }) => {
        const offset = at % (json.length + 1)
        const text = json.slice(0, offset) + add + json.slice(offset + drop)
        if (isJson(text)) expect(parseJsonFile(text, 'td.json')).toEqual(JSON.parse(text))
        else
          expect(refusal(text).why).toMatch(
            /^Line 1, column \d+ must be (?!JSON:)|^Line 2, column \d+ must be (?!JSON:)/,
          )
      }),
      { numRuns: 1000 },
    )
  })

  it('is refused at the first character after valid JSON, whatever the JSON is', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const { why } = refusal(`${json}\n"more"`)
        expect(why).toBe('Line 2, column 1 must be the end of the text: "more"')
      }),
    )
  })

  it.each<[title: string, text: string, why: string]>([
    ['nothing', '', 'Line 1, column 1 must be a value: it is empty'],
    ['only blanks', '\n\n  ', 'Line 1, column 1 must be a value: it is empty'],
    [
      'a comma too many in an object',
      '{\n  "family": "web",\n}',
      'Line 3, column 1 must be a name in double quotes, or there is a comma too many: }',
    ],
    ['a comma too many in a list', '[\n  1,\n]', 'Line 3, column 1 must be a value, or there is a comma too many: ]'],
    [
      'a comma too few',
      '{\r\n  "family": "web"\r\n  "cpu": "256"\r\n}',
      'Line 3, column 3 must be a comma or }: "cpu": "256"',
    ],
    ['a comma too few in a list', '["a" "b"]', 'Line 1, column 6 must be a comma or ]: ["a" "b"]'],
    ['a colon too few', '{"a" 1}', 'Line 1, column 6 must be a colon: {"a" 1}'],
    ['a value too few', '{"a":}', 'Line 1, column 6 must be a value: {"a":}'],
    ['a brace too few', '{\n  "a": 1\n\n', 'Line 2, column 9 must be a comma or }: "a": 1'],
    ['a brace too many', '{"a": 1}}', 'Line 1, column 9 must be the end of the text: {"a": 1}}'],
    ['brackets that do not match', '[1}', 'Line 1, column 3 must be a comma or ]: [1}'],
    ['a comment', '{\n  // mine\n}', 'Line 2, column 3 must be a name in double quotes or }: // mine'],
    ['single quotes', "{'a': 1}", "Line 1, column 2 must be a name in double quotes or }: {'a': 1}"],
    ['a name without quotes', '{a: 1}', 'Line 1, column 2 must be a name in double quotes or }: {a: 1}'],
    ['a string that does not end', '["a\n]', 'Line 1, column 4 must be the closing double quote: ["a'],
    [
      'an escape that there is not',
      String.raw`["\d"]`,
      String.raw`Line 1, column 3 must be an escape that JSON has: ["\d"]`,
    ],
    ['a number with a zero before it', '[01]', 'Line 1, column 3 must be a comma or ]: [01]'],
    ['a word of another language', '[undefined]', 'Line 1, column 2 must be a value or ]: [undefined]'],
    ['YAML', 'family: web\n', 'Line 1, column 1 must be a value: family: web'],
  ])('for %s is refused with line, column and the line itself', (_, text, why) => {
    const { code, message, why: said } = refusal(text)
    expect([code, message, said]).toEqual(['BadArguments', 'td.json is not JSON.', why])
  })

  it('is shown in part where the line is long', () => {
    const long = JSON.stringify(Array.from({ length: 200 }, (_, index) => index))
    expect(refusal(long.replace(',100,', ',100 oops,')).why).toMatch(/: ….*99,100 oops,101,.*…$/)
    expect(refusal(long.slice(0, -1)).why).toMatch(/: ….*198,199$/)
  })

  it.each([
    ['{"name": "A", "value": "hunter2",}'],
    ['{"name": "DB_PASSWORD" "value": "hunter2"}'],
    ['  "value": "hunter2'],
    [String.raw`{"value": "\"hunter2\d"}`],
    ["{'value': 'hunter2'}"],
    ['{value: hunter2}'],
    ['{"splunk-token": "hunter2",}'],
    ['{"DATABASE_URL": "postgres://web:hunter2@db/web",}'],
    [`{"pad": "${'x'.repeat(200)}", "value": "hunter2",}`],
  ])('is shown without the secret in it: %s', (text) => {
    const error = refusal(text)
    expect(error.why).toContain('•••')
    expect(error.why).not.toContain('hunter2')
    expect(error.cause).toBeUndefined()
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function refusal(text: string): EcsTaskError {
  try {
    parseJsonFile(text, 'td.json')
  } catch (error) {
    if (error instanceof EcsTaskError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
