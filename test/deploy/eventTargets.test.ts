import { describe, expect, it } from 'vitest'
import type { Step } from '../../src/engine/step.ts'
import { changeText } from '../../src/output/differencesText.ts'
import { planText } from '../../src/output/planText.ts'
import { clusterArn, roleArn, web } from './declared.ts'
import { stage } from './support.ts'

type Wire = Record<string, any>

const network = (...Subnets: string[]): Wire => ({
  awsvpcConfiguration: { Subnets, SecurityGroups: ['sg-1'], AssignPublicIp: 'DISABLED' },
})

/** A target as Terraform makes one. */
const made = {
  Id: 'web',
  Arn: clusterArn,
  RoleArn: roleArn,
  Input: '{"containerOverrides":[{"name":"web","command":["nightly"]}]}',
  RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 },
  DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:lost' },
  EcsParameters: {
    TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
    TaskCount: 3,
    LaunchType: 'FARGATE',
    PlatformVersion: '1.4.0',
    NetworkConfiguration: network('subnet-1', 'subnet-2'),
  },
}

/** The class of the README on a rule whose target Terraform has made. */
function onMade(declared: Wire = {}, live: Wire = made) {
  const Targets = [{ Id: 'web', Arn: clusterArn, RoleArn: roleArn, EcsParameters: {}, ...declared }]
  const staged = stage(web({ runTasks: [], eventTargets: [{ Rule: 'nightly', Targets }] }))
  staged.call('events', 'PutTargets', { Rule: 'nightly', Targets: [live] })
  return staged
}

const at = (revision: number, target: Wire = made): Wire => ({
  ...target,
  EcsParameters: {
    ...target['EcsParameters'],
    TaskDefinitionArn: `arn:aws:ecs:us-east-1:123456789012:task-definition/web:${revision}`,
  },
})

const stepOf = ({ plan }: { plan?: { stages: readonly { steps: readonly Step[] }[] } | undefined }): Step =>
  plan!.stages.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'putTargets')!

describe('a target that is there already', () => {
  it('gets the new revision, and keeps every member that is not declared', async () => {
    const { deploy, targets } = onMade()
    expect((await deploy('v2')).exitCode).toBe(0)
    expect(targets('nightly')).toEqual([at(2)])
  })

  it('keeps them in a rollback too', async () => {
    const { deploy, rollback, targets } = onMade()
    await deploy('v2')
    expect((await rollback()).exitCode).toBe(0)
    expect(targets('nightly')).toEqual([at(1)])
  })

  it('gets what is declared of it, inside its EcsParameters member by member, lists as a whole', async () => {
    const { deploy, targets } = onMade({
      RetryPolicy: { MaximumRetryAttempts: 0 },
      EcsParameters: { TaskCount: 1, NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-9'] } } },
    })
    expect((await deploy('v2')).exitCode).toBe(0)
    const { EcsParameters } = made
    expect(targets('nightly')).toEqual([
      at(2, {
        ...made,
        RetryPolicy: { MaximumRetryAttempts: 0 },
        EcsParameters: { ...EcsParameters, TaskCount: 1, NetworkConfiguration: network('subnet-9') },
      }),
    ])
  })

  it('keeps what a declared member that is undefined leaves open', async () => {
    const { deploy, targets } = onMade({ Input: undefined, EcsParameters: { TaskCount: undefined } })
    await deploy('v2')
    expect(targets('nightly')).toEqual([at(2)])
  })

  it.each([
    ['InputTransformer', 'Input', { InputTransformer: { InputTemplate: '{}' } }],
    ['InputPath', 'Input', { InputPath: '$.detail' }],
  ])(
    'loses what EventBridge takes only in place of what is declared: with %s the %s',
    async (member, other, declared) => {
      const { deploy, targets } = onMade(declared)
      expect((await deploy('v2')).exitCode).toBe(0)
      expect(Object.keys(targets('nightly')[0]!)).toContain(member)
      expect(Object.keys(targets('nightly')[0]!)).not.toContain(other)
    },
  )

  it('goes from a launch type to capacity providers', async () => {
    const CapacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT' }]
    const { deploy, targets } = onMade({ EcsParameters: { CapacityProviderStrategy } })
    await deploy('v2')
    const { LaunchType, ...parameters } = made.EcsParameters
    expect(targets('nightly')).toEqual([at(2, { ...made, EcsParameters: { ...parameters, CapacityProviderStrategy } })])
  })

  it('is replaced whole where its Id stood for something of another service', async () => {
    const queue = { Id: 'web', Arn: 'arn:aws:sqs:us-east-1:123456789012:jobs', Input: '{"job":1}' }
    const { deploy, targets } = onMade({}, queue)
    expect((await deploy('v2')).exitCode).toBe(0)
    const { Id, Arn, RoleArn } = made
    expect(targets('nightly')).toEqual([at(2, { Id, Arn, RoleArn, EcsParameters: { TaskCount: 1 } })])
  })
})

describe('a dry run', () => {
  it('says what changes of each target, and nothing of what stays', async () => {
    const { deploy, targets } = onMade({
      Input: '{"containerOverrides":[{"name":"web","environment":[{"name":"API_TOKEN","value":"correct-horse"}]}]}',
      EcsParameters: { NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-9', 'subnet-2'] } } },
    })
    const result = await deploy('v2', { dryRun: true })
    expect(stepOf(result).differences!.map(changeText)).toEqual([
      `~ Targets/web/Input: '${made.Input}' → '{"containerOverrides":[{"name":"web","environment":[{"name":"API_TOKEN","value":"•••"}]}]}'`,
      '~ Targets/web/EcsParameters/NetworkConfiguration/awsvpcConfiguration/Subnets: [subnet-1, subnet-2] → [subnet-2, subnet-9]',
    ])
    const text = planText(result.plan!, { color: false, columns: 200 })
    expect(text).toContain(`     ~ Targets/web/Input: '${made.Input}' → '{"containerOverrides"`)
    expect(text).not.toContain('correct-horse')
    expect(targets('nightly')).toEqual([made])
  })

  it('shows a target that is not there yet', async () => {
    const result = await stage(web({ runTasks: [] })).deploy('v2', { dryRun: true })
    expect(stepOf(result).differences!.map(changeText)).toEqual([
      expect.stringMatching(/^\+ Targets\/web: \{ Id: web, /),
    ])
  })
})

describe('--skip-unchanged', () => {
  it('leaves a target alone that has more than is declared', async () => {
    const { deploy, targets } = onMade()
    await deploy('v2')
    expect((await deploy('v2', { skipUnchanged: true })).writes).toEqual([])
    expect(targets('nightly')).toEqual([at(2)])
  })

  it('sets one that lacks what is declared', async () => {
    const { deploy, call, targets } = onMade({ Input: '{"a":1}' })
    await deploy('v2')
    call('events', 'PutTargets', { Rule: 'nightly', Targets: [at(2)] })
    const { writes } = await deploy('v2', { skipUnchanged: true })
    expect(writes.map(({ operation }) => operation)).toEqual(['PutTargets'])
    expect(targets('nightly')).toEqual([at(2, { ...made, Input: '{"a":1}' })])
  })
})
