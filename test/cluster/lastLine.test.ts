import { describe, expect, it } from 'vitest'
import { clusterStage } from './support.ts'

const file = (image: string): string => `services:\n  - web:\n      image: ${image}\n      memory: 256\n`

describe('the last line of a stack', () => {
  it('whose image crashes and that nobody waits for does not say that it is deployed', async () => {
    const stage = clusterStage()
    stage.given(file('img:crash'))
    const { result } = await stage.deploy([file('img:crash')], {}, { wait: false })
    expect(result.summary).toBe('Started deploying 1 service to cluster my-cluster; not waiting for it (--no-wait).')
  })

  it('that changes nothing does not say that it is up to date while a rollout of it still goes on', async () => {
    const stage = clusterStage()
    stage.given(file('img:crash'))
    await stage.deploy([file('img:crash')], {}, { wait: false })
    const { result, writes } = await stage.deploy([file('img:crash')], {}, { wait: false })
    expect([result.exitCode, writes]).toEqual([0, []])
    expect(result.summary).toBe(
      'No changes to cluster my-cluster; web is still rolling out, not waiting for it (--no-wait).',
    )
  })
})
