import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { numberBounds, numberKinds } from '../../../src/local/wire/numbers.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../src/local/wire/server.ts'
import { inputs, shapes } from '../../../src/local/wire/shapes.ts'
import { validate } from '../../../src/local/wire/validate.ts'
import { AwsFault } from '../../../src/local/world/fault.ts'
import { start } from '../support.ts'

const facts = { ...numberKinds }
for (const [service, bounds] of Object.entries(numberBounds))
  facts[service] = { ...facts[service], ...(bounds as object) }

test.each(Object.entries(facts).flatMap(([service, known]) => Object.keys(known).map((member) => [service, member])))(
  '%s has a number %s',
  (service, member) => {
    const [structure = '', name = ''] = member.split('.')
    expect(shapes[service]![structure]![name]).toMatch(/^number!?$/)
  },
)

/** Every operation with a number among its own members: `ecs createService desiredCount CreateServiceRequest`. */
const numbers = Object.entries(inputs).flatMap(([service, operations]) =>
  Object.entries(operations).flatMap(([operation, structure]) =>
    Object.entries(shapes[service]![structure] ?? {})
      .filter(([, type]) => type.startsWith('number'))
      .map(([member]) => [service, operation, member, `${structure}.${member}`] as const),
  ),
)

/** How the local AWS refuses a number for a member; undefined where it does not for the number's sake. */
function refusalOf(service: string, operation: string, input: object): AwsFault | undefined {
  try {
    validate(service, operation, input)
    return undefined
  } catch (error) {
    if (error instanceof AwsFault) return error
    throw error
  }
}

test.each(numbers)(
  '%s %s takes no half, no infinity and nothing beyond 64 bits for %s',
  (service, operation, member, key) => {
    const kind = numberKinds[service]?.[key]
    for (const value of [0.5, 1e300, -1e300, Infinity, 2_147_483_648]) {
      const isOfKind = kind === 'double' ? Number.isFinite(value) : kind === 'long' && value === 2_147_483_648
      const refusal = refusalOf(service, operation, { [member]: value })
      if (isOfKind) continue
      expect(refusal, String(value)).toMatchObject({ code: 'SerializationException' })
      expect(refusal!.message).toContain(`${member}: ${value} can not be converted to a`)
    }
  },
)

let server: LocalServer
beforeAll(async () => {
  const local = createLocalAws({ now: () => start, throttle: false })
  local.provision({ services: [{ cluster: 'shop', service: 'web', taskDefinition: ofFamily('web', {}) }] })
  server = await startServer(local, { port: 0 })
})
afterAll(() => server.close())

const ofFamily = (family: string, container: object) => ({
  family,
  containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64, ...container }],
})

async function ecs(operation: string, body: string): Promise<{ status: number; code: string; message: string }> {
  const headers = { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}` }
  const answer = await fetch(server.url, { method: 'POST', headers, body })
  const { __type: code, message } = (await answer.json()) as { __type: string; message: string }
  return { status: answer.status, code, message }
}

const update = (members: object) => ['UpdateService', { cluster: 'shop', service: 'web', ...members }] as const
const register = (container: object) => ['RegisterTaskDefinition', ofFamily('other', container)] as const
const run = (members: object) => ['RunTask', { cluster: 'shop', taskDefinition: 'web', ...members }] as const
const create = (members: object) =>
  ['CreateService', { cluster: 'shop', serviceName: 'new', taskDefinition: 'web', ...members }] as const

describe('over the wire', () => {
  test.each([
    update({ desiredCount: 2_147_483_647 }),
    update({ desiredCount: 5001 }),
    update({ desiredCount: -1 }),
    create({ desiredCount: 5001 }),
    create({ desiredCount: 1, healthCheckGracePeriodSeconds: -1 }),
    create({ desiredCount: 1, deploymentConfiguration: { minimumHealthyPercent: -1 } }),
    create({ desiredCount: 1, deploymentConfiguration: { minimumHealthyPercent: 101 } }),
    create({ desiredCount: 1, deploymentConfiguration: { maximumPercent: -1, minimumHealthyPercent: -1 } }),
    create({ desiredCount: 1, capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1001 }] }),
    register({ cpu: -1 }),
    register({ memory: -64 }),
    register({ memoryReservation: -1 }),
    register({ stopTimeout: -1 }),
    register({ portMappings: [{ containerPort: 65_536 }] }),
    register({ portMappings: [{ containerPort: 80, hostPort: -1 }] }),
    register({ healthCheck: { command: ['CMD'], interval: 4 } }),
    register({ healthCheck: { command: ['CMD'], retries: 0 } }),
    run({ count: 11 }),
    run({ count: -1 }),
    run({ overrides: { cpu: '-1' } }),
    run({ overrides: { cpu: 'much' } }),
    run({ overrides: { memory: '9'.repeat(400) } }),
    run({ overrides: { containerOverrides: [{ name: 'web', cpu: -1 }] } }),
    ['ListServices', { cluster: 'shop', maxResults: 101 }],
    ['ListServices', { cluster: 'shop', maxResults: 0 }],
  ] as (readonly [string, object])[])('%s refuses %j', async (operation, input) => {
    expect(await ecs(operation, JSON.stringify(input))).toMatchObject({
      status: 400,
      code: 'InvalidParameterException',
    })
  })

  test('a task definition has no size beyond 32 bits', async () => {
    const input = { ...ofFamily('other', {}), cpu: '9'.repeat(400) }
    expect(await ecs('RegisterTaskDefinition', JSON.stringify(input))).toMatchObject({
      status: 400,
      code: 'ClientException',
    })
  })

  test.each([
    ['UpdateService', '{"service":"web","desiredCount":0.5}'],
    ['UpdateService', '{"service":"web","desiredCount":1e300}'],
    ['RunTask', '{"taskDefinition":"web","count":1.5}'],
    ['CreateService', '{"serviceName":"x","deploymentConfiguration":{"maximumPercent":1e400}}'],
    ['ListClusters', `{"x":${'['.repeat(2000)}${']'.repeat(2000)}}`],
    [
      'CreateService',
      `{"deploymentConfiguration":{"lifecycleHooks":[{"hookDetails":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}]}}`,
    ],
  ])('%s cannot read %s', async (operation, body) => {
    expect(await ecs(operation, body)).toMatchObject({ status: 400, code: 'SerializationException' })
  })
})

const provisioned: [string, object][] = [
  ['provision', { region: { a: 1 }, clusters: ['x'] }],
  ['provision', { region: '../x' }],
  ['provision', { containerInstances: [{ ec2InstanceId: 'i-1', cpu: 1e300 }] }],
  ['provision', { containerInstances: [{ ec2InstanceId: 'i-1', memory: -1 }] }],
  ['provision', { containerInstances: [{ ec2InstanceId: 'i-1', cluster: 5 }] }],
  ['provision', { containerInstances: [{ ec2InstanceId: 'i-1', attributes: 5 }] }],
  ['provision', { services: [{ service: 'a', taskDefinition: ofFamily('a', { healthCheck: { interval: 1e300 } }) }] }],
  ['provision', { services: [{ service: 'a', taskDefinition: { family: 'a', containerDefinitions: 5 } }] }],
  ['provision', { services: [{ service: 'a', cluster: { b: 1 }, taskDefinition: ofFamily('a', {}) }] }],
  ['provision', { rules: [{ name: 'a', targets: [{ Id: 'x', EcsParameters: { TaskCount: 1e300 } }] }] }],
  ['provision', { vpcs: [{ id: ['vpc-1'] }] }],
  ['provision', []],
  ['alarm', { name: { a: 1 }, state: 'OK' }],
  ['alarm', { region: 1e300, name: 'a', state: 'OK' }],
  ['hook', { cluster: 1e300, service: 'web', stage: 'BAKE_TIME', answer: 'FAILED' }],
]

test.each(provisioned)('/_local/%s refuses %j', async (what, body) => {
  const before = await (await fetch(`${server.url}/_local/world`)).json()
  const answer = await fetch(`${server.url}/_local/${what}`, { method: 'POST', body: JSON.stringify(body) })
  expect(await answer.json()).toMatchObject({
    __type: expect.stringMatching(/^(InvalidParameter|Serialization|Validation)Exception$/),
  })
  expect(answer.status).toBe(400)
  expect(await (await fetch(`${server.url}/_local/world`)).json()).toEqual(before)
})
