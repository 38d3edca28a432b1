import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { localAws, minutes } from '../../support.ts'
import type { TestAws } from '../../support.ts'

/** A task of two containers, the second of which has ended, so many minutes after its start. */
function withTask(enableExecuteCommand: boolean, after = 1): { aws: TestAws; task: string } {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  aws.call('ecs', 'RegisterTaskDefinition', {
    family: 'web',
    taskRoleArn: 'arn:aws:iam::123456789012:role/task',
    containerDefinitions: [
      { name: 'web', image: 'web:1', memory: 64 },
      { name: 'init', image: 'init:exit-0', memory: 64, essential: false },
    ],
  })
  const service = { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 1, enableExecuteCommand }
  aws.call('ecs', 'CreateService', service)
  aws.advance(after === 0 ? 2000 : minutes(after))
  return { aws, task: aws.call('ecs', 'ListTasks', { cluster: 'shop' }).taskArns[0] }
}

const execute = ({ aws, task }: { aws: TestAws; task: string }, more: Unchecked = {}): Unchecked =>
  aws.call('ecs', 'ExecuteCommand', {
    cluster: 'shop',
    task,
    container: 'web',
    command: '/bin/sh',
    interactive: true,
    ...more,
  })
const refused = (code: string, message?: string): object =>
  expect.objectContaining({
    code,
    status: 400,
    ...(message !== undefined && { message: expect.stringContaining(message) }),
  })

describe('ExecuteCommand', () => {
  it('answers a session in a container that runs', () => {
    const of = withTask(true)
    expect(execute(of)).toMatchObject({
      clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/shop',
      taskArn: of.task,
      containerName: 'web',
      interactive: true,
      session: {
        sessionId: expect.stringMatching(/^ecs-execute-command-[0-9a-f]{26}$/),
        streamUrl: expect.stringMatching(/^wss:/),
        tokenValue: expect.stringMatching(/.{64}/),
      },
    })
  })

  it.each<[string, Unchecked, string, string | undefined]>([
    [
      'without interaction',
      { interactive: false },
      'InvalidParameterException',
      'Interactive is the only mode supported',
    ],
    ['in a task that is not there', { task: 'x' }, 'InvalidParameterException', 'The referenced task was not found.'],
    ['in a cluster that is not there', { cluster: 'x' }, 'ClusterNotFoundException', undefined],
    ['in a container that is not there', { container: 'x' }, 'InvalidParameterException', undefined],
    [
      'in a container that has ended',
      { container: 'init' },
      'TargetNotConnectedException',
      'internal error. Try again later.',
    ],
    ['in no container of two', { container: undefined }, 'InvalidParameterException', undefined],
    ['of nothing', { command: '' }, 'InvalidParameterException', undefined],
  ])('%s is refused', (_what, more, code, message) => {
    expect(() => execute(withTask(true), more)).toThrow(refused(code, message))
  })

  it('is refused where it was not enabled, and where the task does not run', () => {
    expect(() => execute(withTask(false))).toThrow(
      refused('InvalidParameterException', 'execute command was not enabled when the task was run'),
    )
    expect(() => execute(withTask(true, 0))).toThrow(refused('TargetNotConnectedException'))
  })
})
