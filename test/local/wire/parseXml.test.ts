import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseXml } from '../../../src/local/wire/dialects/parseXml.ts'
import { escapeXml } from '../../../src/local/wire/dialects/xml.ts'
import { xmlInput } from '../../../src/local/wire/dialects/xmlInput.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'

const model = {
  shapes: {
    Input: {
      Name: 'string!',
      Count: 'number',
      Deep: 'boolean',
      When: 'timestamp',
      Tags: 'list Tag',
      Keys: 'list string',
      Tag: 'Tag',
    },
    Tag: { Key: 'string!', Value: 'string' },
  },
  elements: { Input: { Tags: 'Tag', Keys: 'Key' } },
}

const inputOf = (xml: string): Unchecked => xmlInput(parseXml(`<Input>${xml}</Input>`)!, 'Input', model)

test.each<[string, string, Unchecked]>([
  ['members by their types', '<Name>5</Name><Count>5</Count><Deep>true</Deep>', { Name: '5', Count: 5, Deep: true }],
  ['a time', '<When>2026-01-01T00:00:00.500Z</When>', { When: 1767225600.5 }],
  [
    'a list of structures',
    '<Tags><Tag><Key>a</Key></Tag><Tag><Key>b</Key></Tag></Tags>',
    { Tags: [{ Key: 'a' }, { Key: 'b' }] },
  ],
  ['a list of texts', '<Keys><Key>a</Key><Key/></Keys>', { Keys: ['a', ''] }],
  ['an empty list', '<Keys/>', { Keys: [] }],
  [
    'lines and comments between the elements',
    '\n <!-- <Name> -->\n <Tag>\n  <Key>a</Key>\n </Tag>\n',
    { Tag: { Key: 'a' } },
  ],
  ['entities and characters by number', '<Name>&lt;&amp;&quot;&apos;&#228;&#x1F600;</Name>', { Name: '<&"\'ä😀' }],
  ['a section of text', '<Name><![CDATA[<b>&amp;</b>]]></Name>', { Name: '<b>&amp;</b>' }],
  ['spaces in a text', '<Name> a </Name>', { Name: ' a ' }],
  ['prefixes and attributes', '<x:Name xmlns:x="y" z=\'1\'>a</x:Name>', { Name: 'a' }],
  [
    'text for a structure, a list or a number stays for the check to refuse',
    '<Tag>a</Tag><Keys>b</Keys><Count>c</Count>',
    { Tag: 'a', Keys: 'b', Count: 'c' },
  ],
  ['unknown members stay, too', '<Nmae>a</Nmae><Deep><b>c</b></Deep>', { Nmae: 'a', Deep: { b: 'c' } }],
])('an XML document is read: %s', (_, xml, input) => {
  expect(inputOf(xml)).toEqual(input)
})

test('a list with other elements in it is refused', () => {
  expect(() => inputOf('<Tags><member><Key>a</Key></member></Tags>')).toThrow(
    expect.objectContaining({ code: 'SerializationException', message: expect.stringContaining("element 'member'") }),
  )
})

test.each([
  ['nothing', ''],
  ['no element', 'text'],
  ['two documents', '<a/><b/>'],
  ['text behind the end', '<a/>b'],
  ['an element without end', '<a>'],
  ['ends without an element', '</a>'],
  ['elements across each other', '<a><b></a></b>'],
  ['a tag without end', '<a'],
  ['a comment without end', '<a><!-- </a>'],
  ['an unknown entity', '<a>&nbsp;</a>'],
  ['an ampersand', '<a>b & c</a>'],
  ['a character that there is not', '<a>&#x110000;</a>'],
  ['a document type, which could define entities', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['33 levels', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`],
  ['100,000 levels', '<a>'.repeat(100_000)],
])('an invalid XML document is refused: %s', (_, text) => {
  expect(parseXml(text)).toBeUndefined()
})

test('a member named like one of Object.prototype is a member', () => {
  const input = inputOf('<__proto__><polluted>1</polluted></__proto__>')
  expect(Object.keys(input)).toEqual(['__proto__'])
  expect(({} as Unchecked)['polluted']).toBeUndefined()
})

test('any text that XML can carry is read back unchanged', () => {
  const text = fc
    .string({ unit: 'binary' })
    .filter((each) => escapeXml(each).includes('\ufffd') === each.includes('\ufffd'))
  fc.assert(
    fc.property(text, (each) => {
      expect(inputOf(`<Name>${escapeXml(each)}</Name>`)).toEqual({ Name: each })
    }),
  )
})

test('any text is read or refused as no document', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    '<a>',
    '</a>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&',
    '&amp;',
    '&#1;',
    '<?',
    '?>',
    'a',
    ' ',
    '"',
  )
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      expect(parseXml(parts.join(''))?.name ?? 'a').toBe('a')
    }),
  )
})
