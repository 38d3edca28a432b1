import { describe, expect, test } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import type { Grouped } from '../../src/ground/runner.ts'
import { plain, plainFor } from '../../src/output/listeners/plain.ts'
import { sampled } from '../sampled.ts'
import { attacks, runnerCommand } from '../hostile/hostileText.ts'
import { everyEvent, at, shortLogs, spoilt } from './everyEvent.ts'
import { logs } from './logs/logs.ts'

/** The lines of each runner that begin and end a group. */
const marks: Readonly<Record<Grouped, { readonly open: RegExp; readonly close: RegExp }>> = {
  github: { open: /^::group::/, close: /^::endgroup::$/ },
  gitlab: {
    open: /^\p{Cc}\[0Ksection_start:\d+:ecs_task_\d+_\d+\[collapsed=true\]\r\p{Cc}\[0K/u,
    close: /^\p{Cc}\[0Ksection_end:\d+:ecs_task_\d+_\d+\r\p{Cc}\[0K$/u,
  },
  buildkite: { open: /^--- /, close: /^\+\+\+ / },
  azure: { open: /^##\[group\]/, close: /^##\[endgroup\]$/ },
}
const runners = Object.keys(marks) as Grouped[]

function linesOf(log: readonly ToldEvent[], runner?: Grouped, verbose = false): string[] {
  const lines: string[] = []
  const write = (line: string): void => void lines.push(line)
  const listener = runner ? plainFor(runner, write, { color: false, verbose }) : plain(write, { color: false, verbose })
  log.forEach((event) => listener.hear(event))
  return lines
}

/** What is seen of lines whose groups are folded, without the marks; throws where a group is in another, or left open. */
function unfolded(lines: readonly string[], runner: Grouped): string[] {
  const { open, close } = marks[runner]
  let isOpen = false
  const seen: string[] = []
  for (const line of lines) {
    const [opens, closes] = [open.test(line), close.test(line)]
    if (opens === isOpen && (opens || closes)) throw new Error(`A group in the wrong place: ${line}`)
    if (opens || closes) isOpen = opens
    else if (!isOpen) seen.push(line)
  }
  if (isOpen) throw new Error('The last group has no end.')
  return seen
}

describe.each(runners)('in the log of %s', (runner) => {
  const { open, close } = marks[runner]

  test.each(Object.entries(logs))('%s has the same lines, the long parts in groups', (_name, log) => {
    const lines = linesOf(log, runner)
    expect(lines.filter((line) => !open.test(line) && !close.test(line))).toEqual(linesOf(log))
    const seen = unfolded(lines, runner)
    expect(seen.at(-1)).toBe(linesOf(log).at(-1))
    expect(seen.length).toBeLessThanOrEqual(lines.length)
  })

  test('a failure is in no group, and neither are the last lines', () => {
    const seen = unfolded(linesOf(logs['failedRollout']!, runner), runner).join('\n')
    expect(seen).toContain('✗ Update service web in my_cluster: The rollout of web failed.')
    expect(seen).toContain('| Killed')
    expect(seen).toContain('Still to do:')
    expect(seen).not.toContain('0/2 running')
  })

  test('the log of a one-off task is in a group of its own', () => {
    const lines = linesOf(logs['goodDeploy']!, runner)
    expect(lines.filter((line) => open.test(line)).map((line) => line.replace(open, ''))).toEqual([
      'Log: Run `./manage.py migrate` of web in my_cluster',
      'Rollout of my_cluster/web',
    ])
    expect(unfolded(lines, runner).join('\n')).not.toContain('Apply all migrations')
  })

  test('calls that --verbose tells open no group, and close none', () => {
    const titles = (verbose: boolean): string[] =>
      linesOf(logs['goodDeploy']!, runner, verbose).filter((line) => open.test(line))
    expect(titles(true)).toEqual(titles(false))
  })

  test('hostile text can neither open nor close one', () => {
    for (const text of sampled(attacks, 10)) {
      for (const [, log] of shortLogs) {
        const ended = [...spoilt(log, text), { ...everyEvent['run.finished'], at }]
        const lines = linesOf(ended, runner)
        const others = lines.filter((line) => !open.test(line) && !close.test(line))
        for (const line of others) expect(line).not.toMatch(runnerCommand)
        expect(others).toEqual(linesOf(ended))
        expect(() => unfolded(lines, runner)).not.toThrow()
        for (const line of lines) {
          const bare = line.replace(open, '').replace(close, '')
          expect(bare).not.toMatch(/[\n\r]|##\w*\[|section_(?:start|end):\d|^\s*::/)
        }
      }
    }
  })
})
