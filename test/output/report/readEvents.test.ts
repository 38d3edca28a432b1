import { describe, expect, test } from 'vitest'
import type { ToldEvent } from '../../../src/engine/events.ts'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { json } from '../../../src/output/listeners/json.ts'
import { reportPage } from '../../../src/output/report/page.ts'
import { readEvents } from '../../../src/output/report/readEvents.ts'
import { sampled } from '../../sampled.ts'
import { at, everyEvent } from '../everyEvent.ts'
import { logs } from '../logs/logs.ts'
import { blueGreen } from './blueGreen.ts'
import { collect } from './collect.ts'

function jsonLines(log: readonly ToldEvent[]): string {
  let text = ''
  const listener = json((line) => (text += `${line}\n`))
  log.forEach((event) => listener.hear(event))
  return text
}

const problemsOf = (text: string): readonly string[] => {
  try {
    readEvents(text, 'run.jsonl')
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(EcsTaskError)
    expect((error as EcsTaskError).code).toBe('BadArguments')
    return (error as EcsTaskError).problems
  }
}

test.each(Object.entries({ ...logs, blueGreen }))('the log %s makes the same page as the run', (_name, log) => {
  const { events, remark } = readEvents(jsonLines(log), 'run.jsonl')
  expect(remark).toBeUndefined()
  expect(reportPage(collect(events))).toBe(reportPage(collect(log)))
})

test('every type of event is read', () => {
  const log = Object.values(everyEvent).map((event) => ({ ...event, at }))
  expect(readEvents(jsonLines(log), 'run.jsonl').events).toHaveLength(log.length)
})

test('one of a later version is read, and is a row', () => {
  const text = `${jsonLines(blueGreen)}{"version":1,"at":"${at}","type":"service.paused"}\n`
  const { events } = readEvents(text, 'run.jsonl')
  expect(reportPage(collect(events))).toContain('service.paused')
})

test('a last line that was cut off is left out, and the page says that the log ends early', () => {
  const text = jsonLines(blueGreen)
  const { events, remark } = readEvents(text.slice(0, -20), 'run.jsonl')
  expect([events.length, remark]).toEqual([blueGreen.length - 1, 'The log ends before the run did.'])
  expect(reportPage(collect(events), { remark })).toContain('The log ends before the run did.')
})

test('of several runs it is the last, and the page says so', () => {
  const [first = '', ...more] = jsonLines(blueGreen).split('\n')
  const { events, remark } = readEvents(`${first}\n${jsonLines(blueGreen)}`, 'run.jsonl')
  expect([events.length, remark]).toEqual([blueGreen.length, 'The log has 2 runs; this is the last.'])
  const cut = readEvents(`${jsonLines(blueGreen)}${first}\n${more[0]}\n`, 'run.jsonl')
  expect([cut.events.length, cut.remark]).toEqual([
    2,
    'The log has 2 runs; this is the last. The log ends before the run did.',
  ])
})

test.each([
  ['', []],
  ['\n\n', []],
  ['no JSON\n', ['run.jsonl:1: is not an object of JSON']],
  ['[]\n{"a":1}\n', ['run.jsonl:1: is not an object of JSON', 'run.jsonl:2: has another version than 1']],
  ['{"version":1,"at":"now","type":"run.started"}\n', ['run.jsonl:1: has no time']],
  [`{"version":1,"at":"${at}"}\n`, ['run.jsonl:1: has no type']],
  [
    `{"version":1,"at":"${at}","type":"run.started","command":"deploy","definitions":[1]}\n`,
    ['run.jsonl:1: run.started/definitions/0 is not a string'],
  ],
  [
    'x\n'.repeat(9),
    [1, 2, 3, 4, 5].map((line) => `run.jsonl:${line}: is not an object of JSON`).concat('and 4 more lines'),
  ],
])('%j is refused', (text, problems) => {
  expect(() => readEvents(text, 'run.jsonl')).toThrow('run.jsonl is not the log of a run.')
  expect(problemsOf(text)).toEqual(problems)
})

/** The places of all members in a value, lists and what is in them too. */
const placesIn = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => [[...path, key], ...placesIn(one, [...path, key])])
    : []

const replaced = (value: unknown, [key = '', ...path]: readonly string[], by: unknown): unknown => {
  const copy: any = Array.isArray(value) ? [...value] : { ...(value as object) }
  if (path.length > 0) copy[key] = replaced(copy[key], path, by)
  else if (by === undefined) delete copy[key]
  else copy[key] = by
  return copy
}

describe('each member of each event, missing or something else', () => {
  const whole = jsonLines(Object.values(everyEvent).map((event) => ({ ...event, at })))
    .trim()
    .split('\n')
    .map((line): object => JSON.parse(line))
  const others = [undefined, null, 7, 'text', true, [], {}, [null], { html: '<b>' }, '__proto__']

  test.each(whole.map((event) => [(event as ToldEvent).type, event]))(
    'of %s is refused, or makes a page',
    (type, event) => {
      let refused = 0
      const kinds = ['run.started', 'step.started', 'service.progressed', type, 'run.finished']
      const around = whole.filter((one) => kinds.includes((one as ToldEvent).type))
      const places = placesIn(event).filter(([first]) => !['input', 'result'].includes(first!))
      for (const place of sampled(places, 60)) {
        for (const other of others) {
          const log = around.map((one) => (one === event ? replaced(one, place, other) : one))
          const text = `${log.map((one) => JSON.stringify(one)).join('\n')}\n`
          if (problemsOf(text).length > 0) refused++
          else
            expect(reportPage(collect(readEvents(text, 'x').events)), `${type}/${place.join('/')}`).toContain('</html>')
        }
      }
      expect(refused).toBeGreaterThan(0)
    },
  )
})
