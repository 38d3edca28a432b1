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

test('in the middle of a rollout the terminal shows what is done, in progress and to come', async () => {
  const events = logs.goodDeploy!
  const middle = events.findIndex((event) => event.type === 'service.reported') + 1
  const screen = onScreen(events.slice(0, middle))
  await expect(screen.text()).toMatchFileSnapshot(golden('middle.tty'))
  await expect(readable(onScreen(events.slice(0, middle), true).written.join(''))).toMatchFileSnapshot(
    golden('middle.tty.color'),
  )
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

/** Tells the events by their own clock, with a turn of the spinner between any two. */
function onScreen(events: readonly ToldEvent[], color = false): ReturnType<typeof fakeScreen> {
  const screen = fakeScreen({ columns: 80, rows: 24 })
  const listener = tty(screen, { color, ...screen.doors })
  for (const event of events) {
    screen.at(Date.parse(event.at))
    listener.hear(event)
    screen.tick()
  }
  return screen
}
