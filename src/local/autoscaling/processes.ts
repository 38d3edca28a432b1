import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html */
const processes: readonly string[] = [
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'Launch',
  'ReplaceUnhealthy',
  'ScheduledActions',
  'Terminate',
]

/** The processes that an input names, or all of them where it names none; throws ValidationError. */
export function processesIn({ ScalingProcesses: names = [] }: Wire): readonly string[] {
  const strange = names.filter((name: string) => !processes.includes(name))
  if (strange.length > 0) {
    throw new AwsFault('ValidationError', `Invalid scaling process(es): [${strange.join(', ')}]`)
  }
  return names.length > 0 ? names : processes
}
