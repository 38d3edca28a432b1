import { expect, it } from 'vitest'
import { isThorough } from '../sampled.ts'
import { expectRefreshed } from './refreshed.ts'
import { stage } from './support.ts'

/** Ten at once either way: it is the batches that cost calls. */
const [instances, batch] = isThorough ? [100, '10%'] : [40, '25%']

it.each([
  ['with room', 10],
  ['at its maximum', 0],
] as const)(
  `a refresh of ${instances} instances %s, ten at a time, takes at most 6 calls an instance`,
  async (_way, room) => {
    const services = [{ serviceName: 'web', desiredCount: instances }]
    const s = await stage({ instances, max: instances + room, services })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh({ batch })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(result.sent.length / before.length).toBeLessThanOrEqual(6)
    await expectRefreshed(s, before)
  },
)
