import { expect, it } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { web } from './declared.ts'
import { stage } from './support.ts'

const plain = (more: Partial<Declared> = {}): Declared => web({ runTasks: [], eventTargets: [], ...more })

/** A stage with so many revisions of the family beside the one that runs. */
function staged(declared: Declared, revisions: number) {
  const made = stage(declared)
  const containerDefinitions = [{ name: 'web', image: 'my_image:old', memory: 512 }]
  for (let count = 1; count < revisions; count++)
    made.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
  return made
}

it('a deploy of one service with 11 revisions to prune takes 23 calls, and STS is not asked, as ECS names the account', async () => {
  const { deploy, active } = staged(plain({ activeTaskCount: 1 }), 12)
  const { requests, exitCode } = await deploy('v2', { wait: false })
  expect([exitCode, active('web')]).toEqual([0, ['web:1', 'web:13']])
  expect(requests.filter(({ operation }) => operation === 'DeregisterTaskDefinition').length).toBe(11)
  expect(requests.length).toBe(23)
})

it('reads what uses revisions once for all of them, and deregisters side by side', async () => {
  const { deploy } = staged(plain({ activeTaskCount: 1 }), 12)
  const { requests } = await deploy('v2', { wait: false })
  const first = requests.findIndex(({ operation }) => operation === 'DeregisterTaskDefinition')
  expect(requests.slice(first).every(({ operation }) => operation === 'DeregisterTaskDefinition')).toBe(true)
  const at = requests.slice(first).map((one) => one.at)
  expect(at.at(-1)! - at[0]!).toBe(0)
})

it('rules get their targets side by side, two classes of one rule one after another', async () => {
  const target = (Id: string) => ({
    Id,
    Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
    RoleArn: 'arn:aws:iam::123456789012:role/ecsEventsRole',
    EcsParameters: {},
  })
  const rules = Array.from({ length: 5 }, (_, index) => ({ Rule: `rule-${index}`, Targets: [target('web')] }))
  const more = { eventTargets: [{ Rule: 'rule-0', Targets: [target('again')] }], updateServices: [], runTasks: [] }
  const { deploy, targets } = stage([plain({ eventTargets: rules, updateServices: [] }), web(more)])
  const { writes, plan } = await deploy('v2')
  const puts = writes.filter(({ operation }) => operation === 'PutTargets')
  expect(puts.map(({ input }) => input['Rule'])).toEqual(['rule-0', 'rule-1', 'rule-2', 'rule-3', 'rule-4', 'rule-0'])
  const steps = plan!.stages.flatMap((one) => one.steps).filter(({ kind }) => kind === 'putTargets')
  expect(steps.map(({ needs = [] }) => needs)).toEqual([[], [], [], [], [], [steps[0]!.id]])
  expect(
    targets('rule-0')
      .map(({ Id }) => Id)
      .toSorted((one: string, other: string) => (one < other ? -1 : 1)),
  ).toEqual(['again', 'web'])
})
