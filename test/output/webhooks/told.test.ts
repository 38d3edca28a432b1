// Recorded runs as a webhook is told of them, against golden messages.
import { describe, expect, test } from 'vitest'
import type { Webhook } from '../../../src/definition/definition.ts'
import { webhooks } from '../../../src/output/listeners/webhooks.ts'
import { logs } from '../logs/logs.ts'
import { waitingClock } from './receiver.ts'

/** What both formats are told of a run. */
async function told(events: (typeof logs)[string]): Promise<object[]> {
  const bodies: object[] = []
  const of = { webhook: 'http://localhost/x', events: ['started', 'succeeded', 'failed', 'paused'] } as const
  const all: Webhook[] = [
    { ...of, format: 'json' },
    { ...of, format: 'slack' },
  ]
  const post = async (_: URL, body: string) => ({ status: bodies.push(JSON.parse(body)) && 200 })
  const listener = webhooks({ webhooks: all, post, clock: waitingClock(), warn: () => {}, run: undefined })
  for (const event of events) listener.hear(event)
  await listener.close?.()
  return bodies
}

describe('the messages of the log', () => {
  test.each(['goodDeploy', 'failedRollout', 'thirtyServices'])('%s', async (name) => {
    const text = JSON.stringify(await told(logs[name]!), undefined, 2)
    await expect(`${text}\n`).toMatchFileSnapshot(`../golden/${name}.webhooks.txt`)
  })
})

test('a run of a stack or a service without a class is told to nobody', async () => {
  const others = Object.values(logs).filter(([first]) => first?.type === 'run.started' && first.command.includes(' '))
  expect(others.length).toBeGreaterThan(0)
  expect((await Promise.all(others.map(told))).flat()).toEqual([])
})
