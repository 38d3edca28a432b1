import { expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { idsOf, settledGroup, terminate } from '../autoscaling/shopGroup.ts'
import { localAws } from '../support.ts'

test('DescribeInstanceStatus shows the instances that run, and all where that is asked for', () => {
  const aws = localAws()
  settledGroup(aws)
  const [one = '', two = ''] = idsOf(aws)
  terminate(aws, one)
  const statuses = (input: Unchecked = {}): Unchecked[] =>
    aws.call('ec2', 'DescribeInstanceStatus', input).InstanceStatuses
  expect(statuses()).toMatchObject([
    {
      InstanceId: two,
      InstanceState: { Code: 16, Name: 'running' },
      InstanceStatus: { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] },
      SystemStatus: { Status: 'ok' },
    },
  ])
  expect(statuses({ InstanceIds: [one], IncludeAllInstances: true })).toMatchObject([
    { InstanceId: one, InstanceState: { Name: 'shutting-down' }, InstanceStatus: { Status: 'not-applicable' } },
  ])
  const ok = [{ Name: 'instance-status.status', Values: ['ok'] }]
  expect(statuses({ IncludeAllInstances: true, Filters: ok })).toMatchObject([{ InstanceId: two }])
  expect(() => statuses({ InstanceIds: ['i-0123456789abcdef0'] })).toThrow(
    expect.objectContaining({ code: 'InvalidInstanceID.NotFound' }),
  )
  expect(() => statuses({ InstanceIds: [two], MaxResults: 5 })).toThrow(
    expect.objectContaining({ code: 'InvalidParameterCombination' }),
  )
})
