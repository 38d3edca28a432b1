import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import type { Declared, Definition } from '../../src/definition/definition.ts'
import { read } from '../../src/definition/read.ts'
import { readStatus } from '../../src/deploy/status/readStatus.ts'
import { stage } from './support.ts'

export const clusterArn = 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster'

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
        Targets: [{ Id: 'web', Arn: clusterArn, RoleArn: 'arn:aws:iam::1:role/a', EcsParameters: {} }],
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
  const transport = sdkTransport({
    region: 'us-east-1',
    endpoint: 'http://local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      async handle({ method, path, headers, body }: any) {
        const lower = Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        )
        requests.push(lower['x-amz-target']!.split('.')[1]!)
        if (requests.at(-1) === refuse?.operation) return { response: refusal(refuse?.code) }
        const answer = staged.aws.handle({ method, path, headers: lower, body: new TextDecoder().decode(body) })
        return { response: { statusCode: answer.status, headers: answer.headers, body: Buffer.from(answer.body) } }
      },
    },
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
          { Id: 'web', Arn: clusterArn, RoleArn: 'arn:aws:iam::1:role/a', EcsParameters: { TaskDefinitionArn } },
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

function refusal(code: string | undefined): object {
  return { statusCode: 400, headers: {}, body: Buffer.from(JSON.stringify({ __type: code, message: 'no' })) }
}
