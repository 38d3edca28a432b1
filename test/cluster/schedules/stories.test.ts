import { describe, expect, it } from 'vitest'
import { fileOf, nightly, user } from '../stacks.ts'
import { clusterStage } from '../support.ts'
import { denying, file, group, once, schedules, withKeys, world } from './support.ts'

describe('where a permission is missing', () => {
  it.each([
    ['createScheduleGroup', 2],
    ['createSchedule', 1],
  ])('%s fails a first deploy, and all goes again', async (method, exitCode) => {
    const stage = clusterStage()
    stage.given(file)
    const { result } = await stage.deploy([file], {}, { transport: denying(stage, method) })
    expect(result).toMatchObject({ exitCode, left: [] })
    expect([schedules(stage), stage.standing()['scheduleGroups'], stage.standing()['revisions']]).toEqual([[], {}, {}])
  })

  it('updateSchedule fails a change, and all is as before', async () => {
    const stage = clusterStage({ world })
    const before = stage.standing()
    const transport = denying(stage, 'updateSchedule')
    const { result } = await stage.deploy([withKeys({ image: 'nightly:v2' })], {}, { transport })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(stage.standing()).toEqual(before)
  })

  it('to read them, a stack with schedules is refused, and another is deployed with a warning', async () => {
    const stage = clusterStage()
    stage.given(file)
    const transport = denying(stage, 'getScheduleGroup')
    const { result, writes } = await stage.deploy([file], {}, { transport })
    expect([result.exitCode, writes]).toEqual([2, []])
    const plain = await stage.deploy([once], {}, { transport })
    expect(plain.result.exitCode).toBe(0)
    expect(plain.events).toContainEqual(
      expect.objectContaining({
        type: 'warning.raised',
        text: 'Whether tasks have schedules could not be read: the permission scheduler:GetScheduleGroup is missing.',
      }),
    )
  })
})

describe('a run that is disturbed', () => {
  it('makes the same where each answer about schedules is lost once', async () => {
    const stage = clusterStage()
    stage.given(file)
    const lost = new Set<string>()
    stage.meddle(({ operation }) => {
      if (!/Schedul/.test(operation) || lost.has(operation)) return undefined
      lost.add(operation)
      return 'lostAfter'
    })
    expect((await stage.deploy([file])).result.exitCode).toBe(0)
    expect(lost.size).toBeGreaterThan(2)
    expect(stage.standing()).toEqual(clusterStage({ world }).standing())
  })

  it('gives way to another run that has just created the schedule', async () => {
    const stage = clusterStage()
    stage.given(file)
    let isFirst = true
    stage.meddle(({ operation, body }) => {
      if (operation !== 'CreateSchedule' || !isFirst) return
      isFirst = false
      const theirs = { ...JSON.parse(body), Name: 'nightly', Description: 'my-cluster/nightly another' }
      stage.call('scheduler', 'CreateSchedule', theirs)
    })
    const { result } = await stage.deploy([file])
    expect([result.exitCode, result.problem?.what]).toEqual([
      5,
      'Another run of this stack has just created schedule nightly.',
    ])
    expect(schedules(stage)).toEqual([`${group}/nightly`])
    expect((await stage.deploy([file])).result.exitCode).toBe(0)
  })

  it('takes back what it has made where what comes after it fails', async () => {
    const broken = fileOf({ nightly, user: { ...user, depends_on: ['nightly'] } })
    const stage = clusterStage()
    stage.given(broken)
    const lost = new Set<string>()
    stage.meddle(({ operation }) => {
      if (!operation.startsWith('CreateSchedule') || lost.has(operation)) return undefined
      lost.add(operation)
      return 'lostAfter'
    })
    const { result } = await stage.deploy([broken], {}, { transport: denying(stage, 'createService') })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect([schedules(stage), stage.standing()['scheduleGroups']]).toEqual([[], {}])
  })

  it('puts a changed schedule back where what comes after it fails', async () => {
    const stage = clusterStage({ world })
    const before = stage.standing()
    const other = fileOf({
      nightly: { ...nightly, image: 'nightly:v2', schedule: 'cron(0 7 * * ? *)' },
      user: { ...user, depends_on: ['nightly'] },
    })
    stage.given(other)
    const { result } = await stage.deploy([other], {}, { transport: denying(stage, 'createService') })
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(stage.standing()).toMatchObject({ schedules: before['schedules']!, revisions: before['revisions']! })
  })
})
