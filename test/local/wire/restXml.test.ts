import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  GetChangeCommand,
  HostedZoneAlreadyExists,
  InvalidChangeBatch,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourceCommand,
  NoSuchHostedZone,
  Route53Client,
} from '@aws-sdk/client-route-53'
import type { ListResourceRecordSetsCommandInput, ListResourceRecordSetsCommandOutput } from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../src/local/wire/server.ts'
import { localAws, start } from '../support.ts'

const get = (path: string, method = 'GET', body = '') => {
  const aws = localAws()
  return { aws, answer: aws.handle({ method, path, headers: {}, body }) }
}

describe('The REST XML protocol', () => {
  test('answers with the status, the headers and the namespace of the service', () => {
    const body =
      '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>a.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>'
    const { answer } = get('/2013-04-01/hostedzone', 'POST', body)
    expect(answer).toMatchObject({ status: 201, headers: { 'content-type': 'text/xml' } })
    expect(answer.headers['Location']).toMatch(/^https:\/\/route53\.amazonaws\.com\/2013-04-01\/hostedzone\/Z/)
    expect(answer.body).toMatch(
      /^<\?xml version="1.0"\?>\n<CreateHostedZoneResponse xmlns="https:\/\/route53\.amazonaws\.com\/doc\/2013-04-01\/"><HostedZone>/,
    )
  })

  test.each([
    '/2013-04-01/hostedzone',
    '/2013-04-01/hostedzone/',
    '/2013-04-01/hostedzone?maxitems=1',
    '/2013-04-01/hostedzone/?',
  ])('takes the path %s', (path) => {
    expect(get(path).answer.status).toBe(200)
  })

  test('refuses with the error document of Route 53', () => {
    const { body, status } = get('/2013-04-01/hostedzone/%3Cb%3E').answer
    expect(status).toBe(404)
    expect(body).toMatch(
      /^<\?xml version="1.0"\?>\n<ErrorResponse xmlns="https:\/\/route53.amazonaws.com\/doc\/2013-04-01\/"><Error><Type>Sender<\/Type><Code>NoSuchHostedZone<\/Code><Message>No hosted zone found with ID: &lt;b&gt;<\/Message><\/Error><RequestId>[0-9a-f-]{36}<\/RequestId><\/ErrorResponse>$/,
    )
  })

  test('names an operation that it does not have', () => {
    const { aws, answer } = get('/2013-04-01/healthcheck?maxitems=5')
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('<Code>UnknownOperationException</Code>')
    expect(aws.warnings).toEqual(['route53 has no operation GET /2013-04-01/healthcheck in the local AWS'])
  })

  test.each([
    ['no XML', 'Name=a', 'Invalid XML ; The document is not well-formed.'],
    ['the document of another operation', '<Other/>', "Invalid XML ; Cannot find the declaration of element 'Other'."],
    [
      'nothing',
      '',
      "Missing required member 'Name' in the input. Missing required member 'CallerReference' in the input.",
    ],
    [
      'a misspelt member',
      '<CreateHostedZoneRequest><Nmae>a</Nmae><Name>b.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>',
      "Unknown member 'Nmae' in the input; did you mean 'Name'?",
    ],
  ])('refuses %s as input', (_, body, message) => {
    const { status, body: answer } = get('/2013-04-01/hostedzone', 'POST', body).answer
    expect(status).toBe(400)
    expect(answer).toContain('<Code>InvalidInput</Code>')
    expect(answer).toContain(`<Message>${message}</Message>`)
  })

  test('refuses a path that cannot be decoded', () => {
    expect(get('/2013-04-01/hostedzone/%FF').answer).toMatchObject({ status: 400 })
  })
})

describe('The Route 53 client', () => {
  let server: LocalServer
  let client: Route53Client
  let now = start
  beforeAll(async () => {
    server = await startServer(createLocalAws({ now: () => now, throttle: false }), { port: 0 })
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
    client = new Route53Client({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1, credentials })
  })
  afterAll(() => server.close())

  const create = (CallerReference: string) =>
    client.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference }))

  const changed = (HostedZoneId: string, ...values: string[]) =>
    client.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: {
          Comment: 'a < b & c',
          Changes: values.map((value, index) => ({
            Action: 'CREATE',
            ResourceRecordSet: {
              Name: `*.w${index}.example.com`,
              Type: 'TXT',
              TTL: 60,
              ResourceRecords: [{ Value: value }, { Value: '"<&>"' }],
            },
          })),
        },
      }),
    )

  test('works against the local AWS', async () => {
    const { HostedZone, Location } = await create('one')
    expect(Location).toContain(HostedZone!.Id)
    expect(HostedZone).toMatchObject({
      Name: 'example.com.',
      Config: { PrivateZone: false },
      ResourceRecordSetCount: 2,
    })
    const { ChangeInfo } = await changed(HostedZone!.Id!, '"one"', '"two"', '"three"')
    expect(ChangeInfo).toMatchObject({ Status: 'PENDING', SubmittedAt: new Date(start), Comment: 'a < b & c' })
    now += 10_000
    expect((await client.send(new GetChangeCommand({ Id: ChangeInfo!.Id! }))).ChangeInfo!.Status).toBe('INSYNC')
    const names: string[] = []
    for (let at: ListResourceRecordSetsCommandInput | undefined = { HostedZoneId: HostedZone!.Id!, MaxItems: 2 }; at;) {
      const page: ListResourceRecordSetsCommandOutput = await client.send(new ListResourceRecordSetsCommand(at))
      for (const { Name, ResourceRecords } of page.ResourceRecordSets!)
        names.push(`${Name} ${ResourceRecords!.at(-1)!.Value}`)
      const { NextRecordName: StartRecordName, NextRecordType: StartRecordType } = page
      at = page.IsTruncated ? { ...at, StartRecordName, StartRecordType } : undefined
    }
    expect(names.slice(2)).toEqual([0, 1, 2].map((index) => `\\052.w${index}.example.com. "<&>"`))
  })

  test('reads and writes tags', async () => {
    const { HostedZone } = await create('tags')
    const of = { ResourceType: 'hostedzone', ResourceId: HostedZone!.Id!.replace('/hostedzone/', '') } as const
    await client.send(
      new ChangeTagsForResourceCommand({
        ...of,
        AddTags: [
          { Key: 'a', Value: 'b' },
          { Key: 'c', Value: '' },
        ],
      }),
    )
    await client.send(new ChangeTagsForResourceCommand({ ...of, RemoveTagKeys: ['a'] }))
    const { ResourceTagSet } = await client.send(new ListTagsForResourceCommand(of))
    expect(ResourceTagSet).toEqual({ ...of, Tags: [{ Key: 'c', Value: '' }] })
  })

  test('receives refusals as its own errors', async () => {
    const { HostedZone } = await create('refusals')
    await expect(create('refusals')).rejects.toThrow(HostedZoneAlreadyExists)
    await expect(changed('Z1', '"one"')).rejects.toThrow(NoSuchHostedZone)
    const error = await changed(HostedZone!.Id!, 'one').catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(InvalidChangeBatch)
    expect(error).toMatchObject({
      name: 'InvalidChangeBatch',
      message: expect.stringMatching(/^\[Invalid Resource Record: 'FATAL problem: InvalidCharacterString .*'one''\]$/),
      $metadata: { httpStatusCode: 400 },
    })
    const { HostedZones } = await client.send(new ListHostedZonesCommand({}))
    expect(HostedZones!.find(({ Id }) => Id === HostedZone!.Id)!.ResourceRecordSetCount).toBe(2)
  })
})
