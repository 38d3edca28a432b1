// A schedule starts tasks, by a role.
import { isRate } from '../../../ground/schedule.ts'
import { about, isTask, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, numberAt, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

const keys = ['schedule', 'schedule_timezone', 'schedule_role_arn']

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export function schedulesStartTasks({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => (isTask(service) ? ofTask(service) : ofService(service)))
}

function ofService({ node }: Service): Finding[] {
  return keys
    .flatMap((key) => at(node, key) ?? [])
    .map((found) => about(found, 'is for tasks, and a service runs on; leave it out, or say type: task'))
}

function ofTask({ node }: Service): Finding[] {
  const schedule = at(node, 'schedule')
  const [timezone, role] = [at(node, 'schedule_timezone'), at(node, 'schedule_role_arn')]
  if (!schedule) {
    return [timezone, role].flatMap((found) =>
      found ? [about(found, 'has no effect without schedule; leave it out, or add schedule')] : [],
    )
  }
  const isZoneless = isRate(textAt(node, 'schedule'))
  const needed = 'needs schedule_role_arn, the role with which EventBridge Scheduler starts the task'
  const count = at(node, 'desired_count')
  return [
    ...(role ? [] : [about(schedule, needed)]),
    ...(isZoneless && timezone ? [about(timezone, 'has no effect on rate(…); leave it out')] : []),
    ...(count && numberAt(node, 'desired_count') === 0 ? [about(count, 'a schedule starts at least 1 task')] : []),
  ]
}
