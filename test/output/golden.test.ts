import { describe, expect, test } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { json } from '../../src/output/listeners/json.ts'
import { plain } from '../../src/output/listeners/plain.ts'
import { planText } from '../../src/output/planText.ts'
import { tty } from '../../src/output/listeners/tty.ts'
import { deployPlan } from './logs/deployPlan.ts'
import { logs } from './logs/logs.ts'
import { fakeScreen, readable } from './screen.ts'

const golden = (name: string): string => `./golden/${name}.txt`

for (const [name, events] of Object.entries(logs)) {
  describe(`the log ${name}`, () => {
    test('reads well as plain lines', async () => {
      await expect(plainly(events, false)).toMatchFileSnapshot(golden(`${name}.plain`))
    })

    test('reads well as plain lines in color', async () => {
      await expect(readable(plainly(events, true))).toMatchFileSnapshot(golden(`${name}.plain.color`))
    })

    test('leaves a clean terminal', async () => {
      await expect(onScreen(events).text()).toMatchFileSnapshot(golden(`${name}.tty`))
    })

    test('is JSON lines that every renderer can replay with the same result', () => {
      const again = parsed(jsonLines(events))
      expect(plainly(again, true)).toBe(plainly(events, true))
      expect(onScreen(again).written).toEqual(onScreen(events).written)
      expect(jsonLines(again)).toEqual(jsonLines(events))
    })
  })
}

/** How far each log has been told when a frame of it is kept: up to the last event of which this holds. */
const frames: Readonly<Record<string, readonly [log: string, until: (event: ToldEvent) => boolean]>> = {
  'the one-off task of a deploy': ['goodDeploy', ({ type }) => type === 'log.received'],
  'the rollout of a deploy': [
    'goodDeploy',
    ({ type, at }) => type === 'service.progressed' && at < '2026-01-15T12:00:30',
  ],
  'the undo of a failed deploy': [
    'failedRollout',
    (event) => event.type === 'step.started' && event.kind === 'restoreService',
  ],
  'a deploy of thirty services': [
    'thirtyServices',
    ({ type, at }) => type === 'service.progressed' && at < '2026-01-15T12:01:05',
  ],
  'a refresh of instances': ['refresh', ({ type, at }) => type === 'instance.progressed' && at < '2026-01-15T12:01:40'],
}

describe.each([80, 60])('at %i columns, in the middle of', (columns) => {
  test.each(Object.entries(frames))('%s the terminal shows what happens', async (name, [log, until]) => {
    const events = logs[log]!
    const screen = onScreen(events.slice(0, events.findLastIndex(until) + 1), { columns })
    const file = `${name.replaceAll(' ', '-')}.${columns}`
    await expect(lastRows(screen.text())).toMatchFileSnapshot(golden(`frames/${file}`))
  })
})

test('in the middle of a rollout the terminal has colors', async () => {
  const events = logs.goodDeploy!
  const middle = events.findIndex((event) => event.type === 'service.reported') + 1
  const written = onScreen(events.slice(0, middle), { color: true }).written.join('')
  await expect(readable(written)).toMatchFileSnapshot(golden('middle.tty.color'))
})

test('the dry run reads well', async () => {
  await expect(planText(deployPlan, { color: false, columns: 80 })).toMatchFileSnapshot(golden('plan'))
  await expect(readable(planText(deployPlan, { color: true, columns: 80 }))).toMatchFileSnapshot(golden('plan.color'))
})

function plainly(events: readonly ToldEvent[], color: boolean): string {
  let text = ''
  const listener = plain((line) => (text += `${line}\n`), { color })
  for (const event of events) listener.hear(event)
  return text
}

function jsonLines(events: readonly ToldEvent[]): string[] {
  const lines: string[] = []
  const listener = json((line) => lines.push(line))
  for (const event of events) listener.hear(event)
  return lines
}

function parsed(lines: readonly string[]): ToldEvent[] {
  return lines.map((line) => {
    const { version, ...event }: ToldEvent & { version: number } = JSON.parse(line)
    expect(version).toBe(1)
    return event
  })
}

/** As much as a terminal of 24 rows shows; the cursor stands in the last of them. */
function lastRows(text: string): string {
  return `${text.split('\n').slice(-24).join('\n').trimEnd()}\n`
}

/** Tells the events by their own clock, with a turn of the spinner between any two. */
function onScreen(events: readonly ToldEvent[], { columns = 80, color = false } = {}): ReturnType<typeof fakeScreen> {
  const screen = fakeScreen({ columns, rows: 24 })
  const listener = tty(screen, { color, ...screen.doors })
  for (const event of events) {
    screen.at(Date.parse(event.at))
    listener.hear(event)
    screen.tick()
  }
  return screen
}
