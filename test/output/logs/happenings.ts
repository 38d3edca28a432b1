/** Short ways to write a log and the events that every log is full of. */
import type { RunEvent, ToldEvent } from '../../../src/engine/events.ts'
import type { Method } from '../../../src/aws/aws.ts'
import type { Step } from '../../../src/engine/step.ts'

const ecs = 'arn:aws:ecs:eu-west-1:123456789012'

type Head = Pick<Step, 'id' | 'kind' | 'subject' | 'title'>

/** Which step an event is about. */
export const head = ({ id, kind, subject, title }: Head, undoing = false) => ({
  id,
  kind,
  subject,
  title,
  undoing,
})

export const started = (step: Head, undoing = false): RunEvent => ({ type: 'step.started', ...head(step, undoing) })

export const finished = (step: Head, result?: string, undoing = false): RunEvent => ({
  type: 'step.finished',
  ...head(step, undoing),
  ...(result !== undefined && { result }),
})

export const stage = (title: string, ...steps: readonly Pick<Step, 'id'>[]): RunEvent => ({
  type: 'stage.started',
  title,
  steps: steps.map(({ id }) => id),
})

/** The counts of a service: `running/desired`, and whatever differs from a quiet rollout. */
export const progressed = (
  step: string,
  service: string,
  counts: Partial<Record<'desired' | 'running' | 'pending' | 'failed' | 'others', number>>,
  rolloutState = 'IN_PROGRESS',
): RunEvent => ({
  type: 'service.progressed',
  step,
  cluster: 'my_cluster',
  service,
  deploymentId: 'ecs-svc/2222222222222222222',
  desired: 2,
  running: 0,
  pending: 0,
  failed: 0,
  others: 0,
  rolloutState,
  ...counts,
})

export const reported = (step: string, service: string, message: string): RunEvent => ({
  type: 'service.reported',
  step,
  cluster: 'my_cluster',
  service,
  message: `(service ${service}) ${message}`,
  reportedAt: '2026-01-15T12:00:00.000Z',
})

export const task = (lastStatus: string, container: { exitCode?: number; reason?: string } = {}): RunEvent => ({
  type: 'task.progressed',
  step: 'runTask WebTask/0',
  taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/0f3a9c21d5',
  lastStatus,
  containers: [{ name: 'web', lastStatus, ...container }],
})

export const logged = (message: string): RunEvent => ({
  type: 'log.received',
  step: 'runTask WebTask/0',
  taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/0f3a9c21d5',
  container: 'web',
  message,
  loggedAt: '2026-01-15T12:00:06.000Z',
})

/** The answer to a call. */
export const answered = (method: Method, result: object, input: object = {}): RunEvent => ({
  type: 'call.finished',
  client: 'ecs',
  method,
  input,
  result,
})

/** What DescribeServices answers of services that run a revision: `web:7`. */
export const described = (...services: readonly (readonly [name: string, revision: string])[]): RunEvent =>
  answered('describeServices', { services: services.map(([name, revision]) => serviceOf(name, revision)) })

/** A service as ECS answers with it. */
export const serviceOf = (serviceName: string, revision: string): object => ({
  serviceName,
  serviceArn: `${ecs}:service/my_cluster/${serviceName}`,
  clusterArn: `${ecs}:cluster/my_cluster`,
  status: 'ACTIVE',
  taskDefinition: `${ecs}:task-definition/${revision}`,
})

/** What DescribeTaskDefinition and RegisterTaskDefinition answer of a revision with these images. */
export const revisionOf = (revision: string, images: Readonly<Record<string, string>>): object => ({
  taskDefinition: {
    taskDefinitionArn: `${ecs}:task-definition/${revision}`,
    containerDefinitions: Object.entries(images).map(([name, image]) => ({ name, image })),
  },
})

/** Events with the second after 12:00:00 UTC at which each is told. */
export function told(...events: readonly (readonly [second: number, event: RunEvent])[]): ToldEvent[] {
  return events.map(([second, event]) => ({
    ...event,
    at: new Date(Date.UTC(2026, 0, 15, 12, 0, second)).toISOString(),
  }))
}
