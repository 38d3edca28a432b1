import { expect, test } from 'vitest'
import type { Listener, RunEvent } from '../../src/engine/events.ts'
import type { Step } from '../../src/engine/step.ts'
import { tty } from '../../src/output/listeners/tty.ts'
import { everyEvent } from './everyEvent.ts'
import { migrating } from './logs/deployPlan.ts'
import { finished, logged, progressed, started } from './logs/happenings.ts'
import { logs } from './logs/logs.ts'
import { fakeScreen } from './screen.ts'

const begin = Date.parse('2026-01-15T12:00:00.000Z')
const step = (service: string): Pick<Step, 'id' | 'kind' | 'subject' | 'title'> => ({
  kind: 'updateService',
  subject: { type: 'service', cluster: 'my_cluster', service },
  id: `updateService my_cluster/${service}`,
  title: `Update service ${service}`,
})

function open(size = { columns: 80, rows: 24 }): {
  screen: ReturnType<typeof fakeScreen>
  listener: Listener
  hear: (...events: RunEvent[]) => void
} {
  const screen = fakeScreen(size)
  screen.at(begin)
  const listener = tty(screen, { color: false, ...screen.doors })
  const hear = (...events: RunEvent[]): void => {
    for (const event of events) listener.hear({ ...event, at: '2026-01-15T12:00:00.000Z' })
  }
  return { screen, listener, hear }
}

test('a hundred events between two drawings are one drawing', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], started(step('web')))
  screen.tick()
  const before = screen.written.length
  for (let running = 0; running < 100; running++) hear(progressed(step('web').id, 'web', { running, desired: 100 }))
  expect(screen.written).toHaveLength(before)
  screen.tick()
  expect(screen.written).toHaveLength(before + 1)
  expect(screen.text()).toContain('█████████░ 99/100')
})

test('only the lines that have changed are written again', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], started(step('api')), finished(step('api'), 'api:2'), started(step('web')))
  screen.tick()
  hear(progressed(step('web').id, 'web', { running: 1 }))
  screen.tick()
  const last = screen.written.at(-1)!
  expect(last).toContain('Update service web')
  expect(last).not.toContain('Update service api')
  expect(last).not.toContain('Deploying')
})

test('nothing is written while nothing moves', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], started(step('web')), finished(step('web')))
  screen.tick()
  const before = screen.written.length
  screen.tick()
  screen.tick()
  expect(screen.written).toHaveLength(before)
})

test('the spinner turns and the time goes on while a step runs, even without events', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], started(step('web')))
  screen.tick()
  const before = screen.text()
  screen.at(begin + 61_000)
  screen.tick()
  expect(screen.text()).not.toBe(before)
  expect(screen.text()).toContain('1 min 1 s')
})

test('more steps than rows are shown in a window with a line of counts, and all of them at the end', async () => {
  const { screen, listener, hear } = open({ columns: 80, rows: 8 })
  const names = Array.from({ length: 30 }, (_, index) => `service${index}`)
  hear(everyEvent['run.started'], ...names.map((name) => started(step(name))))
  hear(...names.slice(0, 27).map((name) => finished(step(name), `${name}:2`)))
  screen.tick()
  const shown = screen.text().trimEnd().split('\n')
  expect(shown).toHaveLength(6)
  expect(shown.at(-1)).toBe('… 27 done · 3 running')
  // Those that still run, and the newest of those that are done.
  expect(shown.slice(1, -1).map((line) => line.replace(/^.*service(\d+).*$/, '$1'))).toEqual(['26', '27', '28', '29'])
  await listener.close?.()
  for (const name of names)
    expect(screen.text()).toMatch(new RegExp(`Update service ${name}$|Update service ${name} ·`, 'm'))
})

test('a failed step stays in the window', () => {
  const { screen, hear } = open({ columns: 80, rows: 7 })
  const names = Array.from({ length: 20 }, (_, index) => `service${index}`)
  hear(everyEvent['run.started'], ...names.map((name) => started(step(name))))
  hear(...names.slice(1).map((name) => finished(step(name))))
  hear({ ...everyEvent['step.failed'], ...step('service0') })
  screen.tick()
  expect(screen.text()).toContain('✗ Update service service0')
})

test('no line of the view is ever broken by the terminal, however narrow it is and however wide the characters', () => {
  for (const columns of [2, 10, 20, 41, 80]) {
    const { screen, hear } = open({ columns, rows: 24 })
    const name = '東京サービス👩‍💻デプロイ'
    hear(everyEvent['run.started'], started(step(name)), progressed(step(name).id, name, { running: 1 }))
    hear({ ...everyEvent['service.reported'], step: step(name).id, message: `${name}${name}${name}${name}` })
    screen.tick()
    expect(screen.breaks()).toBe(0)
  }
})

test('a terminal that becomes narrower keeps nothing of the wider view', () => {
  const { screen, hear } = open({ columns: 100, rows: 24 })
  const long = 'a-service-with-a-name-that-goes-on-and-on-and-on-and-on-and-on-and-on'
  hear(everyEvent['run.started'], started(step(long)), started(step('web')))
  screen.tick()
  screen.resize(40, 24)
  expect(
    screen
      .text()
      .split('\n')
      .filter((line) => line !== ''),
  ).toHaveLength(4)
  expect(screen.text().match(/Deploying/g)).toHaveLength(1)
  screen.resize(100, 24)
  expect(
    screen
      .text()
      .split('\n')
      .filter((line) => line !== ''),
  ).toHaveLength(3)
  expect(screen.text()).toContain(long)
})

test('the cursor is hidden while the view lives, and shown when it is closed without an end', async () => {
  const { screen, listener, hear } = open()
  hear(everyEvent['run.started'], started(step('web')))
  expect(screen.cursorShown()).toBe(false)
  await listener.close?.()
  expect(screen.cursorShown()).toBe(true)
  expect(screen.scheduled()).toBe(0)
  expect(screen.text()).toContain('… Update service web')
  const before = screen.written.length
  await listener.close?.()
  screen.resize(40, 10)
  screen.exit()
  expect(screen.written).toHaveLength(before)
})

test('the cursor is shown and the problem printed when the process ends without closing', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], everyEvent['warning.raised'])
  screen.exit()
  expect(screen.cursorShown()).toBe(true)
  expect(screen.text()).toContain('13:00:00+01 ! No notification could be published.')
})

test('an event after the end is printed at once', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], everyEvent['run.finished'])
  expect(screen.cursorShown()).toBe(true)
  hear(everyEvent['warning.raised'])
  expect(screen.text().trimEnd().split('\n').at(-1)).toBe('13:00:00+01 ! No notification could be published.')
})

test('nothing is drawn without events', async () => {
  const { screen, listener } = open()
  await listener.close?.()
  expect(screen.written).toEqual([])
})

test('the real process keeps neither a timer nor an exit listener', async () => {
  const screen = fakeScreen({ columns: 80, rows: 24 })
  const before = process.listenerCount('exit')
  const listener = tty(screen, { color: false })
  for (const event of logs.goodDeploy!.slice(0, 5)) listener.hear(event)
  expect(process.listenerCount('exit')).toBe(before + 1)
  await listener.close?.()
  expect(process.listenerCount('exit')).toBe(before)
  expect(screen.cursorShown()).toBe(true)
})

test('what a one-off task logs is printed above the view, whatever is in it, and stays', async () => {
  const { screen, listener, hear } = open()
  hear(everyEvent['run.started'], started(migrating), logged('Applying 0041...'))
  screen.tick()
  hear(logged('\x1b[2JApplying 0042...\n'), logged('\n'))
  screen.tick()
  const lines = screen.text().split('\n')
  expect(lines.slice(0, 2)).toEqual([
    '13:00:00+01 web | Applying 0041...',
    expect.stringMatching(/^13:00:00\+01 web \| .*Applying 0042\.\.\.$/),
  ])
  expect(lines.findIndex((line) => line.startsWith('Deploying'))).toBeGreaterThan(1)
  hear(finished(migrating))
  await listener.close?.()
  expect(screen.text().match(/Applying/g)).toHaveLength(2)
})

test('a long line of a log follows the name of its container, and only the terminal breaks it', () => {
  const { screen, hear } = open({ columns: 60, rows: 24 })
  const message = 'Applying all migrations of the shop, the warehouse and the accounts: 0042'
  hear(everyEvent['run.started'], started(migrating), logged(message))
  screen.tick()
  expect(screen.written.join('')).toContain(`13:00:00+01 web | ${message}\n`)
})

test('why a step has failed is printed when it happens, not when everything has been put back', () => {
  const { screen, hear } = open({ columns: 80, rows: 40 })
  hear(everyEvent['run.started'], started(step('web')), { ...everyEvent['step.failed'], ...step('web') })
  hear(everyEvent['undo.started'], started(step('web'), true))
  screen.tick()
  expect(screen.text()).toContain('✗ Update service web: The rollout of web failed.')
  expect(screen.text()).toContain('| no memory left')
  expect(screen.text()).toContain(' Undo: Update service web')
})

test('a frame is shown at once, by terminals that can do so', async () => {
  const { screen, listener, hear } = open()
  hear(everyEvent['run.started'], started(migrating), logged('one'))
  screen.tick()
  await listener.close?.()
  for (const text of screen.written) {
    expect(text.startsWith('\x1b[?2026h')).toBe(true)
    expect(text.endsWith('\x1b[?2026l')).toBe(true)
    expect(text.split('\x1b[?2026')).toHaveLength(3)
  }
})

test('no bar is full where no task is wanted', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], started(step('web')), progressed(step('web').id, 'web', { desired: 0 }))
  screen.tick()
  expect(screen.text()).toContain('░░░░░░░░░░ 0/0')
})

test('a long title makes room for the bar and the counts', () => {
  const { screen, hear } = open({ columns: 60, rows: 24 })
  const name = 'checkout-and-payment-notifications-for-europe'
  hear(everyEvent['run.started'], started(step(name)), progressed(step(name).id, name, { running: 1, failed: 3 }))
  screen.tick()
  expect(screen.text()).toContain('…  █████░░░░░ 1/2 3 failed')
  expect(screen.breaks()).toBe(0)
})

test('a deployment that is paused shows where and the command that continues it, until it has been continued', () => {
  const { screen, hear } = open()
  const { id } = step('web')
  const paused = { ...everyEvent['deployment.paused'], step: id }
  const at = (lifecycleStage: string): RunEvent => ({ ...everyEvent['service.progressed'], step: id, lifecycleStage })
  hear(everyEvent['run.started'], started(step('web')), at(paused.lifecycleStage), paused)
  screen.tick()
  expect(screen.text().split('\n').slice(1, 3)).toEqual([
    '! my_cluster/web is paused at POST_TEST_TRAFFIC_SHIFT; to resume it:',
    '  → tsx web.ts continue',
  ])
  hear(at(paused.lifecycleStage))
  screen.tick()
  expect(screen.text()).toContain('tsx web.ts continue')
  hear(at('BAKE_TIME'))
  screen.tick()
  expect(screen.text()).not.toContain('tsx web.ts continue')
  expect(screen.text()).toContain('1/2 3 failed BAKE_TIME')
})

test.each([30, 47, 73, 80])('the command that continues it is whole on a terminal of %i columns', (columns) => {
  const { screen, hear } = open({ columns, rows: 40 })
  // It ends where a row ends, which some terminals break, and in the middle of one.
  for (const end of ['', '5', '54', '543']) {
    const command = `tsx _ecs/web.ts continue --only BlueTask --region eu-west-1 --profile a${end}`
    const paused = { ...everyEvent['deployment.paused'], step: step('web').id, command }
    hear(everyEvent['run.started'], started(step('web')), paused, progressed(step('web').id, 'web', { running: 1 }))
    hear(paused)
    screen.tick()
    screen.tick()
    hear(started(step('api')), { ...everyEvent['log.received'], message: 'a log line above the view' })
    screen.tick()
    screen.resize(columns + 3, 40)
    screen.resize(columns, 40)
    screen.tick()
    const joined = screen.text().replaceAll(/\s/g, '')
    expect(joined).toContain(`→${command.replaceAll(' ', '')}`)
    expect(joined.match(/continue--only/g)).toHaveLength(1)
    expect(joined.match(/Deploying/g)).toHaveLength(1)
  }
})

test('a step that has ended is no longer paused, whatever its last progress said', () => {
  const { screen, hear } = open()
  const paused = { ...everyEvent['deployment.paused'], step: step('web').id }
  hear(everyEvent['run.started'], started(step('web')), paused, { ...everyEvent['step.failed'], ...step('web') })
  screen.tick()
  expect(screen.text()).not.toContain('tsx web.ts continue')
})

test.each([4, 6, 8, 12])('however many deployments are paused, the view stays within %i rows', (rows) => {
  const { screen, hear } = open({ columns: 80, rows })
  hear(everyEvent['run.started'], everyEvent['local.provisioned'])
  for (let index = 0; index < 20; index++) {
    const one = step(`service${index}`)
    hear(started(one), { ...everyEvent['deployment.paused'], step: one.id, service: `service${index}` })
  }
  screen.tick()
  const shown = screen.text().trimEnd().split('\n')
  expect(shown).toHaveLength(Math.max(rows - 2, 2))
  expect(shown.at(-1)).toBe('… 20 running')
})

test('what the local AWS has created is one line of the view', () => {
  const { screen, hear } = open()
  hear(everyEvent['run.started'], everyEvent['local.provisioned'])
  screen.tick()
  expect(screen.text().match(/Created in the local AWS: cluster my_cluster, service my_cluster\/web/g)).toHaveLength(1)
})

test('the problem is folded at the width of the terminal, except for what is to be copied', async () => {
  const { screen, listener, hear } = open({ columns: 47, rows: 24 })
  const next = 'aws logs tail /ecs/web --since 1h --region eu-west-1'
  const { forensics } = everyEvent['step.failed']
  hear(everyEvent['run.started'], { ...everyEvent['step.failed'], forensics: { ...forensics!, next } })
  await listener.close?.()
  expect(screen.text()).toContain(
    [
      '13:00:00+01   A target of web is unhealthy:',
      '                Health checks failed with',
      '                these codes: [503]',
      '                (Target.ResponseCodeMismatch)',
    ].join('\n'),
  )
  expect(screen.written.join('')).toContain(`Next: ${next}\n`)
})

test('where the calls go is in the first line, or whole in the second where that has no room for it', () => {
  const { screen, hear } = open()
  const place = { region: 'eu-west-1', profile: 'shop', endpoint: undefined, local: false } as const
  const { endpoint: _, ...begun } = { ...everyEvent['run.started'], ...place }
  hear({ ...begun, definitions: ['Web'] }, started(step('web')))
  screen.tick()
  expect(screen.text().split('\n')[0]).toBe('Deploying v1: Web (eu-west-1, profile shop) · 0 s')
  hear(everyEvent['account.identified'])
  screen.tick()
  expect(screen.text().split('\n')[0]).toBe('Deploying v1: Web (account 123456789012, eu-west-1, profile shop) · 0 s')

  hear({ ...begun, definitions: ['WebTask', 'WorkerTask'] }, everyEvent['account.identified'])
  screen.tick()
  expect(screen.text().split('\n').slice(0, 2)).toEqual([
    'Deploying v1: WebTask, WorkerTask · 0 s',
    'Using account 123456789012, eu-west-1, profile shop',
  ])
})
