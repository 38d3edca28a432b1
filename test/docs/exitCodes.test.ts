import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/engine/events.ts'
import { differencesFound, exitCodeOf, interruptions } from '../../src/ground/exitCode.ts'
import { rows, section, text } from './pages.ts'

/** What the row of each outcome has to say. */
const words: Readonly<Record<Outcome, string>> = {
  succeeded: 'succeeded, and observed to be so',
  restored: '**everything was put back**',
  refused: 'refused before the first write',
  halfDone: '**not** everything was put back',
  stillGoing: 'timed out; the rollout is still in progress',
  superseded: 'superseded',
  interrupted: 'interrupted by SIGHUP, SIGINT or SIGTERM',
}
const outcomes = Object.keys(words) as Outcome[]

describe.each(['README.md', 'docs/output.md'])('the table of exit codes in %s', (page) => {
  const table = new Map(
    rows(section(text(page), 'Exit codes')).flatMap(([codes = '', meaning = '']) =>
      codes.split(', ').map((code) => [Number(code), meaning] as const),
    ),
  )

  it('has every code that a run can end with, and no other', () => {
    const codes = outcomes.filter((outcome) => outcome !== 'interrupted').map((outcome) => exitCodeOf(outcome))
    const bug = exitCodeOf('halfDone', { code: 'Unexpected' })
    expect([...table.keys()]).toEqual(
      [...codes, differencesFound, bug, ...Object.values(interruptions)].toSorted((a, b) => a - b),
    )
  })

  it.each(outcomes)('says what %s means where its code is', (outcome) => {
    expect(table.get(exitCodeOf(outcome))).toContain(words[outcome])
  })

  it('has the code of differences', () => {
    expect(table.get(differencesFound)).toContain('only with `--exit-code`')
  })

  it('has the code of a bug', () => {
    expect(table.get(exitCodeOf('refused', { code: 'Unexpected' }))).toContain('a bug in ecs-task')
  })
})
