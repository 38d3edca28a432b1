import { describe, expect, it } from 'vitest'
import { evenly, isThorough } from '../sampled.ts'
import { performed } from './oddRun.ts'
import { stories } from './oddStories.ts'
import { membersOf, spoilt, ways } from './spoiltAnswers.ts'

/** Of each command. */
const most = isThorough ? 300 : 2

describe('an answer of AWS that has a member missing, null, of another type or with an unknown value is no bug of ours', () => {
  it.each(Object.entries(stories))('%s', async (_name, story) => {
    const members = new Set<string>()
    const clean = await performed(story, (operation, answer) => {
      for (const path of membersOf(answer)) members.add(`${operation} ${path}`)
      return answer
    })
    expect([clean.exitCode, clean.stack]).toEqual([clean.exitCode < 2 ? clean.exitCode : 0, undefined])
    const cases = [...members].flatMap((member) => ways.map((way) => [member, way] as const))
    expect(cases.length).toBeGreaterThan(50)
    const wrong: unknown[] = []
    for (const [member, way] of evenly(cases, most)) {
      const ended = await performed(story, (operation, answer) => {
        const path = member.slice(operation.length + 1)
        return member.startsWith(`${operation} /`) ? spoilt(answer, path, way) : answer
      })
      // Whoever is told that nothing was written is told the truth.
      const isTrue = ended.exitCode !== 70 && (ended.exitCode !== 2 || ended.writes === 0)
      if (!isTrue) wrong.push([ended.exitCode, ended.writes, member, way, ended.what, ended.stack])
    }
    expect(wrong).toEqual([])
  })
})

describe('an answer that AWS cannot have given', () => {
  const told = async (story: keyof typeof stories, operation: string, path: string, way: (typeof ways)[number]) => {
    const spoil = (one: string, answer: any) => (one === operation ? spoilt(answer, path, way) : answer)
    const { exitCode, what } = await performed(stories[story]!, spoil)
    return [exitCode, what]
  }

  it('is refused before anything is written', async () => {
    const what = 'The answer to DescribeServices is not one that AWS gives.'
    expect(await told('deploy', 'DescribeServices', '/services', 'other type')).toEqual([2, what])
    expect(await told('deploy', 'DescribeServices', '/services/*/desiredCount', 'other type')).toEqual([2, what])
    expect(await told('deploy', 'DescribeServices', '/services/*/createdAt', 'unknown')).toEqual([2, what])
  })

  it('and in the middle of a run puts back what was written, without a second one of anything', async () => {
    const update = ['deploy', 'UpdateService', '/service/deployments', 'missing'] as const
    const [exitCode, what] = await told(...update)
    expect(what).toBe('The answer to UpdateService is not one that AWS gives.')
    expect([1, 3]).toContain(exitCode)
  })
})
