// Stories that are really told with less than the printed policy: each is denied what was taken away.
import { describe, expect, it } from 'vitest'
import type { Decided } from '../../src/local/authorize.ts'
import { lessened, parts, policyOfStory } from './lessened.ts'
import { stories, told } from './stories.ts'

describe('with less than the printed policy', () => {
  it.each(parts)('$title is denied in some story', async (part) => {
    const having = Object.values(stories).filter((story) =>
      policyOfStory(story).Statement.some(({ Sid }) => Sid === part.sid),
    )
    for (const story of having) {
      const decisions: Decided[] = []
      await told(story, JSON.stringify(lessened(policyOfStory(story), part)), decisions).catch(() => {})
      if (decisions.some(({ decision }) => decision !== 'allowed')) return
    }
    expect.fail('No story has missed it.')
  })
})
