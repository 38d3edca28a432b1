import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openAws } from '../../../src/aws/aws.ts'
import type { LogLine } from '../../../src/deploy/look/logReader.ts'
import { readLogs } from '../../../src/deploy/look/readLogs.ts'
import { isThorough } from '../../sampled.ts'
import { type Answered, ask, received } from '../../simulation/transport.ts'
import { looking, service } from './support.ts'

/** What happens while somebody follows the logs of a service. */
type Act =
  | { readonly do: 'write'; readonly task: number; readonly lines: readonly number[]; readonly late: number }
  | { readonly do: 'deploy'; readonly tag: string }
  | { readonly do: 'stop'; readonly task: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      task: fc.nat(20),
      // Milliseconds from one line to the next: several are of one.
      lines: fc.array(fc.constantFrom(0, 0, 1, 40), { minLength: 1, maxLength: 5 }),
      // Milliseconds for which the log driver keeps them.
      late: fc.constantFrom(0, 0, 1, 4_900, 20_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('deploy' as const), tag: fc.constantFrom('v2', 'v3', 'exit-1') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), task: fc.nat(20) }) },
)

const story = fc.record({
  acts: fc.array(fc.tuple(fc.constantFrom(0, 0, 700, 3_000, 12_000), act), { minLength: 1, maxLength: 25 }),
  pageSize: fc.integer({ min: 1, max: 4 }),
  /** Every so many pages AWS answers with an empty one that is not the last. */
  empty: fc.integer({ min: 2, max: 9 }),
  since: fc.constantFrom(1_000, 60_000, 3_600_000),
})

/** Milliseconds after its end for which lines of a container still come in. */
const flushing = 10_000

type Story = typeof story extends fc.Arbitrary<infer S> ? S : never

/** Every line as `stream time text`, as it is in CloudWatch Logs and as it was told. */
async function followed({ acts, pageSize, empty, since }: Story) {
  const made = looking([service('web')])
  const { aws, clock, call, region, tasks } = made
  await made.pass(120)
  let pages = 0

  /** AWS's pages hold what fits, and sometimes nothing. */
  function paged(input: object): Answered {
    const answer = ask(aws, 'filterLogEvents', { ...input, limit: pageSize })
    if (answer.status !== 200 || ++pages % empty > 0) return answer
    return { status: 200, body: { events: [], nextToken: 'nextToken' in input ? input.nextToken : 'start' } }
  }

  const look = openAws({
    clock,
    transport: async (method, input) => {
      clock.touch()
      return received(method, method === 'filterLogEvents' ? paged(input) : ask(aws, method, input))
    },
  })
  const begin = clock.now() - since
  const told: LogLine[] = []
  const end = new AbortController()
  const following = readLogs(
    { aws: look, clock },
    { cluster: 'my_cluster', services: ['web'] },
    { follow: true, since, container: undefined, previous: false },
    { line: async (line) => void told.push(line), note: () => {}, learned: () => {} },
    end.signal,
  ).catch((error: unknown) => error)

  /** Lines of one millisecond that were written together. */
  const together: string[][] = []
  let written = 0
  for (const [wait, one] of acts) {
    await clock.sleep(wait)
    aws.advance()
    if (one.do === 'deploy') made.update('web', one.tag)
    else {
      const chosen = tasks().filter((task) =>
        one.do === 'stop'
          ? task['lastStatus'] === 'RUNNING'
          : task['startedAt'] !== undefined &&
            (task['stoppedAt'] === undefined || clock.now() - task['stoppedAt'] * 1000 < flushing),
      )
      const task = chosen[one.task % (chosen.length || 1)]
      if (!task) continue
      if (one.do === 'stop') call('ecs', 'StopTask', { cluster: 'my_cluster', task: task['taskArn'] })
      else write(task['taskArn'].split('/').at(-1), one)
    }
  }
  await clock.sleep(60_000)
  const settled = clock.now()
  // Tasks that crash are replaced on and on: what comes in from here on need not have been told.
  await clock.sleep(30_000)
  end.abort('enough')
  expect(await following).toBe('enough')

  function write(id: string, { lines, late }: Extract<Act, { do: 'write' }>): void {
    const stream = `ecs/web/${id}`
    let timestamp = clock.now() - late - lines.reduce((sum, step) => sum + step, 0)
    const logEvents = lines.map((step) => {
      timestamp += step
      return { timestamp: Math.floor(timestamp), message: `line ${written++}` }
    })
    call('logs', 'PutLogEvents', { logGroupName: '/app', logStreamName: stream, logEvents })
    const times = new Set(logEvents.map((event) => event.timestamp))
    for (const time of times) {
      if (time < begin) continue
      together.push(logEvents.flatMap((one) => (one.timestamp === time ? `${stream} ${time} ${one.message}` : [])))
    }
  }

  const stored = Object.entries(region().logs['/app'] ?? {}).flatMap(([stream, events]) =>
    events
      .filter(({ timestamp }) => timestamp >= begin)
      .map(({ timestamp, ingestionTime, message }) => ({ text: `${stream} ${timestamp} ${message}`, ingestionTime })),
  )
  const last = new Set(stored.flatMap(({ ingestionTime, text }) => (ingestionTime > settled ? text : [])))
  const inOrder = (lines: readonly string[]): string[] => lines.filter((line) => !last.has(line)).toSorted(inText)
  const texts = told.map(({ source, at, message }) => `${source.logStreamName} ${at} ${message}`)
  return {
    stored: inOrder(stored.map(({ text }) => text)),
    told: inOrder(texts),
    together,
    asTold: together.map((lines) => texts.filter((text) => lines.includes(text))),
  }
}

function inText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

it('logs -f across rollouts loses no line and tells none twice, whatever the pages, the tasks and the delays', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (one) => {
      const { stored, told, together, asTold } = await followed(one)
      expect(told).toEqual(stored)
      expect(asTold).toEqual(together)
    }),
    { numRuns: isThorough ? 300 : 12 },
  )
})
