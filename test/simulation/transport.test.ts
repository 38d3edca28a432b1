import { describe, expect, test } from 'vitest'
import type { Input, Method } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { idsOf } from '../../src/local/world/ids.ts'
import { connectionReset, transportInProcess } from '../sdkInProcess.ts'
import { regionOf } from './make.ts'
import { aborted, ask, connectionLost, noAnswerInTime, received } from './transport.ts'
import { settledService } from '../../src/local/provisioning/settledService.ts'

const topic = 'arn:aws:sns:us-east-1:123456789012:deploys'
const clusterArn = 'arn:aws:ecs:us-east-1:123456789012:cluster/shop'
const RoleArn = 'arn:aws:iam::123456789012:role/r'

/** One call of each kind that a deploy makes, and each kind of refusal. */
const sample: readonly [Method, object][] = [
  ['describeServices', { cluster: 'shop', services: ['web', 'missing'] }],
  ['describeServices', { cluster: 'nowhere', services: ['web'] }],
  ['describeClusters', { clusters: ['shop'] }],
  ['listServices', { cluster: 'shop', maxResults: 100 }],
  [
    'registerTaskDefinition',
    {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'web:2', memory: 64 }],
      tags: [{ key: 'a', value: 'b' }],
    },
  ],
  ['registerTaskDefinition', { family: 'web' }],
  ['listTaskDefinitions', { familyPrefix: 'web', status: 'ACTIVE', sort: 'DESC' }],
  ['describeTaskDefinition', { taskDefinition: 'web:2', include: ['TAGS'] }],
  ['runTask', { cluster: 'shop', taskDefinition: 'web:2', clientToken: 'token' }],
  ['listTasks', { cluster: 'shop', family: 'web' }],
  ['updateService', { cluster: 'shop', service: 'web', taskDefinition: 'web:2' }],
  ['updateService', { cluster: 'shop', service: 'missing', taskDefinition: 'web:2' }],
  ['listServiceDeployments', { cluster: 'shop', service: 'web', createdAt: { after: new Date(Date.UTC(2025, 0, 1)) } }],
  [
    'putTargets',
    {
      Rule: 'nightly',
      Targets: [{ Id: 'a', Arn: clusterArn, RoleArn, EcsParameters: { TaskDefinitionArn: 'web:2' } }],
    },
  ],
  [
    'putTargets',
    {
      Rule: 'missing',
      Targets: [{ Id: 'a', Arn: clusterArn, RoleArn, EcsParameters: { TaskDefinitionArn: 'web:2' } }],
    },
  ],
  ['listTargetsByRule', { Rule: 'nightly', Limit: 100 }],
  ['listRuleNamesByTarget', { TargetArn: clusterArn }],
  ['removeTargets', { Rule: 'nightly', Ids: ['a', 'b'] }],
  ['deregisterTaskDefinition', { taskDefinition: 'web:1' }],
  ['deregisterTaskDefinition', { taskDefinition: 'web:99' }],
  ['publish', { TopicArn: topic, Message: 'done' }],
  ['publish', { TopicArn: `${topic}-missing`, Message: 'done' }],
]

describe('the simulated transport', () => {
  test('answers and refuses every call as the SDK does', async () => {
    const [throughSdk, direct] = [sdkOn(newLocalAws()), newLocalAws()]
    for (const [method, input] of sample) {
      const wanted = await came(() => throughSdk(method, input as Input<Method>, undefined))
      const ours = await came(async () => received(method, ask(direct, method, input)))
      expect(ours, `${method} ${JSON.stringify(input)}`).toEqual(wanted)
    }
  })

  test('loses a connection, times out and aborts as the SDK does', async () => {
    const failing = (error: Error) => sdkOn(newLocalAws(), error)
    const input = { clusters: ['shop'] }
    const cut = await came(() => failing(connectionReset())('describeClusters', input, undefined))
    expect(await came(async () => Promise.reject(connectionLost()))).toEqual(cut)
    const late = Object.assign(new Error('Request timed out'), { name: 'TimeoutError' })
    const timedOut = await came(() => failing(late)('describeClusters', input, undefined))
    expect(await came(async () => Promise.reject(noAnswerInTime()))).toEqual(timedOut)

    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    const closed = sdkTransport({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', credentials })
    const signal = AbortSignal.abort(new Error('Interrupted'))
    const gaveUp = await came(() => closed('describeClusters', input, signal))
    expect(await came(async () => Promise.reject(aborted(signal)))).toEqual(gaveUp)
  })
})

function newLocalAws() {
  const aws = createLocalAws({ now: () => Date.UTC(2026, 0, 1), throttle: false })
  aws.provision({ clusters: ['shop'], rules: [{ name: 'nightly' }], topics: [topic] })
  ask(aws, 'registerTaskDefinition', {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64 }],
  })
  const { global, now } = aws.world
  const context = { region: regionOf(aws), global, now, ids: idsOf(aws.world) }
  const { taskDefinition } = regionOf(aws).taskDefinitions['web']![0]!
  settledService(context, { cluster: 'shop', service: 'web', taskDefinition, desiredCount: 2 })
  return aws
}

/** The SDK's way to a local AWS without a socket. */
function sdkOn(aws: ReturnType<typeof newLocalAws>, failure?: Error) {
  return transportInProcess((request) => {
    if (failure) throw failure
    return aws.handle(request)
  })
}

/** What came of a call as far as the engine looks: the output, or the error's own members. */
async function came(call: () => Promise<unknown>): Promise<unknown> {
  try {
    const { $metadata, ...output } = (await call()) as { $metadata: { httpStatusCode?: number } }
    return { output, status: $metadata.httpStatusCode }
  } catch (error) {
    const { name, message, code, $fault, $metadata, cause } = error as any
    return { name, message, code, $fault, status: $metadata?.httpStatusCode, cause }
  }
}
