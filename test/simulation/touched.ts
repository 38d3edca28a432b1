import { isChange } from '../../src/aws/aws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { Sent } from './record.ts'

/** What was changed, by key: services, targets (`bus/rule/id`), schedules (`group/name`) and revisions (ARN). */
export interface Touched {
  readonly services: ReadonlySet<string>
  readonly targets: ReadonlySet<string>
  readonly schedules: ReadonlySet<string>
  readonly revisions: ReadonlySet<string>
  /** Services whose deployment was let go on at a PAUSE hook. */
  readonly continued: ReadonlySet<string>
  /** Services that were deleted. */
  readonly deleted: ReadonlySet<string>
}

/** What these requests have changed in AWS, whichever client sent them. */
export function touchedBy(sent: readonly Sent[]): Touched {
  const services = new Set<string>()
  const targets = new Set<string>()
  const schedules = new Set<string>()
  const revisions = new Set<string>()
  const continued = new Set<string>()
  const deleted = new Set<string>()
  for (const { method, input, answer, acted } of sent) {
    if (!acted) continue
    if (method === 'updateService' || method === 'deleteService') services.add(serviceKey(input))
    if (method === 'deleteService') deleted.add(serviceKey(input))
    if (method === 'stopTask' && answer?.['task']?.group?.startsWith('service:')) {
      services.add(`${nameOf(answer['task'].clusterArn)}/${answer['task'].group.slice('service:'.length)}`)
    }
    if (method === 'continueServiceDeployment' && input['action'] !== 'ROLLBACK')
      continued.add(input['serviceDeploymentArn'].split('/').slice(1, 3).join('/'))
    if (isStop({ method, input })) services.add(`${answer?.['serviceDeploymentArn']?.split('/').slice(1, 3).join('/')}`)
    if (method === 'updateSchedule' || method === 'deleteSchedule') schedules.add(scheduleKey(input))
    const rule = `${input['EventBusName'] ?? 'default'}/${nameOf(input['Rule'] ?? '')}`
    const failed = new Set((answer?.['FailedEntries'] ?? []).map((one: Unchecked) => one['TargetId']))
    if (method === 'putTargets')
      for (const { Id } of input['Targets']) if (!failed.has(Id)) targets.add(`${rule}/${Id}`)
    if (method === 'removeTargets') for (const id of input['Ids']) if (!failed.has(id)) targets.add(`${rule}/${id}`)
    const revision: string | undefined = answer?.['taskDefinition']?.taskDefinitionArn
    if ((method === 'registerTaskDefinition' || method === 'deregisterTaskDefinition') && revision)
      revisions.add(revision)
  }
  return { services, targets, schedules, revisions, continued, deleted }
}

/** Whether ECS is told to take a deployment back. */
export const isStop = ({ method, input }: Pick<Sent, 'method' | 'input'>): boolean =>
  method === 'stopServiceDeployment' || (method === 'continueServiceDeployment' && input['action'] === 'ROLLBACK')

export const isWrite = ({ method }: Sent): boolean =>
  method === 'deleteService' || method === 'deleteSchedule' || isChange(method)

export const serviceKey = ({ cluster = 'default', service = '' }: Unchecked): string =>
  `${nameOf(cluster)}/${nameOf(service)}`
export const scheduleKey = ({ GroupName = 'default', Name = '' }: Unchecked): string => `${GroupName}/${Name}`
export const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
