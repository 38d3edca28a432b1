// A definition with a service and a rule, whose status is read from a local AWS.
import { openAws } from '../../../src/aws/aws.ts'
import type { Declared, Definition } from '../../../src/definition/definition.ts'
import { read } from '../../../src/definition/read.ts'
import { readStatus } from '../../../src/deploy/status/readStatus.ts'
import { callIn, jsonAnswer, transportInProcess } from '../../sdkInProcess.ts'
import { clusterArn } from '../declared.ts'
import { stage } from '../support.ts'

/** A service and a rule, without a one-off task. */
export function web(more: Partial<Declared> = {}): Declared {
  return {
    taskDefinition: {
      family: 'web',
      containerDefinitions: [
        { name: 'web', image: 'registry.example:5000/my_image:<image_tag>', memory: 512 },
        { name: 'proxy', image: 'proxy:1.2', memory: 128 },
      ],
    },
    updateServices: [{ cluster: 'my_cluster', service: 'web' }],
    eventTargets: [
      {
        Rule: 'nightly',
        Targets: [{ Id: 'web', Arn: clusterArn, RoleArn: 'arn:aws:iam::123456789012:role/a', EcsParameters: {} }],
      },
    ],
    ...more,
  }
}

/** A world for the definition, what a deploy does to it step by step, and its status as data. */
export function world(declared: Declared, refuse?: { operation: string; code: string }) {
  const staged = stage(declared)
  const { definition } = read(declared, 'WebTask')
  const requests: string[] = []
  const transport = transportInProcess((request) => {
    const { operation } = callIn(request)
    requests.push(operation)
    return operation === refuse?.operation
      ? jsonAnswer(400, { __type: refuse.code, message: 'no' })
      : staged.aws.handle(request)
  })
  const listener = { finished: () => {}, failed: () => {}, retried: () => {} }
  const aws = openAws({ transport, clock: staged.clock, listener })

  const register = (tag: string): string => {
    const text = JSON.stringify(definition.taskDefinition).replaceAll('<image_tag>', tag)
    return staged.call('ecs', 'RegisterTaskDefinition', JSON.parse(text)).taskDefinition.taskDefinitionArn
  }
  return {
    ...staged,
    definition,
    requests,
    register,
    update: (taskDefinition: string, more: object = {}) =>
      staged.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', taskDefinition, ...more }),
    point: (TaskDefinitionArn: string) =>
      staged.call('events', 'PutTargets', {
        Rule: 'nightly',
        Targets: [
          {
            Id: 'web',
            Arn: clusterArn,
            RoleArn: 'arn:aws:iam::123456789012:role/a',
            EcsParameters: { TaskDefinitionArn },
          },
        ],
      }),
    /** Lets so many seconds pass; ten minutes, in which every rollout ends, unless told. */
    pass: async (seconds = 600) => {
      await staged.clock.sleep(seconds * 1000)
      staged.aws.advance()
    },
    status: (definitions: readonly Definition[] = [definition]) => readStatus(aws, definitions),
  }
}
