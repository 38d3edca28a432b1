import { expect, test } from 'vitest'
import { createLocalAws } from '../../src/local/localAws.ts'
import { emptyWorld } from '../../src/local/world/world.ts'
import type { World } from '../../src/local/world/world.ts'
import { localAws, start } from './support.ts'

const ecs = 'AmazonEC2ContainerServiceV20141113'

const refusal = (code: string, message?: string): unknown =>
  expect.objectContaining({ code, status: 400, ...(message !== undefined && { message }) })

const post = (headers: Record<string, string>, body = ''): Parameters<ReturnType<typeof localAws>['handle']>[0] => ({
  method: 'POST',
  path: '/',
  headers,
  body,
})

test('an operation that the local AWS does not have is refused as AWS refuses it, with a warning', () => {
  const aws = localAws()
  expect(() => aws.call('ecs', 'FooBar')).toThrow(refusal('UnknownOperationException'))
  expect(aws.warnings).toEqual(['ecs has no operation FooBar in the local AWS'])
})

test('an unknown operation of the Query protocol has the code that AWS has for it there', () => {
  const aws = localAws()
  expect(() => aws.call('sns', 'AddPermission')).toThrow(refusal('InvalidAction'))
  expect(aws.warnings).toEqual(['sns has no operation AddPermission in the local AWS'])
})

test.each(['constructor', '__proto__', 'toString', ''])('%j is no operation and no service', (name) => {
  const aws = localAws()
  expect(() => aws.call('ecs', name)).toThrow(refusal('UnknownOperationException'))
  expect(() => aws.call(name, 'ListClusters')).toThrow(refusal('UnknownOperationException'))
  expect(aws.warnings).toHaveLength(2)
})

test('a service that the local AWS does not have is refused under its own name', () => {
  const aws = localAws()
  expect(() => aws.call('AmazonSQS', 'SendMessage')).toThrow(refusal('UnknownOperationException'))
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const scope = { authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/autoscaling/aws4_request' }
  const { status, body } = aws.handle(post({ ...form, ...scope }, 'Action=DescribePolicies&Version=2011-01-01'))
  expect(status).toBe(400)
  expect(body).toContain('<Code>InvalidAction</Code>')
  expect(aws.warnings).toEqual([
    'AmazonSQS has no operation SendMessage in the local AWS',
    'autoscaling has no operation DescribePolicies in the local AWS',
  ])
})

test('a request in an unknown protocol is refused, with a warning', () => {
  const aws = localAws()
  const { status, body } = aws.handle({ method: 'GET', path: '/schedules/nightly', headers: {}, body: '' })
  expect(status).toBe(400)
  expect(JSON.parse(body)).toMatchObject({ __type: 'UnknownOperationException' })
  expect(aws.warnings).toEqual(['GET /schedules/nightly is nothing that the local AWS has'])
})

test.each(['{', 'null', '[]', '"x"', '5', '\u0000', '{"a":1}}'])('the body %j is no input', (body) => {
  const { status, body: answer } = localAws().handle(post({ 'x-amz-target': `${ecs}.ListClusters` }, body))
  expect(status).toBe(400)
  expect(JSON.parse(answer)).toMatchObject({ __type: 'SerializationException' })
})

test.each([
  ['lists', '['.repeat(1_000_000)],
  ['structures', `{"tags":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['unknown members', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
])('an endless body of %s is refused', (_title, body) => {
  const aws = localAws()
  expect(aws.handle(post({ 'x-amz-target': `${ecs}.CreateCluster` }, body)).status).toBe(400)
  expect(aws.handle(post({ 'x-amz-target': `${ecs}.ListClusters` })).status).toBe(200)
})

test('a request without a body has an empty input', () => {
  const { status, body } = localAws().handle(post({ 'x-amz-target': `${ecs}.ListClusters` }))
  expect({ status, output: JSON.parse(body) }).toEqual({ status: 200, output: { clusterArns: [] } })
})

test('every answer and every refusal has a request id of its own', () => {
  const aws = localAws()
  const answers = [
    aws.handle(post({ 'x-amz-target': `${ecs}.ListClusters` })),
    aws.handle(post({ 'x-amz-target': `${ecs}.ListClusters` }, '{')),
    aws.handle(
      post({ 'content-type': 'application/x-www-form-urlencoded' }, 'Action=GetCallerIdentity&Version=2011-06-15'),
    ),
    aws.handle(post({})),
  ]
  const ids = answers.map(({ headers }) => headers['x-amzn-RequestId'])
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set(ids).size).toBe(4)
})

test('reading the state does not change later ids', () => {
  const [looked, blind] = [localAws(), localAws()]
  for (const aws of [looked, blind]) aws.call('ecs', 'CreateCluster')
  for (let count = 0; count < 5; count += 1) looked.call('ecs', 'DescribeClusters')
  expect(looked.world).toEqual(blind.world)
})

test('the region of the signature has its own state, and us-east-1 is the default', () => {
  const world = emptyWorld(start)
  const [here, there] = [localAws({ world, region: 'us-east-1' }), localAws({ world, region: 'eu-west-1' })]
  here.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  there.call('ecs', 'CreateCluster', { clusterName: 'depot' })
  expect(here.call('ecs', 'ListClusters').clusterArns).toEqual(['arn:aws:ecs:us-east-1:123456789012:cluster/shop'])
  expect(there.call('ecs', 'ListClusters').clusterArns).toEqual(['arn:aws:ecs:eu-west-1:123456789012:cluster/depot'])
  const { body } = here.handle(post({ 'x-amz-target': `${ecs}.ListClusters` }))
  expect(JSON.parse(body)).toEqual(here.call('ecs', 'ListClusters'))
})

test('a write is saved before it is answered, and a read is not saved', () => {
  const aws = localAws()
  aws.call('ecs', 'ListClusters')
  aws.call('ecs', 'DescribeClusters')
  expect(aws.saved).toEqual([])
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  expect(aws.saved).toEqual([JSON.stringify(aws.world)])
  expect(JSON.parse(aws.saved[0]!).regions['us-east-1'].clusters).toHaveProperty('shop')
})

test('a refused operation is not saved and changes nothing', () => {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster')
  const before = JSON.stringify(aws.world)
  expect(() => aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions: [] })).toThrow()
  expect(() => aws.call('ecs', 'CreateCluster', { clusterName: 5 })).toThrow(refusal('SerializationException'))
  expect(aws.saved).toHaveLength(1)
  expect(JSON.stringify(aws.world)).toBe(before)
})

test('a write that cannot be saved is not answered as a success', () => {
  const warnings: string[] = []
  const aws = createLocalAws({
    now: () => start,
    warn: (line) => warnings.push(line),
    save: () => {
      throw new Error('ENOSPC: no space left on device')
    },
  })
  const { status, body } = aws.handle(post({ 'x-amz-target': `${ecs}.CreateCluster` }))
  expect(status).toBe(500)
  expect(JSON.parse(body)).toMatchObject({ __type: 'ServerException' })
  expect(warnings[0]).toMatch(/^Error: ENOSPC: no space left on device\n\s+at /)
})

test('a bug in the local AWS is answered with 500 and reported with its stack, and it keeps running', () => {
  const world = emptyWorld(start)
  const aws = localAws({ world })
  aws.call('ecs', 'CreateCluster')
  Object.assign(aws.region.clusters, { broken: undefined })
  expect(() => aws.call('ecs', 'ListClusters')).toThrow(
    expect.objectContaining({ code: 'ServerException', status: 500 }),
  )
  expect(aws.warnings[0]).toMatch(/TypeError: .*\n\s+at /)
  delete aws.region.clusters.broken
  expect(aws.call('ecs', 'ListClusters').clusterArns).toHaveLength(1)
})

test('a state that was saved as JSON continues where it stopped', () => {
  const first = localAws()
  first.call('ecs', 'CreateCluster', { clusterName: '__proto__' })
  first.call('ecs', 'CreateCluster', { clusterName: 'constructor' })
  const world: World = JSON.parse(first.saved.at(-1)!)
  const second = localAws({ world })
  expect(second.world).toEqual(first.world)
  for (const aws of [first, second]) {
    expect(aws.call('ecs', 'DescribeClusters', { clusters: ['__proto__', 'constructor', 'toString'] })).toMatchObject({
      clusters: [{ clusterName: '__proto__' }, { clusterName: 'constructor' }],
      failures: [{ reason: 'MISSING' }],
    })
  }
})

test('time is that of the given clock, and never goes back', () => {
  let now = start
  const aws = createLocalAws({ now: () => now })
  now += 5_000
  aws.advance()
  expect(aws.world.now).toBe(start + 5_000)
  now -= 60_000
  aws.handle(post({ 'x-amz-target': `${ecs}.ListClusters` }))
  expect(aws.world.now).toBe(start + 5_000)
})

test('every request brings the state up to now', () => {
  let now = start
  const aws = createLocalAws({ now: () => now })
  now += 5_000
  aws.handle(post({ 'x-amz-target': `${ecs}.ListClusters` }))
  expect(aws.world.now).toBe(start + 5_000)
})
