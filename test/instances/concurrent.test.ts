import { describe, expect, it } from 'vitest'
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import { openAws } from '../../src/aws/aws.ts'
import type { StepContext } from '../../src/engine/stepHandler.ts'
import type { Clock } from '../../src/ground/clock.ts'
import type { World } from '../../src/local/world/world.ts'
import { ofType } from '../deploy/support.ts'
import { heartbeat, noteStep } from '../../src/instances/heartbeat.ts'
import { signatureOf } from '../../src/instances/refreshNotes.ts'
import { transportInProcess } from '../sdkInProcess.ts'
import { expectRefreshed } from './refreshed.ts'
import { type Staged, minutes, resume, stage } from './support.ts'

/** The clock of another run: its own chance, and so many minutes ahead. */
function clockOf({ clock }: Staged, chance: number, ahead = 0): Clock {
  return { ...clock, random: () => chance, now: () => clock.now() + minutes(ahead) }
}

const drains = ({ operation, input }: { operation: string; input: any }): boolean =>
  operation === 'UpdateContainerInstancesState' && input.status === 'DRAINING'

describe('a refresh while another is under way', () => {
  const skews = [-60, 0, 60]

  it.each(skews)('is refused and writes nothing, with a clock %i minutes ahead', async (ahead) => {
    const s = await stage({ services: [{ serviceName: 'web', desiredCount: 3, image: 'web:slow-2m' }] })
    const before = s.inGroup()
    s.renew()
    let second: ReturnType<Staged['refresh']> | undefined
    const first = await s.refresh(
      { by: 'alice@laptop' },
      {
        meddle: (sent) => {
          if (drains(sent)) second ??= s.refresh({ by: 'bob@ci' }, { clock: clockOf(s, 0.2, ahead) })
        },
      },
    )
    expect(await second).toMatchObject({
      outcome: 'refused',
      exitCode: 2,
      writes: [],
      problem: {
        code: 'InProgressElsewhere',
        what: expect.stringMatching(/^A refresh of asg is in progress since 2026-01-01T\S+, by alice@laptop\.$/),
      },
    })
    expect(first).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
  })

  it('is refused also if the clock of either jumps by a day', async () => {
    const s = await stage({ newImage: 'ami-slow-5m' })
    s.renew()
    let jumped = 0
    const jumping: Clock = { ...s.clock, random: () => 0.2, now: () => s.clock.now() + jumped }
    let second: ReturnType<Staged['refresh']> | undefined
    const first = await s.refresh(
      {},
      {
        clock: { ...jumping, random: () => 0.7 },
        timeout: minutes(60 * 48),
        meddle: ({ operation }) => {
          if (operation !== 'SetDesiredCapacity' || second) return
          second = s.refresh({}, { clock: jumping })
          void s.clock.sleep(minutes(0.4)).then(() => (jumped = minutes(60 * 24)))
        },
      },
    )
    expect(await second).toMatchObject({ exitCode: 2, problem: { code: 'InProgressElsewhere' } })
    expect(first).toMatchObject({ exitCode: 0 })
  })

  it('that begins at the same moment leaves it to one of them', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    const results = await Promise.all([
      s.refresh({ by: 'alice@laptop' }, { clock: clockOf(s, 0.2) }),
      s.refresh({ by: 'bob@ci' }, { clock: clockOf(s, 0.7) }),
    ])
    expect(results.filter(({ exitCode }) => exitCode === 0)).toHaveLength(1)
    const loser = results.find(({ exitCode }) => exitCode === 1)!
    expect(loser).toMatchObject({ left: [], problem: { code: 'InProgressElsewhere' } })
    expect(loser.writes.map(({ operation }) => operation)).toEqual(['CreateOrUpdateTags'])
    await expectRefreshed(s, before)
  })
})

describe('the status of a group', () => {
  it('says that a refresh is under way, since when and by whom, and never that one was cut off', async () => {
    const s = await stage({ max: 3 })
    s.renew()
    const seen: Promise<unknown>[] = []
    await s.refresh(
      { by: 'alice@laptop' },
      {
        meddle: (sent) => {
          if (drains(sent)) seen.push(s.status('asg'))
        },
      },
    )
    expect(seen.length).toBe(3)
    for (const status of (await Promise.all(seen)).slice(0, 2)) {
      const text = JSON.stringify(status)
      expect(text).toMatch(/A refresh of asg is in progress since 2026-01-01T\S+, by alice@laptop\./)
      expect(text).not.toContain('cut off')
    }
  })

  it('says that it was cut off where it gives no sign of life', async () => {
    const { world } = await killed()
    const s = resume(world)
    const text = JSON.stringify(await s.status('asg'))
    expect(text).toMatch(
      /A refresh of asg by alice@laptop, which began at \S+, was not finished: without it the group wants 3\. Go/,
    )
    expect(text).not.toContain('under way')
  })
})

/** The world that a run leaves that was killed while its first instance drains. */
async function killed(): Promise<{ world: World; before: string[] }> {
  const s = await stage()
  const before = s.inGroup()
  s.renew()
  let world: World | undefined
  await s.refresh(
    { by: 'alice@laptop' },
    { meddle: (sent) => void (drains(sent) && (world ??= structuredClone(s.aws.world))) },
  )
  return { world: world!, before }
}

describe('a refresh after one that was killed', () => {
  it('waits a minute for a sign of life, says so, and goes on', async () => {
    const { world, before } = await killed()
    const s = resume(world)
    const began = s.clock.now()
    let first = 0
    const result = await s.refresh(
      { by: 'bob@ci' },
      {
        clock: clockOf(s, 0.2, 600),
        meddle: ({ operation }) => void (operation === 'CreateOrUpdateTags' && (first ||= s.clock.now())),
      },
    )
    expect(first - began).toBe(60_000)
    expect(ofType(result.events, 'warning.raised')[0]?.text).toMatch(
      /^asg has the note of a refresh by alice@laptop, which began at 2026-01-01T\S+: watching up to 60 s whether/,
    )
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
  })

  it('is given way to by one that only stood still', async () => {
    const s = await stage({ services: [{ serviceName: 'web', desiredCount: 3, image: 'web:slow-5m' }] })
    await s.wait(minutes(20))
    const before = s.inGroup()
    s.renew()
    let second: ReturnType<Staged['refresh']> | undefined
    let isStill = false
    // Its calls and waits hang, as those of a laptop that is closed.
    const clock: Clock = {
      ...s.clock,
      random: () => 0.2,
      sleep: async (milliseconds, signal) => {
        await s.clock.sleep(milliseconds, signal)
        if (!isStill) return
        isStill = false
        second = s.refresh({ by: 'bob@ci' }, { timeout: minutes(60) })
        await s.clock.sleep(minutes(3), signal)
      },
    }
    const first = await s.refresh({}, { clock, meddle: (sent) => void (drains(sent) && !second && (isStill = true)) })
    expect(first).toMatchObject({ outcome: 'superseded', exitCode: 5, problem: { code: 'DeploymentSuperseded' } })
    expect(await second).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
  })
})

describe('a sign of life', () => {
  it.each([0, -minutes(60)])(
    'is given every 15 seconds, though each wait takes 10: the clock jumps by %i ms',
    async (jump) => {
      const s = await stage()
      let ahead = 0
      const clock: Clock = { ...s.clock, now: () => s.clock.now() + ahead }
      const values = new Map([[noteStep('asg'), { note: '3 +-1', owner: 'alice', since: 'now', run: 'r1' }]])
      const aws = openAws({ transport: transportInProcess(s.aws.handle), clock })
      const context = {
        aws,
        clock,
        values,
        signal: new AbortController().signal,
      } as Partial<StepContext> as StepContext
      const beats: (string | undefined)[] = []
      for (let wait = 0; wait < 4; wait++) {
        if (wait === 2) ahead = jump
        const beat = heartbeat('asg', context)
        await s.clock.sleep(10_000)
        await beat(s.group() as AutoScalingGroup)
        beats.push(signatureOf(s.group())?.beat)
      }
      expect(beats[0]).toBeUndefined()
      expect(beats[1]).toBeDefined()
      expect(beats[3]).not.toBe(beats[1])
    },
  )
})
