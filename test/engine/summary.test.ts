import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/engine/plan.ts'
import { type Ending, endings, summaryOf, verbs, wording } from '../../src/engine/summary.ts'
import { exitCodeOf } from '../../src/ground/exitCode.ts'

const commands = Object.keys(verbs) as Plan['command'][]
const all = Object.keys(endings) as Ending[]
const plan = (command: Plan['command'], followed: boolean | undefined, idle?: string): Plan => ({
  ...wording({ command, what: 'v1 of Web', followed, idle }),
  stages: [],
  warnings: [],
})
const said = (...args: Parameters<typeof summaryOf>): string => summaryOf(...args).summary

describe.each(commands)('the last line of %s', (command) => {
  const { toDo, done, started } = verbs[command]

  it('says that it is done only where its rollouts were followed until they had completed', () => {
    expect(said(plan(command, true), 'succeeded')).toBe(`${done} v1 of Web.`)
    expect(said(plan(command, undefined), 'succeeded')).toBe(`${done} v1 of Web.`)
    for (const until of ['deployed', 'stable']) {
      expect(said(plan(command, true), 'succeeded', { until })).toBe(`${done} v1 of Web.`)
    }
    for (const until of ['paused', 'draining', 'BAKE_TIME']) {
      expect(said(plan(command, true), 'succeeded', { until })).toBe(
        `${started} v1 of Web; followed it with --until ${until}.`,
      )
      expect(said(plan(command, undefined), 'succeeded', { until })).toBe(`${done} v1 of Web.`)
    }
    expect(said(plan(command, false), 'succeeded')).toBe(`${started} v1 of Web; not waiting for it (--no-wait).`)
  })

  it.each(all)('that ended %s claims nothing else, whether it waited or not', (ending) => {
    for (const followed of [true, false]) {
      const line = said(plan(command, followed), ending, { during: 'Prune' })
      const claim = followed ? `${done} v1 of Web` : `${started} v1 of Web; not waiting for it (--no-wait)`
      const begins = claiming.includes(ending) ? claim : `${toDo} v1 of Web `
      expect(line.slice(0, begins.length)).toBe(begins)
      expect(line).toMatch(/^[^.]+( v1 of Web)[^.]*\.$/)
    }
  })

  it('that has nothing to do is the plan’s own sentence, whatever it waits for', () => {
    for (const until of [undefined, 'BAKE_TIME']) {
      expect(said(plan(command, false, 'Web is already at v1; no changes'), 'succeeded', { until })).toBe(
        'Web is already at v1; no changes.',
      )
    }
  })
})

/** These say what was done before they say what was not. */
const claiming: readonly Ending[] = ['succeeded', 'notEverything', 'partly', 'interruptedDuring', 'cutOffDuring']

describe('the end of a run', () => {
  const line = (ending: Ending, interrupted = false): string =>
    said(plan('deploy', true), ending, { interrupted, during: 'Prune' }).replace('Deploy v1 of Web ', '… ')

  it('has one line and one exit code each', () => {
    const lines = all.map((ending) => {
      const { outcome } = summaryOf(plan('deploy', true), ending)
      return [ending, exitCodeOf(outcome), line(ending)]
    })
    expect(lines).toEqual([
      ['succeeded', 0, 'Deployed v1 of Web.'],
      ['notEverything', 3, 'Deployed v1 of Web, but not everything could be done.'],
      ['partly', 3, 'Deployed v1 of Web.'],
      ['unfinished', 3, '… failed; not everything could be done.'],
      ['interruptedDuring', 130, 'Deployed v1 of Web, but it was interrupted during: Prune.'],
      ['cutOffDuring', 130, 'Deployed v1 of Web, but it was ended at once during: Prune.'],
      ['changedNothing', 2, '… changed nothing.'],
      ['superseded', 5, '… was superseded.'],
      ['supersededRestored', 5, '… was superseded; what had failed or was half done was put back.'],
      ['supersededInPart', 5, '… was superseded; some of it is left half done.'],
      ['restored', 1, '… failed; everything is as it was.'],
      ['restoredInPart', 1, '… failed; what was in progress is as it was; what was done before stays.'],
      ['notRestored', 3, '… failed; NOT everything was put back.'],
      ['nothingLeft', 1, '… failed; nothing is left to put back.'],
      ['left', 3, '… failed; everything is left as it is.'],
      ['leftGoing', 4, '… failed; everything is left as it is.'],
      ['stopped', 3, '… failed; rollouts in progress were stopped, the rest is left as it is.'],
      ['stoppedGoing', 4, '… failed; rollouts in progress were stopped, the rest is left as it is.'],
      ['watchedSuperseded', 5, '… ended: another deployment has taken over.'],
      ['watchedGoing', 4, '… ended: a rollout is still in progress.'],
      ['watchedRestored', 1, '… ended: a rollout failed, and ECS rolled it back.'],
      ['watchedFailed', 3, '… ended: a rollout failed, and was not rolled back.'],
      ['unwatched', 2, '… could not be followed.'],
      ['cutOffUndone', 130, '… was ended at once; NOT everything was put back.'],
      ['cutOffClean', 130, '… was ended at once; nothing is half done.'],
      ['cutOffUnchanged', 130, '… was ended at once; changed nothing.'],
    ])
  })

  it.each(['superseded', 'supersededRestored', 'supersededInPart'] as const)(
    'that somebody has interrupted once it was superseded, %s, says both',
    (ending) => {
      expect(line(ending, true)).toBe(line(ending).replace('was superseded', 'was interrupted after it was superseded'))
    },
  )

  it.each(['restored', 'notRestored', 'nothingLeft', 'left', 'stopped', 'changedNothing'] as const)(
    'that somebody has interrupted, %s, says so and is no failure',
    (ending) => {
      expect(line(ending, true)).toMatch(/^… was interrupted; /)
      expect(line(ending, true)).not.toContain('failed')
      expect(summaryOf(plan('deploy', true), ending, { interrupted: true }).outcome).toBe('interrupted')
    },
  )
})
