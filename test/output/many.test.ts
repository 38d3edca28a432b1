// What a run over many classes leaves on the screen.
import { expect, test } from 'vitest'
import type { RunEvent } from '../../src/engine/events.ts'
import type { Plan } from '../../src/engine/plan.ts'
import type { Step } from '../../src/engine/step.ts'
import { closingLines } from '../../src/output/closing.ts'
import { frame } from '../../src/output/frame.ts'
import { printed } from '../../src/output/line.ts'
import { emptyPicture, reduce, type Picture } from '../../src/output/picture.ts'
import { planText } from '../../src/output/planText.ts'
import { linesOf } from '../../src/output/telling.ts'
import { at, everyEvent } from './everyEvent.ts'
import { deployPlan } from './logs/deployPlan.ts'
import { answered, finished, serviceOf, started, told } from './logs/happenings.ts'

const nameOf = (index: number): string => `svc${String(index).padStart(2, '0')}`
const updating = (index: number): Step => ({
  kind: 'updateService',
  id: `updateService my_cluster/${nameOf(index)}`,
  title: `Update service ${nameOf(index)} in my_cluster`,
  subject: { type: 'service', cluster: 'my_cluster', service: nameOf(index) },
  call: { method: 'updateService', input: {} },
  units: [nameOf(index)],
})
const sixty = Array.from({ length: 60 }, (_, index) => updating(index))
const plan: Plan = {
  ...deployPlan,
  followed: true,
  stages: [{ title: 'Deploy the classes', steps: sixty, together: true, onFailure: 'undo' }],
}

/** Service 33 fails and is put back, 34 is not started; each of the others takes as many seconds as its number. */
function picture(): Picture {
  const [failing, blocked] = [sixty[33]!, sixty[34]!]
  const others = sixty.filter((one) => one !== failing && one !== blocked)
  const back = { ...failing, kind: 'restoreService', id: 'restoreService svc33', title: 'Put service svc33 back' }
  const of = ({ kind, id, subject, title }: Step, undoing = false) => ({ kind, id, subject, title, undoing })
  const problem = { code: 'DeploymentFailed', what: 'The rollout of svc33 failed.' } as const
  const reason = 'not started, because svc33 failed'
  const { local: _, endpoint: _endpoint, ...run } = everyEvent['run.started']
  return told(
    [0, run],
    [0, { type: 'plan.made', plan }],
    ...[...others, failing].map((one): [number, RunEvent] => [1, started(one)]),
    ...sixty.map((_one, index): [number, RunEvent] => [
      1,
      answered('updateService', { service: serviceOf(nameOf(index), `${nameOf(index)}:2`) }),
    ]),
    [1, { type: 'step.failed', ...of(failing), problem }],
    [1, { type: 'step.skipped', ...of(blocked), reason }],
    [1, { type: 'undo.started', because: problem, units: ['svc33', 'svc34'] }],
    [1, { type: 'step.started', ...of(back, true) }],
    [1, { type: 'step.finished', ...of(back, true), did: 'undone' }],
    [1, { type: 'undo.finished', restored: true, left: [], units: ['svc33', 'svc34'] }],
    ...others.map((one): [number, RunEvent] => [1 + sixty.indexOf(one), finished(one)]),
  ).reduce(reduce, emptyPicture)
}

const shown = (lines: ReturnType<typeof frame>): string[] => lines.map((line) => printed(line, { color: false }))

test('services are counted, with the longest rollout and the cluster in the console', () => {
  expect(shown(closingLines(picture()))).toEqual([
    '58 services changed, 1 failed, 1 not changed; longest rollout: my_cluster/svc59, 59 s',
    expect.stringMatching(/^ {2}https:.*\/clusters\/my_cluster\/services\?/),
  ])
})

test('the view that stays shows what did not go well, and counts the rest', () => {
  const lines = shown(frame(picture(), { now: 60_000, columns: 80 })).map((line) => line.trimEnd())
  expect(lines.slice(-3)).toEqual([
    '✗ Update service svc33 in my_cluster · The rollout of svc33 failed.',
    '- Update service svc34 in my_cluster · not started, because svc33 failed',
    '… 59 done · 1 failed · 1 skipped',
  ])
  expect(lines.length).toBeLessThan(8)
})

test('while it goes on, it fits on the terminal', () => {
  expect(frame(picture(), { now: 60_000, columns: 80, live: { turn: 0, rows: 22 } }).length).toBeLessThanOrEqual(22)
})

test('classes that are put back while the others go on are named', () => {
  const lines = (event: RunEvent): string[] =>
    shown(linesOf({ ...event, at }, emptyPicture)).map((line) => line.slice(10))
  const because = { code: 'DeploymentFailed', what: 'The rollout of svc33 failed.' } as const
  expect(lines({ type: 'undo.started', because, units: ['Web', 'Cron'] })).toEqual([
    'Putting Web and Cron back: The rollout of svc33 failed.',
  ])
  expect(lines({ type: 'undo.finished', restored: true, left: [], units: ['Web', 'Cron', 'Api', 'Docs'] })).toEqual([
    'Put back: Web, Cron and 2 more',
  ])
  expect(lines({ type: 'undo.finished', restored: false, left: ['x'], units: ['Web'] })).toEqual([
    'Not everything was put back of Web.',
  ])
})

test('a plan counts its calls at the end, and names few of the steps that one waits for', () => {
  const last = { ...updating(60), needs: sixty.slice(0, 10).map(({ id }) => id) }
  const stages = [{ ...plan.stages[0]!, steps: [...sixty, last] }]
  const lines = planText({ ...plan, stages }, { color: false, columns: 80 }).split('\n')
  expect(lines.filter((line) => line.includes('after:')).map((line) => line.trim())).toEqual([
    'after: Update service svc00 in my_cluster',
    'after: Update service svc01 in my_cluster',
    'after: 8 more',
  ])
  expect(lines.slice(-3)).toEqual(['61 calls: 61 updateService.', 'Nothing was written.', ''])
})
