import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling'
import { expect, test } from 'vitest'
import { makeGround } from './cluster.ts'
import { useMoto } from './useMoto.ts'

const { moto, cluster, update } = useMoto({ running: 0 })

const of = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/my-cluster/edge-service',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const

/** What Application Auto Scaling has of the service: its range, the values of its policies, its schedules. */
async function scaling(): Promise<object> {
  const client = new ApplicationAutoScalingClient(moto().settings)
  const ecs = { ServiceNamespace: 'ecs' } as const
  const { ScalableTargets = [] } = await client.send(new DescribeScalableTargetsCommand(ecs))
  const { ScalingPolicies = [] } = await client.send(new DescribeScalingPoliciesCommand(ecs))
  const { ScheduledActions = [] } = await client.send(new DescribeScheduledActionsCommand(ecs))
  return {
    ranges: ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]),
    policies: Object.fromEntries(
      ScalingPolicies.map(({ PolicyName = '', TargetTrackingScalingPolicyConfiguration: one }) => [
        PolicyName,
        one?.TargetValue,
      ]),
    ),
    actions: Object.fromEntries(
      ScheduledActions.map(({ ScheduledActionName = '', Schedule }) => [ScheduledActionName, Schedule]),
    ),
  }
}

const withScaling = (stack: string, keys: object): string =>
  stack.replace(
    /( +)- edge-service:\n/,
    (line, indent: string) => `${line}${indent}    auto_scaling: ${JSON.stringify(keys)}\n`,
  )

const keys = {
  min: 1,
  max: 9,
  cpu: 60,
  requests_per_target: 1000,
  scheduled: [{ schedule: 'cron(0 7 * * ? *)', timezone: 'Europe/Berlin', min: 3 }],
}

test('a stack with auto scaling deploys, has no changes after that, changes member by member and goes again', async () => {
  const { stack } = await makeGround(moto())
  const file = withScaling(stack, keys)
  const first = await cluster.deploy(file)
  expect(first, JSON.stringify(first.problem)).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
  expect(await scaling()).toEqual({
    ranges: [[1, 9]],
    policies: { 'ecs-task-cpu': 60, 'ecs-task-requests-per-target': 1000 },
    actions: { 'ecs-task-1': 'cron(0 7 * * ? *)' },
  })
  await cluster.deploy(file)
  expect(await cluster.diff(file)).toEqual([])
  expect(await cluster.diff(await cluster.described())).toEqual([])

  const changed = withScaling(stack, { ...keys, max: 12, cpu: undefined, memory: 70, scheduled: [] })
  const { writes } = await cluster.deploy(changed)
  expect(writes.toSorted()).toEqual([
    'deleteScalingPolicy',
    'deleteScheduledAction',
    'putScalingPolicy',
    'registerScalableTarget',
  ])
  expect(await cluster.diff(changed)).toEqual([])

  const client = new ApplicationAutoScalingClient(moto().settings)
  const TargetTrackingScalingPolicyConfiguration = {
    TargetValue: 40,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  } as const
  const theirs = { PolicyName: 'theirs', PolicyType: 'TargetTrackingScaling' } as const
  await client.send(new PutScalingPolicyCommand({ ...of, ...theirs, TargetTrackingScalingPolicyConfiguration }))
  expect((await cluster.deploy(changed)).writes).toEqual([])
  expect(await scaling()).toMatchObject({ policies: { theirs: 40 } })

  expect((await cluster.destroy()).writes).toContain('deregisterScalableTarget')
  expect(await scaling()).toMatchObject({ ranges: [] })
})

test('an update suspends auto scaling, and resumes what was not suspended before', async () => {
  const { stack } = await makeGround(moto())
  await cluster.deploy(withScaling(stack, keys))
  const client = new ApplicationAutoScalingClient(moto().settings)
  const SuspendedState = { DynamicScalingInSuspended: true }
  await client.send(new RegisterScalableTargetCommand({ ...of, SuspendedState }))
  const { exitCode, problem, writes } = await update({
    cluster: 'my-cluster',
    service: 'edge-service',
    image: ['xxx.dkr.ecr.us-east-1.amazonaws.com/edge-service:v2'],
    suspendAutoScaling: true,
  })
  // moto rolls nothing out, so that the wait for it ends in a failure, and the way back is taken.
  expect([exitCode, problem?.code, writes.filter((one) => one === 'registerScalableTarget')]).toEqual([
    3,
    'TimedOut',
    ['registerScalableTarget', 'registerScalableTarget'],
  ])
  const { ScalableTargets } = await client.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }))
  expect(ScalableTargets).toMatchObject([
    {
      MinCapacity: 1,
      MaxCapacity: 9,
      SuspendedState: {
        DynamicScalingInSuspended: true,
        DynamicScalingOutSuspended: false,
        ScheduledScalingSuspended: false,
      },
    },
  ])
})
