import { expect, test } from 'vitest'
import { localAws } from '../support.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const aws = localAws()
const ask = (form: string): Answer =>
  aws.handle({
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: `${form}&Version=2016-11-15`,
  })
const anything = '(?:.|\\n)*'

test('EC2 answers without a result element, with item lists and its own names', () => {
  const { status, headers, body } = ask('Action=DescribeVpcs')
  expect([status, headers['content-type']]).toEqual([200, 'text/xml;charset=UTF-8'])
  expect(body).toMatch(
    new RegExp(
      '^<\\?xml version="1.0" encoding="UTF-8"\\?>\\n' +
        '<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>[0-9a-f-]{36}</requestId>' +
        `<vpcSet><item><vpcId>vpc-0123456789abcdef0</vpcId><state>available</state>${anything}` +
        `<cidrBlockAssociationSet><item>${anything}</item></cidrBlockAssociationSet>${anything}` +
        '<isDefault>true</isDefault><ownerId>123456789012</ownerId><tagSet></tagSet></item></vpcSet>' +
        '</DescribeVpcsResponse>$',
    ),
  )
})

test('EC2 reads lists without `member`, under its own names', () => {
  const form = 'Action=DescribeSubnets&Filter.1.Name=availability-zone&Filter.1.Value.2=us-east-1b&Filter.1.Value.1=x'
  expect(ask(form).body.match(/<subnetId>[^<]*/g)).toEqual(['<subnetId>subnet-0123456789abcdef1'])
  const byId = ask('Action=DescribeSubnets&SubnetId.2=subnet-0123456789abcdef1&SubnetId.1=subnet-0123456789abcdef2')
  expect(byId.body.match(/<subnetId>[^<]*/g)).toEqual([
    '<subnetId>subnet-0123456789abcdef2',
    '<subnetId>subnet-0123456789abcdef1',
  ])
})

test('EC2 refuses in its own XML', () => {
  const { status, body } = ask('Action=DescribeVpcs&VpcId.1=vpc-%3C1%3E')
  expect(status).toBe(400)
  expect(body).toMatch(
    new RegExp(
      '<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code>' +
        "<Message>The vpc ID 'vpc-&lt;1&gt;' does not exist</Message></Error></Errors>" +
        '<RequestID>[0-9a-f-]{36}</RequestID></Response>$',
    ),
  )
})

test.each([
  ['an operation that is not there', 'Action=RunInstances', 'InvalidAction'],
  ['a parameter that is not there', 'Action=DescribeVpcs&Vpc.1=vpc-1', 'UnknownParameter'],
  ['a required parameter left out', 'Action=CreateTags&ResourceId.1=vpc-1', 'MissingParameter'],
  ['a text for a number', 'Action=DescribeVpcs&MaxResults=all', 'InvalidParameterValue'],
  ['a name of a thousand parts', `Action=DescribeVpcs&${'a.'.repeat(1000)}=x`, 'InvalidParameterValue'],
])('EC2 refuses %s with its own code', (_title, form, code) => {
  const { status, body } = ask(form)
  expect(status).toBe(400)
  expect(body).toContain(`<Code>${code}</Code>`)
})
