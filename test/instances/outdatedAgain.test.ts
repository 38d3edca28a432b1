import { expect, it } from 'vitest'
import { ofType } from '../deploy/support.ts'
import { expectRefreshed } from './refreshed.ts'
import { stage } from './support.ts'

it.each([5, 3])(
  'a refresh during which another $Latest comes says so, with the command: a maximum of %i',
  async (max) => {
    const s = await stage({ max })
    const before = s.inGroup()
    s.renew()
    let drains = 0
    const result = await s.refresh(
      {},
      {
        meddle: ({ operation, input }) => {
          if (operation === 'UpdateContainerInstancesState' && input.status === 'DRAINING' && ++drains === 2)
            s.renew('ami-3')
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
    expect(await s.status()).toMatchObject({ state: 'outdated' })
    expect(result.summary).toBe('Replaced 3 instances of asg in c; 2 of 3 are outdated again.')
    expect(ofType(result.events, 'warning.raised').map(({ text }) => text)).toContain(
      'asg now starts launch template web-template, version 3: 2 of 3 are outdated again. Replace them with: ecs-task instances refresh --cluster c --asg asg',
    )
    await s.wait(60_000)
    expect((await s.refresh()).summary).toBe('Replaced 2 instances of asg in c.')
    await expectRefreshed(s, before)
  },
)
