import { describe, expect, test } from 'vitest'
import type { Listener, RunEvent, ToldEvent } from '../../src/engine/events.ts'
import type { Plan } from '../../src/engine/plan.ts'
import { json } from '../../src/output/listeners/json.ts'
import { plain } from '../../src/output/listeners/plain.ts'
import { planText } from '../../src/output/planText.ts'
import { tty } from '../../src/output/listeners/tty.ts'
import { isToldBesideJson } from '../../src/output/telling.ts'
import { at, everyEvent, shortLogs, spoilt } from './everyEvent.ts'
import { fakeScreen } from './screen.ts'

/** How each event reads in plain lines, after a run and a step have started. */
const plainly: Readonly<Record<RunEvent['type'], readonly string[]>> = {
  'run.started': ['Deploying v1: WebTask (local AWS, eu-west-1, profile shop)'],
  'account.identified': ['Using account 123456789012'],
  'plan.made': [],
  'stage.started': ['Update the services'],
  'step.started': ['Updating service: my_cluster/web'],
  'step.finished': ['✓ Updated service: my_cluster/web (web:8)'],
  'step.skipped': ['Skipped: Update service web in my_cluster (web:1 is still used)'],
  'step.failed': [
    '✗ Update service web in my_cluster: The rollout of web failed.',
    '  tasks failed to start.',
    '  web: is wrong',
    '  → Look at the logs.',
    '  Error: web',
    '  at rollout (run.ts:1:1)',
    '  - running 1 of 2',
    '  A task stopped: Essential container in task exited',
    '    web exited with 137, OutOfMemoryError',
    '    task 0f3a',
    '  A target of web is unhealthy: Health checks failed with these codes: [503] (Target.ResponseCodeMismatch)',
    '    10.0.0.7:8080',
    '  web (0f3a) last log lines:',
    '    | no memory left',
    '  No log of proxy (0f3a9c21…): container proxy logs with fluentd, which ecs-task cannot read',
    '  Next: tsx web.ts status',
  ],
  'call.finished': [],
  'call.failed': [],
  'call.retried': ['AWS did not accept ecs updateService; again in 5 s (ThrottlingException: Rate exceeded)'],
  'service.progressed': ['my_cluster/web: 1/2 running, 1 pending, 3 failed, 2 old, BAKE_TIME, FAILED'],
  'service.reported': ['my_cluster/web: (service web) has started 1 tasks: (task 0f3a).'],
  'task.progressed': ['Update service web in my_cluster: task 0f3a STOPPED (web exited with 137, OutOfMemoryError)'],
  'instance.progressed': ['web-asg: i-0123456789abcdef0 DRAINING, 2 tasks'],
  'log.received': ['web | Traceback:', 'web |   File "manage.py"'],
  'deployment.paused': [
    '! my_cluster/web is paused at POST_TEST_TRAFFIC_SHIFT; to resume it:',
    '  → tsx web.ts continue',
  ],
  'lock.waiting': [
    '! alice (CI) holds the lock of my_cluster/web; waiting up to 10 min 0 s',
    '  It has been running deploy v1 since 2026-01-15T12:00:00.000Z',
    '  → https://ci.example.com/runs/7',
  ],
  'local.provisioned': ['Created in the local AWS: cluster my_cluster, service my_cluster/web'],
  'run.interrupted': ['! Interrupted by SIGINT. Press Ctrl-C again to end at once.'],
  'undo.started': ['Putting everything back: The rollout of web failed.'],
  'undo.finished': ['Not everything was put back.'],
  'warning.raised': ['! No notification could be published.'],
  'run.finished': [
    '✗ The rollout of web failed.',
    '  tasks failed to start.',
    '  web: is wrong',
    '  → Look at the logs.',
    '  Error: web',
    '  at rollout (run.ts:1:1)',
    '✗ Still to do: service web',
    '✗ Deploy v1 failed. (5 s)',
  ],
}

/** What is printed above the live view when it happens, and stays. */
const aboveTheView: ReadonlySet<RunEvent['type']> = new Set(['step.failed', 'log.received', 'lock.waiting'])

/** What is printed below the live view when it ends; everything else is in the view. */
const belowTheView: ReadonlySet<RunEvent['type']> = new Set([
  'deployment.paused',
  'undo.finished',
  'warning.raised',
  'run.finished',
])

/** What is printed on stderr while stdout carries JSON. */
const besideJson: ReadonlySet<RunEvent['type']> = new Set([
  'step.failed',
  'deployment.paused',
  'lock.waiting',
  'warning.raised',
  'run.finished',
])

/** Terminal sequences, a new title, line breaks, an overwritten line, text that runs backwards, half a character. */
const hostile =
  '\x1b[2J\x1b]0;owned\x07\x9b31m\x1b\x1b[1A[1A\r\nsecond\u2028third\u202eabc\u2066\u0000\b\u0085\ud800\u{e0041}'

for (const [type, log] of shortLogs) {
  describe(type, () => {
    test('as plain lines', () => {
      const before = collect(log.slice(0, -1), (write) => plain(write, { color: false })).length
      const lines = collect(log, (write) => plain(write, { color: false })).slice(before)
      expect(lines).toEqual(plainly[type].map((line) => `12:34:56Z ${line}`))
    })

    test('as a line of JSON with the version first', () => {
      const [line = '', ...more] = collect(log.slice(-1), json)
      expect(more).toEqual([])
      expect(line).toMatch(/^\{"version":1,"at":"2026-01-15T12:34:56\.000Z","type":"/)
      expect(JSON.parse(line)).toEqual({ version: 1, ...JSON.parse(JSON.stringify(log.at(-1))) })
    })

    test('on a terminal, which is left clean', async () => {
      const { screen, listener } = live(log)
      await listener.close?.()
      expect(screen.cursorShown()).toBe(true)
      expect(screen.scheduled()).toBe(0)
      const lines = screen.text().split('\n').slice(0, -1)
      const [above, below] = [aboveTheView, belowTheView].map((set) =>
        set.has(type) ? plainly[type].map((line) => `13:34:56+01 ${line}`) : [],
      )
      expect(lines.slice(0, above!.length)).toEqual(above)
      expect(lines.slice(lines.length - below!.length)).toEqual(below)
      expect(lines.filter((line) => line.startsWith('13:34'))).toHaveLength(above!.length + below!.length)
    })

    test(`is ${besideJson.has(type) ? 'told' : 'not told'} on stderr while stdout carries JSON`, () => {
      expect(isToldBesideJson({ ...everyEvent[type], at })).toBe(besideJson.has(type))
    })

    test('with hostile text in every string, no control character reaches a terminal', async () => {
      const spoiltLog = spoilt(log, hostile)
      for (const line of collect(spoiltLog, (write) => plain(write, { color: false })))
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028]/u)
      for (const line of collect(spoiltLog, (write) => plain(write, { color: true }))) {
        expect(line.replace(/\p{Cc}\[\d+m/gu, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028]/u)
      }
      for (const line of collect(spoiltLog, json)) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028]/u)
        expect(JSON.stringify(JSON.parse(line))).toContain(String.raw`\u001b[2J`)
      }
      const { screen, listener } = live(spoiltLog)
      await listener.close?.()
      expect(screen.text()).not.toMatch(/[\p{Cf}\p{Cs}\u2028]/u)
      expect(screen.cursorShown()).toBe(true)
    })
  })
}

test('each type of event has its line in this table', () => {
  expect(Object.keys(plainly).toSorted()).toEqual(Object.keys(everyEvent).toSorted())
})

test('a success is not printed beside JSON, which ends with it', () => {
  const { problem: _, ...end } = everyEvent['run.finished']
  expect(isToldBesideJson({ ...end, at, outcome: 'succeeded', exitCode: 0 })).toBe(false)
})

test('a dry run with hostile text in every string prints no control character', () => {
  const plan: Plan = spoilt(everyEvent['plan.made'].plan, hostile)
  const methods = everyEvent['plan.made'].plan
  expect(plan.stages).toHaveLength(methods.stages.length)
  expect(planText(plan, { color: false, columns: 80 }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028]/u)
})

test('an event of a later version breaks no renderer', async () => {
  const unknown: ToldEvent = JSON.parse('{"type":"service.paused","at":"2026-01-15T12:34:56.000Z"}')
  expect(collect([unknown], (write) => plain(write, { color: false }))).toEqual([])
  expect(collect([unknown], json)).toEqual(['{"version":1,"at":"2026-01-15T12:34:56.000Z","type":"service.paused"}'])
  const { screen, listener } = live([unknown])
  await listener.close?.()
  expect(screen.text()).toBe('')
  expect(isToldBesideJson(unknown)).toBe(false)
})

test('an Error in an answer is never raw in JSON, and a date is ISO 8601', () => {
  const result = { failure: new TypeError('no'), createdAt: new Date(0) }
  const [line = ''] = collect([{ ...everyEvent['call.finished'], result, at }], json)
  expect(JSON.parse(line).result).toEqual({
    failure: { name: 'TypeError', message: 'no' },
    createdAt: '1970-01-01T00:00:00.000Z',
  })
})

function collect(log: readonly ToldEvent[], open: (write: (line: string) => void) => Listener): string[] {
  const lines: string[] = []
  const listener = open((line) => lines.push(line))
  for (const event of log) listener.hear(event)
  return lines
}

function live(log: readonly ToldEvent[]): { screen: ReturnType<typeof fakeScreen>; listener: Listener } {
  const screen = fakeScreen({ columns: 150, rows: 24 })
  const listener = tty(screen, { color: true, ...screen.doors })
  for (const event of log) {
    listener.hear(event)
    screen.tick()
  }
  return { screen, listener }
}

test('what the problem says already is not repeated', () => {
  const { problem } = everyEvent['step.failed']
  const failed = { ...everyEvent['step.failed'], at, problem: { ...problem, why: 'Running 1 of 2.' } }
  const lines = collect([failed], (write) => plain(write, { color: false }))
  expect(lines.filter((line) => /running 1 of 2/i.test(line))).toEqual(['12:34:56Z   Running 1 of 2.'])
})

test('an endless log line is shortened for people, and whole in JSON', () => {
  const { forensics } = everyEvent['step.failed']
  const logs = [{ container: 'web', taskArn: 'task/0f3a', lines: ['x'.repeat(100_000)] }]
  const failed = { ...everyEvent['step.failed'], at, forensics: { ...forensics!, logs } }
  const lines = collect([failed], (write) => plain(write, { color: false }))
  expect(lines.find((line) => line.includes('| xxx'))).toMatch(/^12:34:56Z {5}\| x{500}…$/)
  expect(collect([failed], json).join('')).toContain('x'.repeat(100_000))
})

test('of many targets in one state three are named', () => {
  const { forensics } = everyEvent['step.failed']
  const targets = Array.from({ length: 40 }, (_, index) => ({ ...forensics!.targets[0]!, target: `10.0.0.${index}` }))
  const failed = { ...everyEvent['step.failed'], at, forensics: { ...forensics!, targets } }
  const lines = collect([failed], (write) => plain(write, { color: false }))
  const told = lines.findIndex((line) => line.includes('40 targets of web are unhealthy'))
  expect(lines[told + 1]).toBe('12:34:56Z     10.0.0.0, 10.0.0.1, 10.0.0.2, and 37 more')
  expect(lines.filter((line) => line.includes('10.0.0.'))).toHaveLength(1)
})

test('a title that several stages in a row have is told once', () => {
  const stages = ['Register', 'Register', 'Update the services'].map((title): ToldEvent => ({
    ...everyEvent['stage.started'],
    title,
    at,
  }))
  expect(collect(stages, (write) => plain(write, { color: false }))).toEqual([
    '12:34:56Z Register',
    '12:34:56Z Update the services',
  ])
})

test('calls to AWS are told only where somebody asks for each of them', () => {
  const events: ToldEvent[] = (['call.finished', 'call.failed', 'call.retried'] as const).map((type) => ({
    ...everyEvent[type],
    ...(type === 'call.retried' && { milliseconds: 100 }),
    at,
  }))
  expect(collect(events, (write) => plain(write, { color: false }))).toEqual([])
  expect(collect(events, (write) => plain(write, { color: false, verbose: true }))).toEqual([
    '12:34:56Z ecs.updateService { service: web }',
    '12:34:56Z ecs.updateService { service: web }: ServerException: Internal',
    '12:34:56Z AWS did not accept ecs updateService; again in 0.1 s (ThrottlingException: Rate exceeded)',
  ])
})
