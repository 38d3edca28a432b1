import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'
import { alias, change, createZone, namesOf, recordSet, recordSetsOf, vpc, weighted } from './zones.ts'

const www = recordSet('www.example.com', ['10.0.0.1', '10.0.0.2'])
const kept = (each: Unchecked): Unchecked => ({ ...each, Name: `${each['Name']}.` })

/** A zone example.com with the record set of www in it. */
function zone(): { aws: TestAws; id: string } {
  const aws = localAws()
  const id = createZone(aws)
  change(aws, id, ['CREATE', www])
  return { aws, id }
}

describe('A change', () => {
  test('creates, replaces and deletes record sets', () => {
    const { aws, id } = zone()
    expect(recordSetsOf(aws, id)).toEqual([kept(www)])
    const other = recordSet('WWW.example.com.', ['10.0.0.3'], { TTL: 0 })
    change(aws, id, ['UPSERT', other])
    expect(recordSetsOf(aws, id)).toEqual([{ ...other, Name: 'www.example.com.', TTL: 0 }])
    change(aws, id, ['DELETE', other], ['UPSERT', recordSet('a.example.com', ['::1'], { Type: 'AAAA' })])
    expect(namesOf(recordSetsOf(aws, id))).toEqual(['a.example.com. AAAA'])
  })

  test('replaces an address by a name in one batch', () => {
    const { aws, id } = zone()
    const cname = recordSet('www.example.com', ['example.org'], { Type: 'CNAME' })
    change(aws, id, ['DELETE', www], ['CREATE', cname])
    expect(recordSetsOf(aws, id)).toEqual([kept(cname)])
  })

  test('deletes with its values in any order, and shows names with their codes', () => {
    const { aws, id } = zone()
    change(
      aws,
      id,
      ['DELETE', recordSet('www.example.com', ['10.0.0.2', '10.0.0.1'])],
      ['CREATE', recordSet('*.example.com', ['10.0.0.1'])],
    )
    expect(namesOf(recordSetsOf(aws, id))).toEqual(['\\052.example.com. A'])
  })

  test('creates weighted record sets beside each other', () => {
    const { aws, id } = zone()
    change(
      aws,
      id,
      ['CREATE', weighted('b.example.com', 'green', 0)],
      ['CREATE', weighted('b.example.com', 'blue', 255)],
    )
    expect(recordSetsOf(aws, id)).toEqual([
      kept(weighted('b.example.com', 'blue', 255)),
      kept(weighted('b.example.com', 'green', 0)),
      kept(www),
    ])
    change(aws, id, ['DELETE', weighted('b.example.com', 'green', 0)])
    expect(namesOf(recordSetsOf(aws, id))).toEqual(['b.example.com. A blue', 'www.example.com. A'])
  })

  test('creates aliases of load balancers and of records of the zone', () => {
    const { aws, id } = zone()
    change(
      aws,
      id,
      ['CREATE', alias('example.com', 'Z35SXDOTRQ7X7K', 'Web-1.us-east-1.elb.amazonaws.com')],
      ['CREATE', alias('a.example.com', id, 'www.example.com')],
    )
    const found = aws.call('route53', 'ListResourceRecordSets', { HostedZoneId: id }).ResourceRecordSets
    expect(found.map(({ Name, AliasTarget }: Unchecked) => [Name, AliasTarget?.DNSName])).toEqual([
      ['example.com.', 'web-1.us-east-1.elb.amazonaws.com.'],
      ['example.com.', undefined],
      ['example.com.', undefined],
      ['a.example.com.', 'www.example.com.'],
      ['www.example.com.', undefined],
    ])
    expect(found[0].AliasTarget.EvaluateTargetHealth).toBe('false')
  })

  test('may replace the NS and the SOA record of the zone', () => {
    const { aws, id } = zone()
    change(aws, id, ['UPSERT', recordSet('example.com', ['ns.example.org.'], { Type: 'NS' })])
    const [ns] = aws.call('route53', 'ListResourceRecordSets', { HostedZoneId: id }).ResourceRecordSets
    expect(ns.ResourceRecords).toEqual([{ Value: 'ns.example.org.' }])
  })

  test('keeps the comment of its batch', () => {
    const { aws, id } = zone()
    const ChangeBatch = { Comment: 'a < b', Changes: [{ Action: 'DELETE', ResourceRecordSet: www }] }
    const { ChangeInfo } = aws.call('route53', 'ChangeResourceRecordSets', { HostedZoneId: id, ChangeBatch })
    expect(ChangeInfo.Comment).toBe('a < b')
  })
})

const invalidRecord = (problem: string): string => `Invalid Resource Record: '${problem}'`
const fatal = (code: string, text: string, value: string): string =>
  invalidRecord(`FATAL problem: ${code} (${text}) encountered with '${value}'`)

describe('A batch is refused', () => {
  const at = (more: Unchecked = {}, values: readonly string[] = ['10.0.0.1'], name = 'new.example.com'): Unchecked =>
    recordSet(name, values, more)
  const cases: [string, [string, Unchecked][], string][] = [
    [
      'that creates what exists',
      [['CREATE', www]],
      "Tried to create resource record set [name='www.example.com.', type='A'] but it already exists",
    ],
    [
      'that deletes what is not there',
      [['DELETE', at()]],
      "Tried to delete resource record set [name='new.example.com.', type='A'] but it was not found",
    ],
    [
      'that deletes what is not there under a set identifier',
      [['DELETE', weighted('new.example.com', 'blue', 1)]],
      "Tried to delete resource record set [name='new.example.com.', type='A', set-identifier='blue'] but it was not found",
    ],
    [
      'that deletes other values',
      [['DELETE', at({}, ['10.0.0.1'], 'www.example.com')]],
      "Tried to delete resource record set [name='www.example.com.', type='A'] but the values provided do not match the current values",
    ],
    [
      'that deletes with another TTL',
      [['DELETE', { ...www, TTL: 61 }]],
      "Tried to delete resource record set [name='www.example.com.', type='A'] but the values provided do not match the current values",
    ],
    [
      'with a name outside the zone',
      [['CREATE', at({}, ['10.0.0.1'], 'www.example.org')]],
      'RRSet with DNS name www.example.org. is not permitted in zone example.com.',
    ],
    [
      'with a name that only ends like the zone',
      [['UPSERT', at({}, ['10.0.0.1'], 'myexample.com')]],
      'RRSet with DNS name myexample.com. is not permitted in zone example.com.',
    ],
    [
      'with a CNAME of the zone itself',
      [['CREATE', at({ Type: 'CNAME' }, ['example.org'], 'example.com')]],
      'RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.',
    ],
    [
      'with a CNAME beside an address',
      [['CREATE', at({ Type: 'CNAME' }, ['example.org'], 'www.example.com')]],
      'RRSet of type CNAME with DNS name www.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.',
    ],
    [
      'with an address beside a CNAME',
      [
        ['CREATE', at({ Type: 'CNAME' }, ['example.org'])],
        ['CREATE', at({ Type: 'TXT' }, ['"x"'])],
      ],
      'RRSet of type CNAME with DNS name new.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com., ' +
        'RRSet of type TXT with DNS name new.example.com. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone example.com.',
    ],
    [
      'with a weighted record set beside a simple one',
      [['CREATE', weighted('www.example.com', 'blue', 1)]],
      'RRSet with DNS name www.example.com., type A, SetIdentifier blue cannot be created as other RRSets exist with the same name and type',
    ],
    [
      'that changes a record set twice',
      [
        ['CREATE', at()],
        ['UPSERT', at()],
      ],
      "The request contains an invalid set of changes for a resource record set 'A new.example.com.'",
    ],
    [
      'that deletes a record set twice',
      [
        ['DELETE', www],
        ['DELETE', www],
      ],
      "The request contains an invalid set of changes for a resource record set 'A www.example.com.'",
    ],
    [
      'with an alias of a record that is not there',
      [['CREATE', { ...alias('new.example.com', 'ZONE', 'none.example.com') }]],
      'Tried to create an alias that targets none.example.com., type A in zone ZONE, but that target was not found',
    ],
    [
      'with an alias in the zone that lies elsewhere',
      [['CREATE', { ...alias('new.example.com', 'ZONE', 'www.example.org') }]],
      'Tried to create an alias that targets www.example.org., type A in zone ZONE, but the alias target name does not lie within the target zone',
    ],
    [
      'with what is no IPv4 address',
      [['CREATE', at({}, ['10.0.0.256'])]],
      fatal('ARRDATAIllegalIPv4Address', 'Value is not a valid IPv4 address', '10.0.0.256'),
    ],
    [
      'with what is no IPv6 address',
      [['CREATE', at({ Type: 'AAAA' })]],
      fatal('AAAARRDATAIllegalIPv6Address', 'Value is not a valid IPv6 address', '10.0.0.1'),
    ],
    [
      'with a text without quotation marks',
      [['CREATE', at({ Type: 'TXT' }, ['v=spf1'])]],
      fatal('InvalidCharacterString', 'Value should be enclosed in quotation marks', 'v=spf1'),
    ],
    [
      'with a text of 256 characters',
      [['CREATE', at({ Type: 'TXT' }, [`"${'x'.repeat(256)}"`])]],
      fatal('CharacterStringTooLong', 'Value is too long', `"${'x'.repeat(256)}"`),
    ],
    ['with a value twice', [['CREATE', at({}, ['10.0.0.1', '10.0.0.1'])]], "Duplicate Resource Record: '10.0.0.1'"],
    [
      'with a CNAME of two names',
      [['CREATE', at({ Type: 'CNAME' }, ['a.com', 'b.com'])]],
      'RRSet of type CNAME with DNS name new.example.com. can have only one resource record',
    ],
    [
      'with an empty label',
      [['CREATE', at({}, ['10.0.0.1'], 'a..example.com')]],
      "FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a..example.com'",
    ],
    [
      'with more than 1000 records, what is upserted counted twice',
      [
        [
          'UPSERT',
          at(
            { Type: 'TXT' },
            Array.from({ length: 501 }, (_, index) => `"${index}"`),
          ),
        ],
      ],
      'Number of records limit of 1000 exceeded.',
    ],
    [
      'with everything that is wrong with it at once',
      [
        ['CREATE', www],
        ['DELETE', at()],
      ],
      "Tried to create resource record set [name='www.example.com.', type='A'] but it already exists, " +
        "Tried to delete resource record set [name='new.example.com.', type='A'] but it was not found",
    ],
  ]

  test.each(cases)('%s, and changes nothing', (_, changes, message) => {
    const { aws, id } = zone()
    const own = changes.map(([action, set]): [string, Unchecked] => [
      action,
      JSON.parse(JSON.stringify(set).replaceAll('ZONE', id)),
    ])
    const before = JSON.stringify(aws.world.global.hostedZones)
    const refused = { code: 'InvalidChangeBatch', status: 400, message: `[${message.replaceAll('ZONE', id)}]` }
    const first: [string, Unchecked] = ['CREATE', recordSet('first.example.com', ['10.0.0.1'])]
    expect(() => change(aws, id, first, ...own)).toThrow(expect.objectContaining(refused))
    expect(JSON.stringify(aws.world.global.hostedZones)).toBe(before)
  })

  test.each([
    ['NS', 'A HostedZone must contain at least one NS record for the zone itself.'],
    ['SOA', 'A HostedZone must contain exactly one SOA record.'],
  ])('that deletes the %s record of the zone', (type, message) => {
    const { aws, id } = zone()
    const { recordSets } = aws.world.global.hostedZones[id]!
    const own = recordSets.find(({ Type }) => Type === type)!
    expect(() => change(aws, id, ['DELETE', own])).toThrow(
      expect.objectContaining({ code: 'InvalidChangeBatch', message: `[${message}]` }),
    )
  })

  const where = 'Change with [Action=CREATE, Name=new.example.com, Type=A, SetIdentifier=null]'
  const { TTL: _, ...withoutTtl } = at()
  test.each<[string, Unchecked, string]>([
    [
      'without a TTL',
      withoutTtl,
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in ${where}`,
    ],
    [
      'with an alias and a TTL',
      alias('new.example.com', 'Z1', 'a.com', { TTL: 60 }),
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found more than one in ${where}`,
    ],
    ['with a weight alone', at({ Weight: 1 }), `Invalid request: Missing field 'SetIdentifier' in ${where}`],
    [
      'with a set identifier alone',
      at({ SetIdentifier: 'blue' }),
      'Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, CidrRoutingConfig, GeoProximityLocation], ' +
        'but found none in Change with [Action=CREATE, Name=new.example.com, Type=A, SetIdentifier=blue]',
    ],
    [
      'with a weight above 255',
      weighted('new.example.com', 'a', 256),
      'Invalid request: Weight is out of range in ' + where.replace('null', 'a'),
    ],
    ['with a TTL below 0', at({ TTL: -1 }), `Invalid request: TTL is out of range in ${where}`],
  ])('%s', (_title, set, message) => {
    const { aws, id } = zone()
    expect(() => change(aws, id, ['CREATE', set])).toThrow(expect.objectContaining({ code: 'InvalidInput', message }))
  })

  test.each<[string, Unchecked]>([
    ['that is no action', { Action: 'REPLACE', ResourceRecordSet: www }],
    ['of a type that there is not', { Action: 'CREATE', ResourceRecordSet: at({ Type: 'B' }) }],
    ['without a record set', { Action: 'CREATE' }],
    ['with an unknown member', { Action: 'CREATE', ResourceRecordSet: at({ Weigth: 1 }) }],
  ])('with a change %s', (_title, wrong) => {
    const { aws, id } = zone()
    const input = { HostedZoneId: id, ChangeBatch: { Changes: [wrong] } }
    expect(() => aws.call('route53', 'ChangeResourceRecordSets', input)).toThrow(
      expect.objectContaining({ code: 'InvalidInput', status: 400 }),
    )
  })

  test('without a change, and in an unknown zone', () => {
    const { aws, id } = zone()
    expect(() => change(aws, id)).toThrow(expect.objectContaining({ code: 'InvalidInput' }))
    expect(() => change(aws, 'Z1', ['CREATE', at()])).toThrow(
      expect.objectContaining({ code: 'NoSuchHostedZone', status: 404 }),
    )
  })
})

describe('ListResourceRecordSets', () => {
  const names = ['b.example.com', 'example.com', 'a.b.example.com', '*.example.com', 'b-c.example.com']

  function filled(): { aws: TestAws; id: string } {
    const aws = localAws()
    const id = createZone(aws, 'example.com', vpc())
    for (const name of names) change(aws, id, ['CREATE', recordSet(name, ['10.0.0.1'])])
    change(aws, id, ['CREATE', recordSet('b.example.com', ['"x"'], { Type: 'TXT' })])
    for (const blue of ['1', '2', '3']) change(aws, id, ['CREATE', weighted('c.example.com', blue, 1)])
    return { aws, id }
  }

  const list = (aws: TestAws, HostedZoneId: string, input: Unchecked = {}): Unchecked =>
    aws.call('route53', 'ListResourceRecordSets', { HostedZoneId, ...input })

  const all = [
    'example.com. A',
    'example.com. NS',
    'example.com. SOA',
    // A hyphen comes before the dot in ASCII.
    'b-c.example.com. A',
    'b.example.com. A',
    'b.example.com. TXT',
    'a.b.example.com. A',
    'c.example.com. A 1',
    'c.example.com. A 2',
    'c.example.com. A 3',
  ]
  const sorted = [...all.slice(0, 3), '\\052.example.com. A', ...all.slice(3)]

  test('sorts by name, read from its end, then by type and set identifier', () => {
    const { aws, id } = filled()
    expect(namesOf(list(aws, id)['ResourceRecordSets'])).toEqual(sorted)
  })

  test.each([1, 2, 3, 10, 300])('turns pages of %i', (MaxItems) => {
    const { aws, id } = filled()
    const found: string[] = []
    let start: Unchecked = {}
    for (let more = true; more;) {
      const page = list(aws, id, { MaxItems, ...start })
      expect(page['ResourceRecordSets'].length).toBeLessThanOrEqual(MaxItems)
      found.push(...namesOf(page['ResourceRecordSets']))
      more = page['IsTruncated'] === 'true'
      start = {
        StartRecordName: page['NextRecordName'],
        StartRecordType: page['NextRecordType'],
        StartRecordIdentifier: page['NextRecordIdentifier'],
      }
    }
    expect(found).toEqual(sorted)
  })

  test.each<[string, Unchecked, string]>([
    ['a name', { StartRecordName: 'B.example.com' }, 'b.example.com. A'],
    ['a name that is not there', { StartRecordName: 'bb.example.com' }, 'c.example.com. A 1'],
    ['a name and a type', { StartRecordName: 'b.example.com', StartRecordType: 'AAAA' }, 'b.example.com. TXT'],
    ['a wildcard', { StartRecordName: '*.example.com' }, '\\052.example.com. A'],
    [
      'a set identifier',
      { StartRecordName: 'c.example.com', StartRecordType: 'A', StartRecordIdentifier: '2' },
      'c.example.com. A 2',
    ],
  ])('begins with %s', (_, input, first) => {
    const { aws, id } = filled()
    expect(namesOf(list(aws, id, input)['ResourceRecordSets'])[0]).toBe(first)
  })

  test.each<[string, Unchecked]>([
    ['a type without a name', { StartRecordType: 'A' }],
    ['a set identifier without a type', { StartRecordName: 'a.com', StartRecordIdentifier: '1' }],
    ['a name that is none', { StartRecordName: 'a..b' }],
    ['a page of none', { MaxItems: 0 }],
    ['a page size that is no number', { MaxItems: 'many' }],
  ])('refuses %s', (_, input) => {
    const { aws, id } = filled()
    expect(() => list(aws, id, input)).toThrow(expect.objectContaining({ code: 'InvalidInput' }))
  })
})
