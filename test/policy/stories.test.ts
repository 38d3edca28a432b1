// Every story passes with the printed policy alone, and misses everything that is taken away from it.
import { describe, expect, it } from 'vitest'
import type { Decided } from '../../src/local/authorize.ts'
import { decide, statementsOf } from '../../src/local/iam/policy.ts'
import { statements } from '../../src/deploy/policy/statements.ts'
import { lessened, parts, policyOfStory } from './lessened.ts'
import { type Story, stories, told } from './stories.ts'

/** What was asked in each story, in its order. */
const asked = new Map<Story, readonly Decided[]>()

describe('with the printed policy alone', () => {
  it.each(Object.entries(stories))('%s', async (_title, story) => {
    const decisions = await told(story, JSON.stringify(policyOfStory(story)))
    expect(decisions.filter(({ decision }) => decision !== 'allowed')).toEqual([])
    expect(decisions.length).toBeGreaterThan(2)
    asked.set(story, decisions)
  })
})

/** The clock is turned by hand, so a story goes on as it went until the first call that is denied. */
describe('with less than the printed policy', () => {
  it('every statement is looked at', () => {
    expect([...new Set(parts.map(({ sid }) => sid))]).toEqual(Object.keys(statements))
  })

  it.each(parts)('$title is missed', (part) => {
    const missed = [...asked].filter(([story, decisions]) => {
      const left = statementsOf(JSON.stringify(lessened(policyOfStory(story), part)))
      return decisions.some((one) => decide(left, one) !== 'allowed')
    })
    expect(missed.length).toBeGreaterThan(0)
  })
})
