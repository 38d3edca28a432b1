import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const [team, stage] = [
  { Key: 'team', Value: 'shop' },
  { Key: 'stage', Value: 'prod' },
]

function tagged(): { aws: TestAws; ResourceARN: string; tags: () => Unchecked[] } {
  const aws = localAws()
  const rule = { Name: 'nightly', ScheduleExpression: 'rate(1 day)', Tags: [team] }
  const { RuleArn: ResourceARN } = aws.call('events', 'PutRule', rule)
  return { aws, ResourceARN, tags: () => aws.call('events', 'ListTagsForResource', { ResourceARN }).Tags }
}

describe('the tags of a rule', () => {
  it('are those that PutRule made it with, and can be put on, changed and taken off', () => {
    const { aws, ResourceARN, tags } = tagged()
    expect(tags()).toEqual([team])
    const changed = { ...team, Value: 'platform' }
    expect(aws.call('events', 'TagResource', { ResourceARN, Tags: [stage, changed] })).toEqual({})
    expect(tags()).toEqual([stage, changed])
    expect(aws.call('events', 'UntagResource', { ResourceARN, TagKeys: ['team', 'nobody'] })).toEqual({})
    expect(tags()).toEqual([stage])
  })

  it('are gone with it', () => {
    const { aws, ResourceARN, tags } = tagged()
    aws.call('events', 'DeleteRule', { Name: 'nightly' })
    expect(tags).toThrow('Rule nightly does not exist on EventBus default.')
    aws.call('events', 'PutRule', { Name: 'nightly', ScheduleExpression: 'rate(1 day)' })
    expect(aws.call('events', 'ListTagsForResource', { ResourceARN }).Tags).toEqual([])
  })

  it('are none at first, also those of a bus, and of a rule on another bus', () => {
    const aws = localAws()
    const rules = [{ name: 'orders', eventBusName: 'shop' }]
    aws.handle({ method: 'POST', path: '/_local/provision', headers: {}, body: JSON.stringify({ rules }) })
    for (const resource of ['event-bus/default', 'event-bus/shop', 'rule/shop/orders']) {
      const ResourceARN = `arn:aws:events:us-east-1:123456789012:${resource}`
      expect(aws.call('events', 'ListTagsForResource', { ResourceARN })).toEqual({ Tags: [] })
      aws.call('events', 'TagResource', { ResourceARN, Tags: [team] })
      expect(aws.call('events', 'ListTagsForResource', { ResourceARN })).toEqual({ Tags: [team] })
    }
  })

  it.each([
    ['arn:aws:events:us-east-1:123456789012:rule/daily', 'ResourceNotFoundException'],
    ['arn:aws:events:us-east-1:123456789012:event-bus/shop', 'ResourceNotFoundException'],
    ['arn:aws:events:eu-west-1:123456789012:rule/nightly', 'ResourceNotFoundException'],
    ['arn:aws:events:us-east-1:999999999999:rule/nightly', 'ResourceNotFoundException'],
    ['nightly', 'ValidationException'],
  ])('are refused for %s with %s', (ResourceARN, code) => {
    const { aws } = tagged()
    for (const [operation, more] of [
      ['TagResource', { Tags: [stage] }],
      ['UntagResource', { TagKeys: ['team'] }],
      ['ListTagsForResource', {}],
    ] as const) {
      expect(() => aws.call('events', operation, { ResourceARN, ...more })).toThrow(expect.objectContaining({ code }))
    }
    expect(Object.values(aws.region.tags)).toEqual([[team]])
  })
})
