import { describe, expect, it } from 'vitest'
import { diffCluster } from '../../../src/cluster/deployCluster.ts'
import { changing } from '../../../src/engine/plan.ts'
import { importServiceAsStack } from '../../../src/commands/import/stackFromService.ts'
import { clusterStage } from '../../cluster/support.ts'
import { shapes } from './services.ts'
import { running } from './support.ts'

const stack = `services:
  - migrate: { type: task, image: shop/migrate:v1, memory: 128 }
  - web:
      image: shop/web:v1
      memory: 256
      depends_on: [migrate]
      environment:
        DB_PASSWORD: correct-horse-battery
        PRICE: $$5
        URL: postgres://app:hunter2hunter2@db/shop
      command: serve --token=gjd8f7s6dHHs8d7f6s
  - other: { image: shop/other:v1, memory: 256 }
`

describe('init --from-service --stack', () => {
  it('writes a service that cluster deploy created, with what it depends on and without its secrets', async () => {
    const stage = clusterStage()
    stage.given(stack)
    expect((await stage.deploy([stack])).result.exitCode).toBe(0)
    const settings = { transport: stage.transport, clock: stage.clock }
    const { text, variables, warnings } = await importServiceAsStack(
      { cluster: 'my-cluster', service: 'web' },
      settings,
    )
    expect(text).toContain('# The service web of the cluster my-cluster, and what it depends on.')
    expect([...text.matchAll(/^  - ([\w-]+):/gm)].map(([, name]) => name)).toEqual(['migrate', 'web'])
    for (const secret of variables.values()) expect(text).not.toContain(secret)
    expect([...variables.keys()].toSorted()).toEqual(['WEB_COMMAND_2', 'WEB_DB_PASSWORD', 'WEB_URL'])
    expect(warnings.join()).toContain('WEB_DB_PASSWORD')
    const options = { cluster: 'my-cluster', files: [{ name: 'web.yml', text }] }
    const plan = await diffCluster({ ...options, env: Object.fromEntries(variables) }, settings)
    expect(changing(plan.stages)).toEqual([])
    await expect(diffCluster({ ...options, env: {} }, settings)).rejects.toMatchObject({ code: 'BadDefinition' })
  })

  it('refuses what a stack file cannot say, and names what a deploy of it would change', async () => {
    const { clock, transport } = running(shapes['health checks, limits and Linux parameters']!)
    await expect(importServiceAsStack({ cluster: 'shop', service: 'web' }, { transport, clock })).rejects.toMatchObject(
      {
        code: 'BadArguments',
        message: "A stack file can't say all of what shop/web runs.",
        problems: expect.arrayContaining([expect.stringContaining('web')]),
      },
    )
  })
})
