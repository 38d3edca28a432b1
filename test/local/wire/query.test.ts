import { expect, test } from 'vitest'
import { formInput } from '../../../src/local/wire/dialects/formInput.ts'
import { escapeXml, xmlOf } from '../../../src/local/wire/dialects/xml.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'

const shapes = {
  Input: {
    Name: 'string!',
    Count: 'number',
    Deep: 'boolean',
    When: 'timestamp',
    Data: 'blob',
    Tags: 'list Tag',
    Names: 'list string',
    Attributes: 'map string',
    Settings: 'map Tag',
    Nested: 'list list string',
  },
  Tag: { Key: 'string!', Value: 'string' },
}

const inputOf = (form: string): Unchecked => formInput(new URLSearchParams(form), 'Input', shapes)

test.each<[string, string, Unchecked]>([
  ['plain members by their types', 'Name=5&Count=5&Deep=true', { Name: '5', Count: 5, Deep: true }],
  ['a time', 'When=2026-01-01T00:00:00.500Z', { When: 1767225600.5 }],
  ['lists of text', 'Names.member.1=a&Names.member.2=b', { Names: ['a', 'b'] }],
  [
    'lists by number, not by the order they are sent in',
    Array.from({ length: 11 }, (_, index) => `Names.member.${11 - index}=${11 - index}`).join('&'),
    { Names: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'] },
  ],
  ['an empty list, sent as a bare name', 'Names=', { Names: [] }],
  [
    'lists of structures',
    'Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c',
    { Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c' }] },
  ],
  ['lists of lists', 'Nested.member.1.member.1=a&Nested.member.2.member.1=b', { Nested: [['a'], ['b']] }],
  ['maps', 'Attributes.entry.1.key=a.b&Attributes.entry.1.value=c', { Attributes: { 'a.b': 'c' } }],
  [
    'maps as SNS writes them',
    'Settings.entry.1.Name=a&Settings.entry.1.Value.Key=b&Settings.entry.1.Value.Value=c',
    { Settings: { a: { Key: 'b', Value: 'c' } } },
  ],
  ['percent signs, plus signs and all languages', 'Name=gr%C3%B6%C3%9Fe+%2B+%26', { Name: 'größe + &' }],
  [
    'what is no number stays for the check to refuse',
    'Count=five&Deep=yes&When=soon',
    { Count: 'five', Deep: 'yes', When: 'soon' },
  ],
  ['text for a list, a map or a structure stays, too', 'Names=a&Attributes=b', { Names: 'a', Attributes: 'b' }],
  ['empty text', 'Name=', { Name: '' }],
  ['unknown members stay for the check to refuse', 'Nmae=a&Colour.Red=b', { Nmae: 'a', Colour: { Red: 'b' } }],
])('a form is read: %s', (_title, form, input) => {
  expect(inputOf(form)).toEqual(input)
})

test('a form cannot reach Object.prototype', () => {
  const input = inputOf('__proto__.polluted=1&constructor.prototype.polluted=1')
  expect(Object.keys(input)).toEqual(['__proto__', 'constructor'])
  expect(({} as Unchecked).polluted).toBeUndefined()
})

test('an output is written as the Query protocol defines it', () => {
  const output = {
    Name: 'a < b & c',
    Count: 5,
    Deep: false,
    When: 1767225600.5,
    Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c' }],
    Names: [],
    Attributes: { x: '1', y: '' },
    Data: undefined,
  }
  expect(xmlOf(output, 'Input', shapes)).toBe(
    '<Name>a &lt; b &amp; c</Name><Count>5</Count><Deep>false</Deep><When>2026-01-01T00:00:00.500Z</When>' +
      '<Tags><member><Key>a</Key><Value>b</Value></member><member><Key>c</Key></member></Tags><Names></Names>' +
      '<Attributes><entry><key>x</key><value>1</value></entry><entry><key>y</key><value></value></entry></Attributes>',
  )
})

test('text that XML cannot carry does not break it', () => {
  expect(escapeXml('<a href="x">&\r\n\t\u0000\u001b')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#xD;\n\t\ufffd\ufffd')
})

test('an unknown member of SNS is refused, and so is a missing required one', () => {
  const aws = localAws()
  expect(() => aws.call('sns', 'Publish', { Mesage: 'x' })).toThrow(
    expect.objectContaining({
      code: 'ValidationError',
      status: 400,
      message:
        "Missing required member 'Message' in the input. " +
        "Unknown member 'Mesage' in the input; did you mean 'Message'?",
    }),
  )
})

test('a refusal escapes its markup', () => {
  const aws = localAws()
  const { body } = aws.handle({
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=%3CPublish%3E&Version=2010-03-31',
  })
  expect(body).toContain('<Type>Sender</Type><Code>InvalidAction</Code>')
  expect(body).toContain('no operation &lt;Publish&gt; of sns')
})

test('a form without an action is not a request to AWS', () => {
  const aws = localAws()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect(aws.handle({ method: 'POST', path: '/', headers, body: 'Message=x' }).status).toBe(400)
  expect(aws.warnings).toEqual(['POST / is nothing that the local AWS has'])
})
