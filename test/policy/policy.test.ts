import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Method, calls } from '../../src/aws/aws.ts'
import { permissionOf } from '../../src/aws/permission.ts'
import type { Declared } from '../../src/definition/definition.ts'
import { read } from '../../src/definition/read.ts'
import { policyProblems } from '../../src/local/iam/policyProblems.ts'
import { type Policy, policyOf } from '../../src/deploy/policy/policy.ts'
import { statements } from '../../src/deploy/policy/statements.ts'
import { web } from '../deploy/declared.ts'
import { policyOfStory } from './lessened.ts'
import { printed } from './printed.ts'
import { stories } from './stories.ts'

const definitionOf = (declared: Declared, name = 'Web') => read(declared, name).definition
const statement = (policy: Policy, sid: string) => policy.Statement.find(({ Sid }) => Sid === sid)
const all = Object.values(stories).map(policyOfStory)

describe('the policy of a definition', () => {
  it('is this one for the definition of the README', () => {
    const policy = printed([definitionOf(web())])
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual([
      'Register',
      'Revisions',
      'EventRoles',
      'Services',
      'ServiceDeployments',
      'ServiceRevisions',
      'ReadServices',
      'ReadTasks',
      'Lists',
      'Clusters',
      'RunTasks',
      'StopTasks',
      'Targets',
      'ReadRules',
      'EventBuses',
      'ReadSchedules',
      'ListSchedules',
      'TargetHealth',
    ])
    expect(statement(policy, 'EventRoles')).toEqual({
      Sid: 'EventRoles',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: ['arn:aws:iam::123456789012:role/ecsEventsRole'],
      Condition: { StringEquals: { 'iam:PassedToService': ['events.amazonaws.com'] } },
    })
    expect(statement(policy, 'Services')?.Resource).toEqual([
      'arn:aws:ecs:us-east-1:123456789012:service/my_cluster/web',
    ])
  })

  it('of nothing but a task definition registers it', () => {
    const policy = printed([definitionOf(web({ updateServices: [], runTasks: [], eventTargets: [] }))])
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(['Register', 'Revisions', 'ReadSchedules', 'ListSchedules'])
  })

  it('names schedules, and their roles and clusters where these are declared', () => {
    const Target = {
      Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/jobs',
      RoleArn: 'arn:aws:iam::123456789012:role/cron',
    }
    const schedules = [{ Name: 'nightly', GroupName: 'jobs', Target }]
    const policy = printed([definitionOf(web({ schedules }))])
    expect(statement(policy, 'Schedules')?.Resource).toEqual([
      'arn:aws:scheduler:us-east-1:123456789012:schedule/jobs/nightly',
    ])
    expect(statement(policy, 'ScheduleRoles')).toMatchObject({
      Resource: ['arn:aws:iam::123456789012:role/cron'],
      Condition: { StringEquals: { 'iam:PassedToService': ['scheduler.amazonaws.com'] } },
    })
    expect(statement(policy, 'Clusters')?.Resource).toContain('arn:aws:ecs:us-east-1:123456789012:cluster/jobs')
    const bare = printed([definitionOf(web({ schedules: [{ Name: 'nightly' }] }))])
    expect(statement(bare, 'ScheduleRoles')?.Resource).toEqual(['arn:aws:iam::123456789012:role/*'])
  })

  it('is refused where a name of the definition would be a pattern', () => {
    const { taskDefinition } = web()
    const wild = 'arn:aws:iam::123456789012:role/*'
    const declared = {
      ...web(),
      taskDefinition: { ...taskDefinition, taskRoleArn: wild, executionRoleArn: 'x${aws:username}' },
    }
    expect(() => printed([definitionOf(declared as Declared)])).toThrow(
      expect.objectContaining({
        code: 'BadDefinition',
        problems: [`${wild}: would be a pattern in a policy`, 'x${aws:username}: would be a pattern in a policy'],
      }),
    )
  })

  it('has the partition, the region and the account of the place', () => {
    const policy = policyOf([definitionOf(web())], { partition: 'aws-cn', account: '1', region: 'cn-north-1' })
    expect(statement(policy, 'Targets')?.Resource).toEqual(['arn:aws-cn:events:cn-north-1:1:rule/nightly'])
  })

  it('leaves open what the image tag decides', () => {
    const options = {
      'awslogs-group': '/ecs/<image_tag>',
      'awslogs-region': 'us-east-1',
      'awslogs-stream-prefix': 'web',
    }
    const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/{image_tag}/web:<image_tag>'
    const policy = printed([
      definitionOf(
        web({
          taskDefinition: {
            family: 'web',
            containerDefinitions: [
              { name: 'web', image, memory: 64, logConfiguration: { logDriver: 'awslogs', options } },
            ],
          },
        }),
      ),
    ])
    expect(statement(policy, 'Images')?.Resource).toEqual(['arn:aws:ecr:us-east-1:123456789012:repository/*/web'])
    expect(statement(policy, 'Logs')?.Resource).toEqual([
      'arn:aws:logs:us-east-1:123456789012:log-group:/ecs/*:log-stream:web/web/*',
    ])
  })

  it('grants nothing for registries and logs of other regions, which are not read', () => {
    const options = { 'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' }
    const container = {
      name: 'web',
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v1',
      memory: 64,
      logConfiguration: { logDriver: 'awslogs', options },
    } as const
    const policy = printed([
      definitionOf(web({ taskDefinition: { family: 'web', containerDefinitions: [container] } })),
    ])
    expect([statement(policy, 'Images'), statement(policy, 'Logs')]).toEqual([undefined, undefined])
  })

  it('is the same for the same definitions in any order', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
    const shuffled = names.chain((list) =>
      fc.record({ list: fc.constant(list), other: fc.shuffledSubarray(list, { minLength: list.length }) }),
    )
    const of = (list: readonly string[]): Policy =>
      printed(
        list.map((name) =>
          definitionOf(
            web({ taskDefinition: { ...web().taskDefinition, family: name }, updateServices: [{ service: name }] }),
            name,
          ),
        ),
      )
    fc.assert(
      fc.property(shuffled, ({ list, other }) => {
        expect(of(other)).toEqual(of(list))
      }),
      { numRuns: 20 },
    )
  })
})

describe('every printed policy', () => {
  it('is one that IAM takes', () => {
    expect(all.flatMap((policy) => policyProblems(JSON.stringify(policy)))).toEqual([])
  })

  it('has * only for actions that AWS gives no resource, or with a condition', () => {
    const open = all.flatMap(({ Statement }) =>
      Statement.filter(({ Resource, Condition }) => Resource.includes('*') && !Condition).flatMap(
        ({ Action }) => Action,
      ),
    )
    expect([...new Set(open)].toSorted()).toEqual([
      'ecs:DeregisterTaskDefinition',
      'ecs:DescribeTaskDefinition',
      'ecs:ListTaskDefinitions',
      'elasticloadbalancing:DescribeTargetHealth',
      'events:ListEventBuses',
      'events:ListRuleNamesByTarget',
      'scheduler:ListSchedules',
    ])
  })

  it('passes roles to one service each', () => {
    const passing = all.flatMap(({ Statement }) => Statement.filter(({ Action }) => Action.includes('iam:PassRole')))
    const services = passing.map(({ Condition }) => Condition?.['StringEquals']?.['iam:PassedToService'])
    expect(new Set(services.map(String))).toEqual(
      new Set(['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com', 'events.amazonaws.com', 'scheduler.amazonaws.com']),
    )
  })
})

describe('the calls that commands of a class make', () => {
  /**
   * Where they are made: all that a class's commands are planned, performed and followed with, without those that only look or
   * verify, and without the auto scaling that `service update` alone suspends.
   */
  const rooms = ['deploy', 'rollout', 'engine', 'notify.ts']
  const sources = rooms.flatMap((room) => {
    const place = new URL(`../../src/${room}`, import.meta.url)
    if (room.endsWith('.ts')) return [readFileSync(place, 'utf8')]
    const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !/^(look|scaling|verify|policy)\/|\/setSuspendedState\.ts$/.test(file),
    )
    return files.map((file) => readFileSync(new URL(`${place.href}/${file}`), 'utf8'))
  })
  const made = (Object.keys(calls) as Method[]).filter((method) =>
    sources.some((source) => source.includes(`'${method}'`)),
  )

  it('are what the statements grant, with the roles to pass and the tags to set', () => {
    const granted = new Set(all.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)))
    const beside = ['iam:PassRole', 'ecs:TagResource']
    expect([...granted].toSorted()).toEqual([...made.map(permissionOf), ...beside].toSorted())
  })

  it('need every statement that there is', () => {
    const sids = new Set(all.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid)))
    expect([...sids].toSorted()).toEqual(Object.keys(statements).toSorted())
  })
})
