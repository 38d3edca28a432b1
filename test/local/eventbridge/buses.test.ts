import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, start } from '../support.ts'

const arn = 'arn:aws:events:us-east-1:123456789012:event-bus/orders'
const refused = (code: string, message?: string): object =>
  expect.objectContaining({ code, status: 400, ...(message !== undefined && { message }) })

describe('an event bus', () => {
  it('is there once it was created, beside the default one', () => {
    const aws = localAws()
    expect(aws.call('events', 'CreateEventBus', { Name: 'orders', Description: 'Orders' })).toEqual({
      EventBusArn: arn,
      Description: 'Orders',
    })
    const buses = (input: Unchecked = {}): string[] =>
      aws.call('events', 'ListEventBuses', input).EventBuses.map(({ Name }: Unchecked) => Name)
    expect(buses()).toEqual(['default', 'orders'])
    expect(buses({ NamePrefix: 'o' })).toEqual(['orders'])
    for (const Name of ['orders', arn]) {
      expect(aws.call('events', 'DescribeEventBus', { Name })).toEqual({
        Name: 'orders',
        Arn: arn,
        Description: 'Orders',
        CreationTime: start / 1000,
        LastModifiedTime: start / 1000,
      })
    }
    expect(aws.call('events', 'DescribeEventBus')).toMatchObject({ Name: 'default' })
    aws.call('events', 'PutRule', { Name: 'paid', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' })
    expect(aws.call('events', 'ListRules', { EventBusName: 'orders' }).Rules).toMatchObject([{ Name: 'paid' }])
  })

  it.each([
    ['orders', 'ResourceAlreadyExistsException', 'Event bus orders already exists.'],
    ['default', 'ResourceAlreadyExistsException', 'Event bus default already exists.'],
    ['a b', 'ValidationException', undefined],
    ['aws.partner/x', 'ResourceNotFoundException', undefined],
  ])('called %s is refused with %s', (Name, code, message) => {
    const aws = localAws()
    aws.call('events', 'CreateEventBus', { Name: 'orders' })
    expect(() => aws.call('events', 'CreateEventBus', { Name })).toThrow(refused(code, message))
  })

  it('goes when it has no rules, and may be gone already', () => {
    const aws = localAws()
    aws.call('events', 'CreateEventBus', { Name: 'orders' })
    aws.call('events', 'PutRule', { Name: 'paid', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' })
    expect(() => aws.call('events', 'DeleteEventBus', { Name: 'orders' })).toThrow(refused('ValidationException'))
    aws.call('events', 'DeleteRule', { Name: 'paid', EventBusName: 'orders' })
    aws.call('events', 'DeleteEventBus', { Name: 'orders' })
    aws.call('events', 'DeleteEventBus', { Name: 'orders' })
    expect(() => aws.call('events', 'DescribeEventBus', { Name: 'orders' })).toThrow(
      refused('ResourceNotFoundException', 'Event bus orders does not exist.'),
    )
    expect(() => aws.call('events', 'DeleteEventBus', { Name: 'default' })).toThrow(
      refused('ValidationException', 'Cannot delete event bus default.'),
    )
  })
})
