import type { Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { type Transport, openAws } from '../../src/aws/aws.ts'
import { unhealthyTargetsOf } from '../../src/rollout/targetHealth.ts'
import { handClock } from '../handClock.ts'

const arn = (name: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/73e2d6bc24d8a067`

const blueGreen: Service = {
  loadBalancers: [
    { targetGroupArn: arn('blue'), advancedConfiguration: { alternateTargetGroupArn: arn('green') } },
    { targetGroupArn: arn('blue'), containerName: 'admin' },
    { loadBalancerName: 'classic' },
  ],
}

/** AWS, where DescribeTargetHealth answers this for each group; an Error is thrown. */
function answering(groups: Readonly<Record<string, object | Error>>) {
  const asked: string[] = []
  const transport: Transport = async (_method, input) => {
    const { TargetGroupArn = '' } = input as { TargetGroupArn?: string }
    asked.push(TargetGroupArn)
    const answer = groups[TargetGroupArn]
    if (answer instanceof Error) throw answer
    return { $metadata: {}, ...answer } as never
  }
  const listener = { finished() {}, failed() {}, retried() {} }
  return { aws: openAws({ transport, clock: handClock(0), listener }), asked }
}

const target = (Id: string, State: string, more: object = {}): object => ({
  Target: { Id, Port: 8080 },
  TargetHealth: { State, ...more },
})

describe('the health of targets', () => {
  it('is asked once for each target group, those of a blue/green deployment both', async () => {
    const { aws, asked } = answering({})
    expect(await unhealthyTargetsOf(aws, blueGreen)).toEqual({ targets: [], unread: [] })
    expect(asked).toEqual([arn('blue'), arn('green')])
  })

  it('is shown for targets that are not healthy, also for those that come and go, in AWS’s words', async () => {
    const why = { Reason: 'Target.Timeout', Description: 'Request timed out' }
    const { aws } = answering({
      [arn('blue')]: {
        TargetHealthDescriptions: [
          target('10.0.0.1', 'healthy'),
          target('10.0.0.2', 'unhealthy', why),
          target('10.0.0.3', 'draining'),
          target('10.0.0.4', 'initial'),
        ],
      },
      [arn('green')]: { TargetHealthDescriptions: [{ Target: { Id: 'arn:aws:lambda:x' }, TargetHealth: {} }] },
    })
    const { targets } = await unhealthyTargetsOf(aws, blueGreen)
    expect(targets).toEqual([
      {
        targetGroupArn: arn('blue'),
        target: '10.0.0.2:8080',
        state: 'unhealthy',
        reason: 'Target.Timeout',
        description: 'Request timed out',
      },
      { targetGroupArn: arn('blue'), target: '10.0.0.3:8080', state: 'draining' },
      { targetGroupArn: arn('blue'), target: '10.0.0.4:8080', state: 'initial' },
      { targetGroupArn: arn('green'), target: 'arn:aws:lambda:x', state: 'unknown' },
    ])
  })

  it('is left out, with the reason, for a group that cannot be read, and shown for the other', async () => {
    const denied = Object.assign(
      new Error('User: arn:aws:iam::1:user/ci is not authorized to perform: elasticloadbalancing:DescribeTargetHealth'),
      { name: 'AccessDenied', $fault: 'client' },
    )
    const gone = Object.assign(new Error('One or more target groups not found'), {
      name: 'TargetGroupNotFoundException',
    })
    const { aws } = answering({ [arn('blue')]: denied, [arn('green')]: gone })
    expect(await unhealthyTargetsOf(aws, blueGreen)).toEqual({
      targets: [],
      unread: [
        'the target health of blue could not be read: the permission elasticloadbalancing:DescribeTargetHealth is missing',
        'the target health of green could not be read: TargetGroupNotFoundException: One or more target groups not found',
      ],
    })
  })

  it('is not read without a load balancer', async () => {
    const { aws, asked } = answering({})
    expect(await unhealthyTargetsOf(aws, {})).toEqual({ targets: [], unread: [] })
    expect(asked).toEqual([])
  })
})
