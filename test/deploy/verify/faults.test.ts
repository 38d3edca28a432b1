import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionOf } from '../../../src/aws/permission.ts'
import { checks } from '../../../src/deploy/verify/checks.ts'
import { type Registry, startRegistry } from './registry.ts'
import { faultsWith, secret } from './faults.ts'
import { cluster, inNetwork, role, secretArn, told, verified, web, wholeWorld, worker } from './support.ts'

const staged = wholeWorld()
let registry: Registry
beforeAll(async () => void (registry = await startRegistry()))
afterAll(() => registry.close())

const isWrite = (operation: string): boolean => !/^(BatchGet|Describe|Get|List|Simulate)/.test(operation)
const asText = (sent: object): string => JSON.stringify({ ...sent, at: 0 })

describe('verify', () => {
  it('finds nothing in a world that has everything, and only reads', async () => {
    staged.sent.length = 0
    const found = await verified(staged, { Web: web(), Worker: worker() })
    expect(found.map(told)).toEqual([])
    const operations = staged.sent.map(({ operation }) => operation)
    expect(operations.filter(isWrite)).toEqual([])
    const needed = new Set(checks.flatMap(({ needs }) => needs).map((method) => permissionOf(method).split(':')[1]))
    expect(operations.filter((one) => !needed.has(one))).toEqual([])
    // Each question once, and together: two classes cost the calls of one.
    expect(new Set(staged.sent.map(asText)).size).toBe(operations.length)
  })

  it('finds one fault of each kind at once, each with its place and what to do, and only reads', async () => {
    staged.sent.length = 0
    const built = Object.entries(faultsWith(registry.host)).map(([name, make]) => [name, ...make()] as const)
    const classes = Object.fromEntries(built.map(([name, declared]) => [name, declared]))
    const found = await verified(staged, classes)
    expect(found.map(told).toSorted()).toEqual(built.map(([, , finding]) => finding).toSorted())
    expect(found.filter(({ fix }) => !/^[A-Z].{9,}$/.test(fix))).toEqual([])
    expect(staged.sent.map(({ operation }) => operation).filter(isWrite)).toEqual([])
    expect(new Set(found.map(({ check }) => check))).toEqual(new Set(checks.map(({ name }) => name)))
  })

  it('finds a DAEMON that is to have a number of tasks, and targets of several classes that one rule does not take', async () => {
    const world = wholeWorld()
    const deployed = { cluster: 'my_cluster', launchType: 'EC2', desiredCount: undefined, schedulingStrategy: 'DAEMON' }
    world.call('ecs', 'CreateService', { ...deployed, serviceName: 'agent', taskDefinition: 'worker' })
    const target = { Arn: cluster('my_cluster'), RoleArn: role('events'), EcsParameters: inNetwork }
    const three = (prefix: string) =>
      web({
        eventTargets: [{ Rule: 'nightly', Targets: [1, 2, 3].map((id) => ({ ...target, Id: `${prefix}${id}` })) }],
      })
    const agent = { cluster: 'my_cluster', service: 'agent', desiredCount: 2 }
    const found = await verified(world, {
      Agent: { ...worker(), updateServices: [agent] },
      A: three('a'),
      B: { ...three('b'), updateServices: [], runTasks: [] },
    })
    expect(found.map(told)).toEqual([
      'error services Agent/updateServices/0/desiredCount: Service agent is a DAEMON, which has one task on each instance.',
      'error eventRules A/eventTargets/0/Targets: Rule nightly would have 6 targets, and EventBridge takes 5.',
      'error eventRules B/eventTargets/0/Targets: Rule nightly would have 6 targets, and EventBridge takes 5.',
      expect.stringMatching(/^warning circuitBreakers Agent/),
    ])
  })

  it('never lets go of the value of a secret or a parameter', async () => {
    const classes = { Web: web(), Text: secret(`${secretArn('text')}:user::`) }
    const found = JSON.stringify(await verified(staged, classes))
    expect(found).toContain('is not JSON')
    expect(found).not.toMatch(/the-secret|the-parameter/)
  })

  it('reads the value of a secret only where a key of it is named', async () => {
    staged.sent.length = 0
    expect(await verified(staged, { Web: secret(secretArn('text')) })).toEqual([])
    expect(staged.sent.map(({ operation }) => operation)).not.toContain('GetSecretValue')
  })
})
