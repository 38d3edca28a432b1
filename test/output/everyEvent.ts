/** One event of each type, and logs made of them. */
import type { RunEvent, ToldEvent } from '../../src/engine/events.ts'
import { Reference } from '../../src/engine/step.ts'
import { deployPlan } from './logs/deployPlan.ts'

const step = {
  id: 'updateService my_cluster/web',
  kind: 'updateService',
  subject: { type: 'service', cluster: 'my_cluster', service: 'web' },
  title: 'Update service web in my_cluster',
  undoing: false,
} as const
const problem = {
  code: 'DeploymentFailed',
  what: 'The rollout of web failed.',
  why: 'tasks failed to start.',
  fix: 'Look at the logs.',
  problems: ['web: is wrong'],
  stack: 'Error: web\n    at rollout (run.ts:1:1)',
} as const
const container = { name: 'web', lastStatus: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError' }

/** All members are set; a type that is missing here does not compile. */
export const everyEvent: { readonly [T in RunEvent['type']]: Extract<RunEvent, { type: T }> } = {
  'run.started': {
    type: 'run.started',
    command: 'deploy',
    definitions: ['WebTask'],
    tag: 'v1',
    region: 'eu-west-1',
    profile: 'shop',
    endpoint: 'http://127.0.0.1:4570',
    local: true,
  },
  'account.identified': { type: 'account.identified', account: '123456789012' },
  'plan.made': { type: 'plan.made', plan: { ...deployPlan, warnings: ['WebTask has no <image_tag>.'] } },
  'stage.started': { type: 'stage.started', title: 'Update the services', steps: [step.id] },
  'step.started': { type: 'step.started', ...step },
  'step.finished': { type: 'step.finished', ...step, result: 'web:8' },
  'step.skipped': { type: 'step.skipped', ...step, reason: 'web:1 is still used' },
  'step.failed': {
    type: 'step.failed',
    ...step,
    problem,
    forensics: {
      stoppedTasks: [
        {
          stoppedReason: 'Essential container in task exited',
          count: 1,
          taskArns: ['arn:aws:ecs:eu-west-1:123456789012:task/c/0f3a'],
          containers: [container],
        },
      ],
      logs: [
        { container: 'web', taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/c/0f3a', lines: ['no memory left'] },
        {
          container: 'proxy',
          taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/c/0f3a9c21d54b4a55',
          lines: [],
          note: 'container proxy logs with fluentd, which ecs-task cannot read',
        },
      ],
      targets: [
        {
          targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067',
          target: '10.0.0.7:8080',
          state: 'unhealthy',
          reason: 'Target.ResponseCodeMismatch',
          description: 'Health checks failed with these codes: [503]',
        },
      ],
      unmet: ['running 1 of 2'],
      next: 'tsx web.ts status',
    },
  },
  'call.finished': {
    type: 'call.finished',
    client: 'ecs',
    method: 'updateService',
    input: { service: 'web' },
    result: { createdAt: new Date(0) },
  },
  'call.failed': {
    type: 'call.failed',
    client: 'ecs',
    method: 'updateService',
    input: { service: 'web' },
    error: { name: 'ServerException', message: 'Internal' },
  },
  'call.retried': {
    type: 'call.retried',
    client: 'ecs',
    method: 'updateService',
    error: { name: 'ThrottlingException', message: 'Rate exceeded' },
    milliseconds: 5_000,
  },
  'service.progressed': {
    type: 'service.progressed',
    step: step.id,
    cluster: 'my_cluster',
    service: 'web',
    deploymentId: 'ecs-svc/2',
    desired: 2,
    running: 1,
    pending: 1,
    failed: 3,
    others: 2,
    rolloutState: 'FAILED',
    lifecycleStage: 'BAKE_TIME',
  },
  'service.reported': {
    type: 'service.reported',
    step: step.id,
    cluster: 'my_cluster',
    service: 'web',
    message: '(service web) has started 1 tasks: (task 0f3a).',
    reportedAt: '2026-01-15T12:00:00.000Z',
  },
  'task.progressed': {
    type: 'task.progressed',
    step: step.id,
    taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/c/0f3a',
    lastStatus: 'STOPPED',
    containers: [container],
  },
  'instance.progressed': {
    type: 'instance.progressed',
    step: step.id,
    group: 'web-asg',
    instanceId: 'i-0123456789abcdef0',
    state: 'DRAINING',
    tasks: 2,
  },
  'log.received': {
    type: 'log.received',
    step: step.id,
    taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/c/0f3a',
    container: 'web',
    message: 'Traceback:\n  File "manage.py"\n',
    loggedAt: '2026-01-15T12:00:00.000Z',
  },
  'deployment.paused': {
    type: 'deployment.paused',
    step: step.id,
    cluster: 'my_cluster',
    service: 'web',
    lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
    command: 'tsx web.ts continue',
  },
  'lock.waiting': {
    type: 'lock.waiting',
    lock: 's3://locks/eu-west-1/services/my_cluster/web.json',
    of: 'my_cluster/web',
    holder: 'alice (CI)',
    command: 'deploy v1',
    since: '2026-01-15T12:00:00.000Z',
    until: '2026-01-15T12:01:00.000Z',
    run: 'https://ci.example.com/runs/7',
    milliseconds: 600_000,
  },
  'local.provisioned': { type: 'local.provisioned', made: ['cluster my_cluster', 'service my_cluster/web'] },
  'run.interrupted': { type: 'run.interrupted', because: { code: 'Interrupted', what: 'Interrupted by SIGINT.' } },
  'undo.started': { type: 'undo.started', because: problem },
  'undo.finished': { type: 'undo.finished', restored: false, left: ['service web'] },
  'warning.raised': { type: 'warning.raised', text: 'No notification could be published.' },
  'run.finished': {
    type: 'run.finished',
    outcome: 'halfDone',
    exitCode: 3,
    summary: 'Deploy v1 failed.',
    milliseconds: 5_000,
    problem,
    left: ['service web'],
  },
}

export const at = '2026-01-15T12:34:56.000Z'

/** Each event after a start, in a log of its own. */
export const shortLogs: readonly (readonly [type: RunEvent['type'], log: readonly ToldEvent[]])[] = Object.values(
  everyEvent,
).map((event) => [
  event.type,
  [everyEvent['run.started'], everyEvent['step.started'], event].map((one) => ({ ...one, at })),
])

/** The members that hold our own words, which nobody else can write into. */
const ownWords = new Set(['type', 'at', 'command', 'client', 'method', 'code', 'outcome', 'reportedAt', 'loggedAt'])

/** The same value with `text` at the end of every string that comes from outside. */
export function spoilt<T>(value: T, text: string): T {
  const walk = (one: unknown, key = ''): any => {
    if (typeof one === 'string') return ownWords.has(key) ? one : one + text
    if (one instanceof Reference) return new Reference(one.step + text, one.what + text)
    if (one instanceof Date || one === null || typeof one !== 'object') return one
    if (Array.isArray(one)) return one.map((item) => walk(item))
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, walk(member, name)]))
  }
  return walk(value)
}
