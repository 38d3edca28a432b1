import { describe, expect, it } from 'vitest'
import { ofType } from '../deploy/support.ts'
import { expectRefreshed } from './refreshed.ts'
import { type Stage, type Staged, minutes, resume, stage } from './support.ts'
import type { World } from '../../src/local/world/world.ts'
import { sampled } from '../sampled.ts'

const placed = {
  serviceName: 'web',
  desiredCount: 2,
  placementConstraints: [{ type: 'memberOf', expression: 'attribute:disk == ssd' }],
}

/** A service that is placed by an attribute that two of three instances have been given by hand. */
async function stageWithAttributes(of: Stage = {}): Promise<{ s: Staged; before: string[] }> {
  const s = await stage({ services: [], ...of })
  const before = s.inGroup()
  const attributes = before.slice(0, 2).flatMap((id) => {
    const targetId = s.containers().get(id)!.containerInstanceArn
    return [
      { name: 'disk', value: 'ssd', targetId },
      { name: 'rack', value: id.slice(-2), targetId },
    ]
  })
  s.call('ecs', 'PutAttributes', { cluster: 'c', attributes })
  s.call('ecs', 'RegisterTaskDefinition', {
    family: 'web',
    containerDefinitions: [{ name: 'app', image: 'web:v1', memory: 500, essential: true }],
  })
  s.call('ecs', 'CreateService', { cluster: 'c', taskDefinition: 'web', ...placed })
  await s.wait(minutes(5))
  expect(s.service('web')).toMatchObject({ runningCount: 2 })
  s.renew()
  return { s, before }
}

/** The attributes that were set by hand, of the instances that have any, in order. */
function setByHand(s: Staged): string[] {
  return [...s.containers().values()]
    .map(({ attributes }) =>
      attributes
        .filter(({ name }: { name: string }) => ['disk', 'rack'].includes(name) || name.startsWith('ecs-task'))
        .map(({ name, value }: { name: string; value: string }) => `${name}=${value}`)
        .toSorted()
        .join(),
    )
    .filter(Boolean)
    .toSorted((one, other) => (one < other ? -1 : 1))
}

const ways = [5, 3]

describe('attributes that were set by hand and that services are placed by', () => {
  it('are warned of beforehand, with the option that keeps them', async () => {
    const { s } = await stageWithAttributes()
    const warnings = async (copyAttributes: boolean): Promise<string[]> =>
      ofType((await s.refresh({ copyAttributes }, { dryRun: true })).events, 'warning.raised').map(({ text }) => text)
    expect(await warnings(false)).toEqual([
      'Service web is placed by the attribute disk, which 2 instances that go have. It goes with them if it was set by hand, and not in the user data: --copy-attributes sets it on the replacements.',
    ])
    expect(await warnings(true)).toEqual([])
  })

  it.each(ways)('are set on as many replacements by --copy-attributes: a maximum of %i', async (max) => {
    const { s, before } = await stageWithAttributes({ max })
    const had = setByHand(s)
    expect(await s.refresh({ copyAttributes: true })).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
    expect(setByHand(s)).toEqual(had)
    expect(s.service('web')).toMatchObject({ runningCount: 2 })
  })

  it.each(ways)(
    'are set once, also if the refresh was killed before any of its calls: a maximum of %i',
    async (max) => {
      const { s, before } = await stageWithAttributes({ max })
      const had = setByHand(s)
      const worlds: World[] = []
      await s.refresh({ copyAttributes: true }, { meddle: () => void worlds.push(structuredClone(s.aws.world)) })
      for (const world of sampled(worlds, 6)) {
        const again = resume(world)
        expect(await again.refresh({ copyAttributes: true })).toMatchObject({ exitCode: 0, left: [] })
        await expectRefreshed(again, before)
        expect(setByHand(again)).toEqual(had)
      }
    },
  )

  it('are taken off again where the batch is rolled back', async () => {
    const { s, before } = await stageWithAttributes()
    const had = setByHand(s)
    s.renew('ami-no-capacity')
    expect(await s.refresh({ copyAttributes: true })).toMatchObject({ exitCode: 1, left: [] })
    expect(s.inGroup().toSorted()).toEqual(before.toSorted())
    expect(setByHand(s)).toEqual(had)
  })
})
