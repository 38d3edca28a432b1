import { describe, expect, it } from 'vitest'
import type { Declared, ScheduleUpdate } from '../../src/definition/definition.ts'
import type { Step } from '../../src/engine/step.ts'
import { changeText } from '../../src/output/differencesText.ts'
import { planText } from '../../src/output/planText.ts'
import { statusText } from '../../src/output/look/statusText.ts'
import { readStatus } from '../../src/deploy/status/readStatus.ts'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { read } from '../../src/definition/read.ts'
import { clusterArn, roleArn, web } from './declared.ts'
import { type Meddle, fixturesOf, ofType, stage } from './support.ts'

type Wire = Record<string, any>

const revision = (number: number): string => `arn:aws:ecs:us-east-1:123456789012:task-definition/web:${number}`
const start = Date.UTC(2026, 0, 1) / 1000

/** A schedule as Terraform makes one, with every member that one can have. */
const made = {
  Name: 'nightly',
  GroupName: 'jobs',
  ScheduleExpression: 'cron(0 3 * * ? *)',
  ScheduleExpressionTimezone: 'Europe/Paris',
  StartDate: start - 86_400,
  EndDate: start + 365 * 86_400,
  Description: 'Cleans up',
  State: 'DISABLED',
  KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1',
  ActionAfterCompletion: 'NONE',
  FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
  Target: {
    Arn: clusterArn,
    RoleArn: roleArn,
    Input: '{"containerOverrides":[{"name":"web","command":["nightly"]}]}',
    RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 },
    DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:lost' },
    EcsParameters: {
      TaskDefinitionArn: revision(1),
      TaskCount: 3,
      LaunchType: 'FARGATE',
      PlatformVersion: '1.4.0',
      NetworkConfiguration: {
        awsvpcConfiguration: {
          Subnets: ['subnet-1', 'subnet-2'],
          SecurityGroups: ['sg-1'],
          AssignPublicIp: 'DISABLED',
        },
      },
      Tags: [{ team: 'shop' }],
    },
  },
}

const key = 'jobs/nightly'

/** The class of the README with a schedule that Terraform has made. */
function onMade(
  declared: Partial<ScheduleUpdate> = {},
  { live = made, more = {}, meddle }: { live?: Wire; more?: Partial<Declared>; meddle?: Meddle } = {},
) {
  const schedules = [{ Name: 'nightly', GroupName: 'jobs', ...declared }]
  const staged = stage(web({ runTasks: [], eventTargets: [], schedules, ...more }), { ...(meddle && { meddle }) })
  staged.call('scheduler', 'UpdateSchedule', live)
  return staged
}

/** What GetSchedule shows of it, but for its ARN and its dates. */
function shown({ schedule }: Pick<ReturnType<typeof stage>, 'schedule'>, of = key): Wire {
  const { Arn, CreationDate, LastModificationDate, ...members } = JSON.parse(JSON.stringify(schedule(of)))
  return members
}

const at = (number: number, { Target, ...members }: Wire = made): Wire => ({
  ...members,
  Target: { ...Target, EcsParameters: { ...Target.EcsParameters, TaskDefinitionArn: revision(number) } },
})

const stepOf = ({ plan }: { plan?: { stages: readonly { steps: readonly Step[] }[] } | undefined }): Step =>
  plan!.stages.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'updateSchedule')!

describe('a schedule', () => {
  it('starts the new revision after a deploy, and keeps every member that is not declared', async () => {
    const staged = onMade()
    const { exitCode, events } = await staged.deploy('v2')
    expect(exitCode).toBe(0)
    expect(shown(staged)).toEqual(at(2))
    expect(ofType(events, 'step.finished').map(({ kind }) => kind)).toContain('updateSchedule')
  })

  it('starts the revision before after a rollback, and keeps them too', async () => {
    const staged = onMade()
    await staged.deploy('v2')
    expect((await staged.rollback()).exitCode).toBe(0)
    expect(shown(staged)).toEqual(at(1))
  })

  it('gets what is declared of it, inside its EcsParameters member by member, lists as a whole', async () => {
    const staged = onMade({
      State: 'ENABLED',
      StartDate: new Date(start * 1000 + 60_000),
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        EcsParameters: { TaskCount: 1, NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-9'] } } },
      },
    })
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    const { EcsParameters } = made.Target
    const awsvpcConfiguration = {
      ...EcsParameters.NetworkConfiguration.awsvpcConfiguration,
      Subnets: ['subnet-9'],
    }
    expect(shown(staged)).toEqual(
      at(2, {
        ...made,
        State: 'ENABLED',
        StartDate: start + 60,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          ...made.Target,
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
          EcsParameters: { ...EcsParameters, TaskCount: 1, NetworkConfiguration: { awsvpcConfiguration } },
        },
      }),
    )
  })

  it('goes from a launch type to capacity providers', async () => {
    const CapacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT' }]
    const staged = onMade({ Target: { EcsParameters: { CapacityProviderStrategy } } })
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    const { LaunchType, ...parameters } = made.Target.EcsParameters
    expect(shown(staged)).toEqual(
      at(2, { ...made, Target: { ...made.Target, EcsParameters: { ...parameters, CapacityProviderStrategy } } }),
    )
  })

  it('is refused with every other one that is not there, before anything is written', async () => {
    const schedules = [{ Name: 'nightly' }, { Name: 'hourly', GroupName: 'jobs' }]
    const { services } = fixturesOf([web()])
    const staged = stage(web({ runTasks: [], eventTargets: [], schedules }), { made: { services: services! } })
    const result = await staged.deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, writes: [] })
    expect(result.problem!.problems).toEqual([
      'Task/schedules/0/Name: there is no schedule nightly in group default.',
      'Task/schedules/1/Name: there is no schedule hourly in group jobs.',
    ])
  })

  it('is refused where it starts no task', async () => {
    const queue = { ...made, Target: { Arn: 'arn:aws:sqs:us-east-1:123456789012:jobs', RoleArn: roleArn } }
    const result = await onMade({}, { live: queue }).deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, writes: [] })
    expect(result.problem!.problems).toEqual([
      'Task/schedules/0/Target: schedule nightly in group jobs starts no ECS task: it has no EcsParameters.',
    ])
  })

  it('is refused where two classes declare it', async () => {
    const schedules = [{ Name: 'nightly', GroupName: 'jobs' }]
    const one = { ...web({ runTasks: [], eventTargets: [], schedules }), name: 'One' }
    const result = await stage([one, { ...one, name: 'Other', updateServices: [] }] as Declared[]).deploy('v2')
    expect(result).toMatchObject({ exitCode: 2, writes: [] })
    expect(result.problem!.problems).toEqual([`${key}: is in schedules of more than one class.`])
  })
})

describe('after a failure', () => {
  it('the schedule is put back with all of its members', async () => {
    const staged = onMade(
      { State: 'ENABLED', Description: 'New', Target: { EcsParameters: { TaskCount: 1 } } },
      {
        more: { eventTargets: web().eventTargets },
        meddle: ({ operation, input }) =>
          operation === 'PutTargets' &&
          !input['Targets'].every((one: Wire) => one['EcsParameters'].TaskDefinitionArn === revision(1))
            ? { status: 400, body: { __type: 'ValidationException', message: 'No.' } }
            : undefined,
      },
    )
    const { exitCode, left } = await staged.deploy('v2')
    expect([exitCode, left]).toEqual([1, []])
    expect(shown(staged)).toEqual(made)
    expect(staged.active('web')).toEqual(['web:1'])
  })

  it('one that is gone by then is nothing that is left', async () => {
    const staged = onMade(
      {},
      {
        more: { eventTargets: web().eventTargets },
        meddle: ({ operation }) => {
          if (operation !== 'PutTargets') return undefined
          staged.call('scheduler', 'DeleteSchedule', { Name: 'nightly', GroupName: 'jobs' })
          return { status: 400, body: { __type: 'ValidationException', message: 'No.' } }
        },
      },
    )
    expect(await staged.deploy('v2')).toMatchObject({ exitCode: 1, left: [] })
  })
})

describe('what somebody else changes meanwhile', () => {
  /** Changes the schedule as another would, once, right before what is written of it by the deploy is decided on. */
  function changedBy(of: Wire, then: Meddle = () => undefined): Meddle {
    let isDone = false
    return (sent) => {
      if (sent.operation === 'UpdateService' && !isDone) {
        isDone = true
        of['now']()
      }
      return then(sent)
    }
  }

  it('stays, in a deploy', async () => {
    const of: Wire = {}
    const staged = onMade({ Target: { EcsParameters: { TaskCount: 1 } } }, { meddle: changedBy(of) })
    const theirs = { ...made, Description: 'Theirs', EndDate: undefined, Target: { ...made.Target, Input: '{}' } }
    of['now'] = () => staged.call('scheduler', 'UpdateSchedule', theirs)
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    const { EndDate, ...members } = theirs
    const EcsParameters = { ...made.Target.EcsParameters, TaskCount: 1 }
    expect(shown(staged)).toEqual(at(2, { ...members, Target: { ...theirs.Target, EcsParameters } }))
  })

  it('stays, when the deploy is undone', async () => {
    const of: Wire = {}
    const meddle = changedBy(of, ({ operation }) =>
      operation === 'PutTargets' ? { status: 400, body: { __type: 'ValidationException', message: 'No.' } } : undefined,
    )
    const staged = onMade({ State: 'ENABLED' }, { meddle, more: { eventTargets: web().eventTargets } })
    of['now'] = () => staged.call('scheduler', 'UpdateSchedule', { ...made, Description: 'Theirs' })
    expect((await staged.deploy('v2')).exitCode).toBe(1)
    expect(shown(staged)).toEqual({ ...made, Description: 'Theirs' })
  })

  it('at the same moment is read again and sent again', async () => {
    let refused = 0
    const meddle: Meddle = ({ operation }) =>
      operation === 'UpdateSchedule' && refused++ < 2
        ? { status: 409, body: { __type: 'ConflictException', Message: 'It is being updated.' } }
        : undefined
    const staged = onMade({}, { meddle })
    expect((await staged.deploy('v2')).exitCode).toBe(0)
    expect(refused).toBe(3)
    expect(shown(staged)).toEqual(at(2))
  })
})

describe('a StartDate that has passed', () => {
  it('is left out where EventBridge Scheduler takes none, and a person is told', async () => {
    const message = 'The StartDate you specify cannot be earlier than 5 minutes ago.'
    const staged = onMade(
      {},
      {
        meddle: ({ operation, input }) =>
          operation === 'UpdateSchedule' && input['StartDate'] !== undefined
            ? { status: 400, body: { __type: 'ValidationException', Message: message } }
            : undefined,
      },
    )
    const { exitCode, events } = await staged.deploy('v2')
    expect(exitCode).toBe(0)
    const { StartDate, ...others } = at(2)
    expect(shown(staged)).toEqual(others)
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
      'EventBridge Scheduler refuses a StartDate in the past: schedule nightly now has none.',
    ])
  })
})

describe('a one-time schedule that AWS deletes after its run', () => {
  it('may be gone by the time that it would be moved', async () => {
    const once = { ...made, ActionAfterCompletion: 'DELETE', ScheduleExpression: 'at(2026-01-01T00:00:30)' }
    const staged = onMade(
      {},
      {
        live: once,
        meddle: ({ operation }) => {
          if (operation === 'UpdateService')
            staged.call('scheduler', 'DeleteSchedule', { Name: 'nightly', GroupName: 'jobs' })
        },
      },
    )
    const { exitCode, events } = await staged.deploy('v2')
    expect(exitCode).toBe(0)
    expect(ofType(events, 'step.finished').find(({ kind }) => kind === 'updateSchedule')).toMatchObject({
      did: 'notNeeded',
      result: 'it no longer exists',
    })
  })
})

describe('a dry run', () => {
  it('says what changes of a schedule, and what it would start', async () => {
    const staged = onMade({
      State: 'ENABLED',
      EndDate: new Date(made.EndDate * 1000),
      Target: { EcsParameters: { TaskCount: 2 } },
    })
    const result = await staged.deploy('v2', { dryRun: true })
    expect(stepOf(result).differences!.map(changeText)).toEqual([
      '~ State: DISABLED → ENABLED',
      '~ Target/EcsParameters/TaskCount: 3 → 2',
    ])
    const text = planText(result.plan!, { color: false, columns: 250 })
    expect(text).toContain('Set the schedules')
    expect(text).toContain('   Update schedule nightly in group jobs')
    expect(text).toContain(
      '     starts: cron(0 3 * * ? *) Europe/Paris: 2 tasks in my_cluster on FARGATE; subnets subnet-1, subnet-2; security groups sg-1; role ecsEventsRole',
    )
    expect(text).toContain('     undo: Put schedule nightly back')
    expect(shown(staged)).toEqual(made)
  })

  it('shows no secret of its Input, neither before nor after', async () => {
    const input = (value: string): string =>
      JSON.stringify({ containerOverrides: [{ name: 'web', environment: [{ name: 'API_TOKEN', value }] }] })
    const live = { ...made, Target: { ...made.Target, Input: input('tell-nobody') } }
    const staged = onMade({ Target: { Input: input('correct-horse') } }, { live })
    const { plan, events } = await staged.deploy('v2', { dryRun: true })
    expect(JSON.stringify([plan, events])).toContain('API_TOKEN')
    expect(JSON.stringify([plan, events])).not.toMatch(/correct-horse|tell-nobody/)
  })

  it('says what each event target would start', async () => {
    const result = await stage(web({ runTasks: [] })).deploy('v2', { dryRun: true })
    expect(planText(result.plan!, { color: false, columns: 250 })).toContain(
      '     starts: 1 task in my_cluster on the default capacity of the cluster; no network of its own; role ecsEventsRole',
    )
  })
})

describe('--skip-unchanged', () => {
  it('leaves a schedule alone that is as it is wanted', async () => {
    const staged = onMade({ StartDate: new Date(made.StartDate * 1000), Target: { EcsParameters: { TaskCount: 3 } } })
    await staged.deploy('v2')
    expect((await staged.deploy('v2', { skipUnchanged: true })).writes).toEqual([])
  })

  it('updates one that lacks what is declared, were it only a date', async () => {
    const staged = onMade({ StartDate: new Date(made.StartDate * 1000) })
    await staged.deploy('v2')
    staged.call('scheduler', 'UpdateSchedule', { ...at(2), StartDate: made.StartDate - 60 })
    const { writes } = await staged.deploy('v2', { skipUnchanged: true })
    expect(writes.map(({ operation }) => operation)).toEqual(['UpdateSchedule'])
    expect(shown(staged)).toEqual(at(2))
  })
})

describe('a revision that a schedule starts', () => {
  it('is not pruned, whatever the group and though the schedule is DISABLED', async () => {
    const staged = stage(web({ runTasks: [], eventTargets: [], activeTaskCount: 1 }))
    staged.aws.provision({
      schedules: [{ name: 'nightly', groupName: 'jobs', cluster: 'my_cluster', taskDefinition: web().taskDefinition }],
    })
    staged.call('scheduler', 'UpdateSchedule', made)
    const { exitCode, events } = await staged.deploy('v2')
    expect(exitCode).toBe(0)
    expect(staged.active('web')).toEqual(['web:1', 'web:2'])
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
      "Schedule jobs/nightly starts web:1, but no class of this run declares it: deploys leave it there. Declare: schedules = [{ Name: 'nightly', GroupName: 'jobs' }]",
    ])
  })

  it('is told of once where a rule starts it in two clusters', async () => {
    const staged = stage(web({ runTasks: [{ cluster: 'jobs', count: 1 }], eventTargets: [], activeTaskCount: 1 }))
    staged.aws.provision({ rules: [{ name: 'theirs' }] })
    const RoleArn = 'arn:aws:iam::123456789012:role/ecsEventsRole'
    const to = (cluster: string) => ({
      Id: cluster,
      Arn: `arn:aws:ecs:us-east-1:123456789012:cluster/${cluster}`,
      RoleArn,
      EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1' },
    })
    staged.call('events', 'PutTargets', { Rule: 'theirs', Targets: [to('my_cluster'), to('jobs')] })
    const { plan } = await staged.deploy('v2', { dryRun: true })
    const told = plan!.warnings.filter((text) => text.includes('no class of this run declares it'))
    expect(told.map((text) => text.slice(0, text.indexOf(' starts')))).toEqual([
      'Target default/theirs/my_cluster',
      'Target default/theirs/jobs',
    ])
  })

  it('is pruned where the deploy moves the schedule', async () => {
    const staged = onMade({}, { more: { activeTaskCount: 1 } })
    const { events } = await staged.deploy('v2')
    expect(staged.active('web')).toEqual(['web:2'])
    expect(ofType(events, 'warning.raised')).toEqual([])
  })

  it('stays with every other where schedules may not be listed, and the permission is named', async () => {
    const staged = onMade(
      {},
      {
        more: { activeTaskCount: 1 },
        meddle: ({ operation }) =>
          operation === 'ListSchedules'
            ? {
                status: 403,
                body: {
                  __type: 'AccessDeniedException',
                  Message: 'User is not authorized to perform: scheduler:ListSchedules',
                },
              }
            : undefined,
      },
    )
    const { exitCode, events } = await staged.deploy('v2')
    expect(exitCode).toBe(0)
    expect(staged.active('web')).toEqual(['web:1', 'web:2'])
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
      'Old revisions of web stay ACTIVE, because what uses them could not be read: the permission scheduler:ListSchedules is missing.',
    ])
  })
})

describe('the status', () => {
  it('shows each schedule with its revision, its state and when it starts it', async () => {
    const staged = onMade()
    await staged.deploy('v2')
    const schedules = [{ Name: 'nightly', GroupName: 'jobs' }]
    const { definition } = read(web({ runTasks: [], eventTargets: [], schedules }), 'Web')
    const { clock } = staged
    const status = await readStatus(openAws({ transport: sdkTransport(staged.settings, { clock }), clock }), [
      definition,
    ])
    expect(status.definitions[0]!.schedules).toEqual([
      {
        schedule: key,
        revision: 'web:2',
        tags: ['v2'],
        state: 'DISABLED',
        expression: 'cron(0 3 * * ? *)',
        timezone: 'Europe/Paris',
      },
    ])
    const text = statusText(status, { color: false, columns: 120 })
    expect(text).toContain('Schedules\n  jobs/nightly: web:2 (v2), cron(0 3 * * ? *) Europe/Paris, DISABLED\n')
    expect(text).toContain('service my_cluster/web, task my_cluster/web (2), schedule jobs/nightly')
  })
})
