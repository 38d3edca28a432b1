import { expect, test } from 'vitest'
import type { RunEvent } from '../../src/engine/events.ts'
import type { Plan } from '../../src/engine/plan.ts'
import type { Step } from '../../src/engine/step.ts'
import { closingLines } from '../../src/output/closing.ts'
import { clusterLink, serviceLink } from '../../src/output/consoleLink.ts'
import { printed } from '../../src/output/line.ts'
import { emptyPicture, reduce } from '../../src/output/picture.ts'
import { deployPlan } from './logs/deployPlan.ts'
import { everyEvent } from './everyEvent.ts'
import { answered, described, finished, revisionOf, serviceOf, started, told } from './logs/happenings.ts'

const { local: _, endpoint: _endpoint, ...amazons } = everyEvent['run.started']

const step = (method: Step['call']['method'], service: string): Step => ({
  kind: method,
  id: `${method} ${service}`,
  title: `${method} ${service}`,
  subject: { type: 'service', cluster: 'my_cluster', service },
  call: { method, input: {} },
})

/** The lines after a run with these steps, each of which took 10 seconds unless it is not among the `done`. */
function closing(
  steps: readonly Step[],
  {
    before = [],
    after = [],
    run = amazons,
    plan = {},
    done = steps,
  }: {
    readonly before?: readonly RunEvent[]
    readonly after?: readonly RunEvent[]
    readonly run?: RunEvent
    readonly plan?: Partial<Plan>
    readonly done?: readonly Step[]
  },
): string[] {
  const stages = [{ title: 'All', steps, together: true, onFailure: 'undo' } as const]
  const events = told(
    [0, run],
    ...before.map((event): [number, RunEvent] => [0, event]),
    [0, { type: 'plan.made', plan: { ...deployPlan, followed: true, ...plan, stages } }],
    ...steps.map((one): [number, RunEvent] => [5, started(one)]),
    ...after.map((event): [number, RunEvent] => [10, event]),
    ...done.map((one): [number, RunEvent] => [15, finished(one)]),
  )
  return closingLines(events.reduce(reduce, emptyPicture)).map((line) => printed(line, { color: false }))
}

const goes = (service: string): RunEvent => answered('updateService', { service: serviceOf(service, `${service}:8`) })
const link = (service: string): string =>
  `  https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/my_cluster/services/${service}/health?region=eu-west-1`

test('a service has its old and new revision with their tags, how long it took, and its page in the console', () => {
  const before = [
    described(['web', 'web:7']),
    answered('describeTaskDefinition', revisionOf('web:7', { web: 'my_image:v1.2.2', proxy: 'nginx:1.29' })),
  ]
  const after = [
    answered('registerTaskDefinition', revisionOf('web:8', { web: 'my_image:v1.2.3', proxy: 'nginx:1.29' })),
    goes('web'),
  ]
  expect(closing([step('updateService', 'web')], { before, after })).toEqual([
    'my_cluster/web: web:7 (v1.2.2) → web:8 (v1.2.3), 10 s',
    link('web'),
  ])
})

test('what nobody was shown is not claimed: neither tags, nor that a rollout was waited for', () => {
  const of = { before: [described(['web', 'web:7'])], after: [goes('web')] }
  expect(closing([step('updateService', 'web')], { ...of, plan: { followed: false } })[0]).toBe(
    'my_cluster/web: web:7 → web:8, not waited for',
  )
  expect(closing([step('updateService', 'web')], {})).toEqual([])
})

test('a digest is as long as it takes to recognize it, and a service that stays at its revision has no arrow', () => {
  const before = [
    described(['web', 'web:8']),
    answered('describeTaskDefinition', revisionOf('web:8', { web: `my_image@sha256:${'0123456789abcdef'.repeat(4)}` })),
  ]
  expect(closing([step('updateService', 'web')], { before })[0]).toBe(
    'my_cluster/web: web:8 (sha256:0123456789ab), 10 s',
  )
})

test('a service that was created has no old revision, and one that was deleted no new one', () => {
  const before = [described(['old', 'old:3'])]
  const after = [answered('createService', { service: serviceOf('web', 'web:1') })]
  expect(closing([step('createService', 'web'), step('deleteService', 'old')], { before, after })).toEqual([
    'my_cluster/web: created with web:1, 10 s',
    link('web'),
    'my_cluster/old: deleted, 10 s',
    link('old'),
  ])
})

test('a service that was deleted and created again is told as any other, unless it was not created', () => {
  const before = [
    described(['web', 'web:7']),
    answered('describeTaskDefinition', revisionOf('web:7', { web: 'my_image:v1' })),
  ]
  const after = [
    answered('registerTaskDefinition', revisionOf('web:8', { web: 'my_image:v2' })),
    answered('createService', { service: serviceOf('web', 'web:8') }),
  ]
  const [gone, again] = [step('deleteService', 'web'), step('createService', 'web')] as const
  expect(closing([gone, again], { before, after })).toEqual([
    'my_cluster/web: web:7 (v1) → web:8 (v2), 10 s',
    link('web'),
  ])
  expect(closing([gone, again], { before, after, plan: { followed: false } })[0]).toBe(
    'my_cluster/web: web:7 (v1) → web:8 (v2), not waited for',
  )
  expect(closing([gone, again], { before, done: [gone] })[0]).toBe('my_cluster/web: deleted, 10 s')
})

test('the revisions that were pruned are named, of many two', () => {
  const pruning = (count: number): Step[] =>
    Array.from({ length: count }, (_one, index) => ({
      ...step('deregisterTaskDefinition', 'web'),
      id: `deregisterTaskDefinition web:${index + 1}`,
      subject: { type: 'revision', revision: `web:${index + 1}` },
    }))
  expect(closing(pruning(2), {})).toEqual(['Pruned web:1, web:2'])
  expect(closing(pruning(9), {})).toEqual(['Pruned 9 revisions: web:1, web:2, … and 7 more'])
  expect(closing(pruning(2), { done: [] })).toEqual([])
})

test('what was put back is not told as done', () => {
  const of = { before: [described(['web', 'web:7'])], after: [goes('web'), everyEvent['undo.started']] }
  expect(closing([step('updateService', 'web')], of)).toEqual([])
})

test('an AWS that is not Amazon’s has no console', () => {
  const of = { before: [described(['web', 'web:7'])], after: [goes('web')] }
  for (const run of [
    { ...amazons, local: true },
    { ...amazons, endpoint: 'http://127.0.0.1:4570' },
  ]) {
    expect(closing([step('updateService', 'web')], { ...of, run })).toEqual(['my_cluster/web: web:7 → web:8, 10 s'])
  }
})

test('many services share a link for each cluster', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const of = { before: [described(...names.map((name) => [name, `${name}:7`] as const))], after: names.map(goes) }
  const lines = closing(
    names.map((name) => step('updateService', name)),
    of,
  )
  expect(lines).toHaveLength(7)
  expect(lines.at(-1)).toBe(
    '  https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/my_cluster/services?region=eu-west-1',
  )
})

test.each([
  ['aws', 'eu-central-1', 'eu-central-1.console.aws.amazon.com'],
  ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
])('the console of partition %s in %s is %s', (partition, region, host) => {
  const arn = `arn:${partition}:ecs:${region}:123456789012:service/prod/web`
  const of = { cluster: 'prod', service: 'web' }
  expect(serviceLink(arn, of)).toBe(`https://${host}/ecs/v2/clusters/prod/services/web/health?region=${region}`)
  expect(clusterLink(arn, of)).toBe(`https://${host}/ecs/v2/clusters/prod/services?region=${region}`)
})

test.each(['', 'web', 'arn:aws-iso:ecs:us-iso-east-1:123456789012:service/prod/web', 'arn:aws:ecs:a/b:1:service/web'])(
  'there is no link where nobody knows where the console is: %s',
  (arn) => {
    expect(serviceLink(arn, { cluster: 'prod', service: 'web' })).toBeUndefined()
  },
)

test('a service whose class was put back while others went on is not among the changed ones', () => {
  const steps = ['web', 'worker'].map((service) => step('updateService', service))
  const back = { ...step('updateService', 'web'), kind: 'restoreService', id: 'restoreService web' }
  const events = told(
    [0, amazons],
    [0, described(['web', 'web:7'], ['worker', 'worker:7'])],
    [
      0,
      {
        type: 'plan.made',
        plan: { ...deployPlan, followed: true, stages: [{ title: 'All', steps, together: true, onFailure: 'undo' }] },
      },
    ],
    ...steps.map((one): [number, RunEvent] => [5, started(one)]),
    ...['web', 'worker'].map((service): [number, RunEvent] => [10, goes(service)]),
    ...steps.map((one): [number, RunEvent] => [15, finished(one)]),
    [16, { ...everyEvent['undo.started'], units: ['Web'] }],
    [16, started(back, true)],
    [18, finished(back, 'web:7', true)],
  )
  const lines = closingLines(events.reduce(reduce, emptyPicture)).map((line) => printed(line, { color: false }))
  expect(lines).toEqual(['my_cluster/worker: worker:7 → worker:8, 10 s', link('worker')])
})
