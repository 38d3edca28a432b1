// What Auto Scaling refuses in an input about a group, its instances or its processes.
import type {
  LaunchTemplateOverrides,
  LaunchTemplateSpecification,
  ScalingProcessQuery,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling'
import { AwsFault } from '../world/fault.ts'
import { violation } from '../wire/violation.ts'
import type { Wire } from '../world/operation.ts'
import { terminationPolicies } from './scaleIn.ts'
import type { Loosely } from '../world/wire.ts'
import type { AutoScalingGroup, AutoScalingGroupRecord, AutoScalingInstance } from '../world/world.ts'

/** Refuses an input that names no launch configuration, launch template or mixed instances policy, or several of them. */
export function checkLaunchSource(input: Loosely<Wire<UpdateAutoScalingGroupType>>): void {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = input
  const given = [LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy].filter((each) => each !== undefined)
  if (given.length !== 1) {
    const message =
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.'
    throw new AwsFault('ValidationError', message)
  }
  const { LaunchTemplateSpecification, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {}
  const overriding = Overrides.map((override) => override.LaunchTemplateSpecification)
  for (const specification of [LaunchTemplate, LaunchTemplateSpecification, ...overriding])
    checkSpecified(specification)
  checkWeights(Overrides)
}

function checkSpecified(specification: Wire<LaunchTemplateSpecification> | undefined): void {
  if (!specification) return
  const { LaunchTemplateId, LaunchTemplateName } = specification
  if ((LaunchTemplateId === undefined) !== (LaunchTemplateName === undefined)) return
  const message = 'Valid requests must contain either launchTemplateId or LaunchTemplateName'
  throw new AwsFault('ValidationError', message)
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html */
function checkWeights(overrides: readonly Wire<LaunchTemplateOverrides>[]): void {
  for (const { WeightedCapacity: weight = '1' } of overrides) {
    if (/^[1-9]\d{0,2}$/.test(weight)) continue
    throw new AwsFault('ValidationError', `The weighted capacity ${weight} is not a number from 1 to 999.`)
  }
}

type Sizes = Pick<AutoScalingGroup, 'MinSize' | 'MaxSize' | 'DesiredCapacity'>

/** Refuses sizes of a group that contradict each other. */
export function checkSizes({ MinSize, MaxSize, DesiredCapacity }: Sizes): void {
  for (const [name, size] of Object.entries({ minSize: MinSize, maxSize: MaxSize, desiredCapacity: DesiredCapacity })) {
    if (Number.isInteger(size) && size >= 0) continue
    throw new AwsFault('ValidationError', violation(name, size, 'have value greater than or equal to 0'))
  }
  if (MaxSize < MinSize) {
    const message = `Max bound, ${MaxSize}, must be greater than or equal to min bound, ${MinSize}`
    throw new AwsFault('ValidationError', message)
  }
  if (DesiredCapacity >= MinSize && DesiredCapacity <= MaxSize) return
  const message = `Desired capacity:${DesiredCapacity} must be between the specified min size:${MinSize} and max size:${MaxSize}`
  throw new AwsFault('ValidationError', message)
}

export function checkTerminationPolicies(policies: readonly string[]): void {
  const strange = policies.find((policy) => !terminationPolicies.includes(policy))
  if (strange === undefined) return
  throw new AwsFault('ValidationError', `The termination policy ${strange} is not one that the local AWS has.`)
}

/**
 * Refuses to change the desired capacity of a group by so many instances where that leads out of its bounds: `task` is
 * what AWS calls what was asked for, `detach` or `place into standby`.
 */
export function checkRoom({ group }: AutoScalingGroupRecord, change: number, task: string): void {
  const { AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity } = group
  const wanted = DesiredCapacity + change
  if (wanted >= MinSize && wanted <= MaxSize) return
  const count = Math.abs(change)
  throw new AwsFault(
    'ValidationError',
    `AutoScalingGroup ${AutoScalingGroupName} has min-size=${MinSize}, max-size=${MaxSize}, and ` +
      `desired-size=${DesiredCapacity}. To ${task} ${count} instance${count === 1 ? '' : 's'}, please update the ` +
      'AutoScalingGroup sizes appropriately.',
  )
}

/** The instances of a group by id, each in one of those states; throws ValidationError. */
export function instancesIn(
  { group }: AutoScalingGroupRecord,
  ids: readonly string[],
  states?: readonly string[],
): AutoScalingInstance[] {
  if (ids.length === 0) throw new AwsFault('ValidationError', 'At least one instance ID must be specified.')
  return [...new Set(ids)].map((id) => {
    const found = group.Instances.find(({ InstanceId }) => InstanceId === id)
    if (!found) {
      const message = `The instance ${id} is not part of Auto Scaling group ${group.AutoScalingGroupName}.`
      throw new AwsFault('ValidationError', message)
    }
    if (!states || states.includes(found.LifecycleState)) return found
    throw new AwsFault('ValidationError', `The instance ${id} is not in ${states.join(' or ')}.`)
  })
}

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
export function processesIn({ ScalingProcesses: names = [] }: Wire<ScalingProcessQuery>): readonly string[] {
  const strange = names.filter((name) => !processes.includes(name))
  if (strange.length > 0) {
    throw new AwsFault('ValidationError', `Invalid scaling process(es): [${strange.join(', ')}]`)
  }
  return names.length > 0 ? names : processes
}
