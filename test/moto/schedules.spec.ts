import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  type CreateScheduleInput,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler'
import { PutRuleCommand } from '@aws-sdk/client-eventbridge'
import { describe, expect, test } from 'vitest'
import { declared, revision, services, target } from './declared.ts'
import { stateOf } from './moto.ts'
import { useMoto } from './useMoto.ts'

const { moto, deploy, rollback } = useMoto()

const name = { Name: 'nightly', GroupName: 'jobs' }

/** A schedule as others have made it, with every member that moto keeps. */
const made: CreateScheduleInput = {
  ...name,
  ScheduleExpression: 'cron(0 3 * * ? *)',
  ScheduleExpressionTimezone: 'Europe/Paris',
  StartDate: new Date(Date.UTC(2040, 0, 1)),
  EndDate: new Date(Date.UTC(2041, 0, 1)),
  Description: 'Cleans up',
  State: 'DISABLED',
  ActionAfterCompletion: 'DELETE',
  FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
  Target: {
    Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
    RoleArn: 'arn:aws:iam::123456789012:role/scheduler',
    Input: '{}',
    RetryPolicy: { MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 2 },
    EcsParameters: { TaskDefinitionArn: revision(1), TaskCount: 2, Group: 'by-hand' },
  },
}

async function makeSchedule(): Promise<SchedulerClient> {
  const client = new SchedulerClient(moto().settings)
  await client.send(new CreateScheduleGroupCommand({ Name: name.GroupName }))
  await client.send(new CreateScheduleCommand(made))
  return client
}

async function scheduleIn(client: SchedulerClient): Promise<object> {
  const { $metadata, Arn, CreationDate, LastModificationDate, ...members } = await client.send(
    new GetScheduleCommand(name),
  )
  return members
}

const at = (number: number, more: object = {}, parameters: object = {}): object => {
  const EcsParameters = { ...made.Target!.EcsParameters, TaskDefinitionArn: revision(number), ...parameters }
  return { ...made, ...more, Target: { ...made.Target, EcsParameters } }
}

describe('a schedule', () => {
  test('is pointed at the new revision, and keeps every member that is not declared; a rollback leads it back', async () => {
    const client = await makeSchedule()
    const schedules = [{ ...name, Target: { EcsParameters: { TaskCount: 1 } } }]
    const { exitCode, problem } = await deploy(declared({ schedules }), 'v1')
    expect(exitCode, JSON.stringify(problem)).toBe(0)
    expect(await scheduleIn(client)).toEqual(at(2, {}, { TaskCount: 1 }))
    expect(await rollback(declared({ schedules }), { to: '1' })).toMatchObject({ exitCode: 0 })
    expect(await scheduleIn(client)).toEqual(at(1, {}, { TaskCount: 1 }))
  })

  test('is put back with all of its members where the deploy fails', async () => {
    const client = await makeSchedule()
    await moto().events.send(new PutRuleCommand({ Name: 'daily', ScheduleExpression: 'rate(1 day)' }))
    const state = await stateOf(moto(), services)
    // moto, as AWS, refuses a target whose Arn is none.
    const eventTargets = [{ Rule: 'daily', Targets: [{ ...target('b'), Arn: 'my_cluster' }] }]
    const schedules = [{ ...name, State: 'ENABLED' as const, Description: 'Declared' }]
    expect(await deploy(declared({ eventTargets, schedules }), 'v1')).toMatchObject({ exitCode: 1, left: [] })
    expect(await scheduleIn(client)).toEqual(made)
    expect(await stateOf(moto(), services)).toEqual(state)
  })

  test('that does not exist is refused with exit code 2, before anything is written', async () => {
    const { exitCode, problem, writes } = await deploy(declared({ schedules: [{ Name: 'nope' }] }), 'v1')
    expect({ exitCode, code: problem?.code, writes }).toEqual({ exitCode: 2, code: 'NotFound', writes: [] })
  })

  test('keeps its revision from being pruned, though no class declares it', async () => {
    await makeSchedule()
    const { exitCode, events } = await deploy(declared({ activeTaskCount: 1 }), 'v1')
    expect(exitCode).toBe(0)
    expect((await stateOf(moto(), services)).active).toEqual(['web:1', 'web:2'])
    const warnings = events.flatMap((event) => (event.type === 'warning.raised' ? [event.text] : []))
    expect(warnings).toContainEqual(
      expect.stringContaining("Declare: schedules = [{ Name: 'nightly', GroupName: 'jobs' }]"),
    )
  })
})
