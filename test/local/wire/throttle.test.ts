import { expect, test } from 'vitest'
import { operations } from '../../../src/local/operations.ts'
import { buckets, holds, takeToken } from '../../../src/local/wire/throttle.ts'
import { emptyRegion } from '../../../src/local/world/world.ts'
import { localAws, start } from '../support.ts'

const rateExceeded = expect.objectContaining({ code: 'ThrottlingException', message: 'Rate exceeded', status: 400 })

/** How many of an operation pass at this moment. */
const passing = (region: ReturnType<typeof emptyRegion>, operation: string, now: number, service = 'ecs'): number => {
  let count = 0
  try {
    for (; count < 10_000; count += 1) takeToken(region, service, operation, now)
  } catch (error) {
    const { code = 'ThrottlingException' } = buckets[service]!.find((bucket) => holds(bucket, operation))!
    const status = code === 'RequestLimitExceeded' ? 429 : 400
    expect(error).toMatchObject({ code, message: 'Rate exceeded', status })
  }
  return count
}

const empty = (): ReturnType<typeof emptyRegion> => emptyRegion('us-east-1', '123456789012')

test.each(Object.entries(buckets).flatMap(([service, ofIt]) => ofIt.map((bucket) => ({ service, bucket, ...bucket }))))(
  '$name takes $burst at once and $refill a second from then on',
  ({ service, bucket, burst, refill }) => {
    const region = empty()
    const operation = Object.keys(operations[service]!).find((name) => holds(bucket, name))
    expect(passing(region, operation!, start, service)).toBe(burst)
    expect(passing(region, operation!, start + 1_000, service)).toBe(refill > burst ? burst : refill)
    expect(passing(region, operation!, start + 3_600_000, service)).toBe(burst)
  },
)

test('a bucket fills up by fractions of a token', () => {
  const region = empty()
  passing(region, 'updateService', start)
  expect(passing(region, 'updateService', start + 199)).toBe(0)
  expect(passing(region, 'updateService', start + 200)).toBe(1)
  expect(passing(region, 'updateService', start + 399)).toBe(0)
  expect(passing(region, 'updateService', start + 400)).toBe(1)
})

test('throttled requests do not slow the refill down', () => {
  const region = empty()
  passing(region, 'registerTaskDefinition', start)
  for (let now = start + 1; now < start + 1_000; now += 1)
    expect(passing(region, 'registerTaskDefinition', now)).toBe(0)
  expect(passing(region, 'registerTaskDefinition', start + 1_000)).toBe(1)
})

test('a bucket never holds more than its burst', () => {
  const region = empty()
  takeToken(region, 'ecs', 'deleteTaskDefinitions', start)
  expect(passing(region, 'deleteTaskDefinitions', start + 86_400_000)).toBe(5)
})

test('the operations of a category draw from one bucket, those of another are left alone', () => {
  const region = empty()
  expect(passing(region, 'registerTaskDefinition', start)).toBe(20)
  expect(passing(region, 'deregisterTaskDefinition', start)).toBe(0)
  expect(passing(region, 'describeTaskDefinition', start)).toBe(50)
})

test('every region has buckets of its own', () => {
  const [here, there] = [empty(), emptyRegion('eu-west-1', '123456789012')]
  expect(passing(here, 'deleteTaskDefinitions', start)).toBe(5)
  expect(passing(there, 'deleteTaskDefinitions', start)).toBe(5)
})

test('operations without a rate in AWS’s tables are not throttled', () => {
  expect(passing(empty(), 'stopServiceDeployment', start)).toBe(10_000)
  expect(passing(empty(), 'getCallerIdentity', start, 'sts')).toBe(10_000)
})

test('a throttled request is refused on the wire and goes through once the local clock has moved on', () => {
  const aws = localAws({ throttle: true })
  const list = (): unknown => aws.call('ecs', 'ListClusters')
  for (let count = 0; count < 50; count += 1) list()
  expect(list).toThrow(rateExceeded)
  aws.advance(50)
  expect(list()).toEqual({ clusterArns: [] })
  expect(list).toThrow(rateExceeded)
})

test('a request that is refused for its shape still costs a token', () => {
  const aws = localAws({ throttle: true })
  const register = (): unknown => aws.call('ecs', 'RegisterTaskDefinition', { famly: 'web' })
  for (let count = 0; count < 20; count += 1)
    expect(register).toThrow(expect.objectContaining({ code: 'ClientException' }))
  expect(register).toThrow(rateExceeded)
})

test('without throttling there is no limit', () => {
  const aws = localAws({ throttle: false })
  for (let count = 0; count < 500; count += 1) aws.call('ecs', 'ListClusters')
  expect(aws.region.buckets).toEqual({})
})
