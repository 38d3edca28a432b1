import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { stage } from './support.ts'

const [first, second] = ['a', 'b'].map((service) => ({ cluster: 'my_cluster', service }))

/** How many seconds after the first service the second was updated, `seconds` after somebody else has updated the first. */
async function apart(seconds: number, theirs: object = {}): Promise<number> {
  const { deploy, call, clock, aws } = stage(web({ runTasks: [], eventTargets: [], updateServices: [second!, first!] }))
  call('ecs', 'UpdateService', { ...first, forceNewDeployment: true, ...theirs })
  await clock.sleep(seconds * 1000)
  aws.advance()
  const { exitCode, writes } = await deploy('v2')
  const sent = writes.filter(({ operation }) => operation === 'UpdateService')
  expect([exitCode, sent.map(({ input }) => input.service)]).toEqual([0, ['a', 'b']])
  return (sent[1]!.at - sent[0]!.at) / 1000
}

describe('a deploy over another one', () => {
  it.each([1, 29])('that began %d s ago waits until the other has seen it, before it goes on', async (seconds) => {
    expect(await apart(seconds)).toBe(15)
  })

  it.each([30, 45])('that began %d s ago goes on at once: it has begun with all of its services', async (seconds) => {
    expect(await apart(seconds)).toBe(0)
  })

  it('waits for one that has completed too: whoever began it may go on with the next service', async () => {
    expect(await apart(20, { desiredCount: 0 })).toBe(15)
  })
})
