/** Plans how a service scales: its scalable target, policies and scheduled actions. */
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling'
import { targetNameOf } from '../../deploy/scaling/scalableTargets.ts'
import { Reference, type Step } from '../../engine/step.ts'
import type { AutoScaling } from '../stack.ts'
import type { WantedService } from '../desired.ts'
import type { Found } from '../found.ts'
import type { Attachments } from '../serviceDifferences.ts'
import { countOf, hasSettings } from '../recreation.ts'
import { deleteScalingPolicy } from '../steps/deleteScalingPolicy.ts'
import { deleteScheduledAction } from '../steps/deleteScheduledAction.ts'
import { deregisterScalableTarget } from '../steps/deregisterScalableTarget.ts'
import { labelTargetGroup } from '../steps/describeTargetGroups.ts'
import { type Range, registerScalableTarget } from '../steps/registerScalableTarget.ts'
import { changesOf, ofNewService, type Work } from '../work.ts'
import { actionSteps } from './actionWork.ts'
import { scalingAgain } from './again.ts'
import type { FoundScaling } from './findScaling.ts'
import { isOurs, metricOf, namesOfOthers, ofOthers, placeOf } from './ours.ts'
import { policySteps } from './policyWork.ts'
import { requestLabel } from './requestLabel.ts'
import { byRequestsTo, deadPolicies, groupsLeft, relabelled, relabelling } from './requestsOfOthers.ts'

/** What leads requests to a service: the ARN of the load balancer, and what ECS is told of the target group. */
export interface RequestPath {
  readonly balancer: string | Reference | undefined
  readonly loadBalancers: Attachments['loadBalancers']
}

/**
 * The work for a service that is to scale, one policy after another: AWS takes one change of a scalable target at a time. Of a
 * service that is created `again` all of it is said again, as AWS may forget it with the service.
 */
export function scalingWork(
  found: Found,
  service: string,
  scaling: AutoScaling,
  { again: isAgain, ...requests }: RequestPath & { readonly again: boolean },
): Work {
  const of = targetNameOf({ cluster: found.cluster, service })
  const existing = found.scaling.get(service)
  const { changes, scheduled, ...range } = rangeOf(existing?.target, scaling, isAgain)
  const undo = [deregisterScalableTarget(of)]
  const register = changes.length > 0 ? [registerScalableTarget(of, range, { changes, undo })] : []
  const theirs = requestsOfOthers(found, service, requests)
  const isWanted = scaling.requestsPerTarget !== undefined
  const { label, steps: look, problems } = isWanted ? labelOf(service, requests) : theirs
  const policies = policySteps(of, existing?.policies ?? [], { scaling, label, again: isAgain })
  const others = existing ? namesOfOthers(existing) : []
  const [, ...again] =
    existing && isAgain ? scalingAgain(found, service, ofOthers(existing), theirs.asNew) : [undefined]
  return {
    steps: {
      scaling: [...register, ...look],
      policies: inTurn([
        ...policies,
        ...actionSteps(of, existing?.actions ?? [], { wanted: scaling.scheduled, again: isAgain }),
        ...(isAgain ? again : theirs.moving),
      ]),
    },
    problems,
    warnings: [
      ...theirs.warnings,
      ...(existing && isAgain ? arnsOf(service, existing) : []),
      ...(others.length > 0
        ? [
            `Auto scaling of service ${service} also has ${others.join(', ')}, which ${others.length === 1 ? 'stays' : 'stay'}.`,
          ]
        : []),
      ...(scheduled.length > 0
        ? [`A scheduled action has set ${scheduled.join(', ')} of service ${service}; it stays.`]
        : []),
    ],
  }
}

/**
 * What differs of the range, as it is and as it is to be. A value that a scheduled action of the file sets is as wanted: the last
 * one that was due has set it.
 */
function rangeOf(
  target: ScalableTarget | undefined,
  scaling: AutoScaling,
  again: boolean,
): { before: Range | undefined; after: Range; changes: string[]; scheduled: string[] } {
  const whole = { MinCapacity: scaling.min, MaxCapacity: scaling.max }
  const { MinCapacity, MaxCapacity } = target ?? {}
  const isSet = (member: 'min' | 'max', value: number | undefined): boolean =>
    value !== undefined && scaling.scheduled.some((action) => action[member] === value)
  const [minStays, maxStays] = [isSet('min', MinCapacity), isSet('max', MaxCapacity)]
  const after = {
    ...(!minStays && MinCapacity !== scaling.min && { MinCapacity: scaling.min }),
    ...(!maxStays && MaxCapacity !== scaling.max && { MaxCapacity: scaling.max }),
  }
  const [min, max] = [after.MinCapacity ?? MinCapacity ?? 0, after.MaxCapacity ?? MaxCapacity ?? 0]
  // Beside what a scheduled action has set, it may be no range.
  const differing = min > max ? whole : after
  const suspended = target?.SuspendedState && { SuspendedState: target.SuspendedState }
  const wanted = again ? { MinCapacity: min, MaxCapacity: max, ...differing, ...suspended } : differing
  const changes = changesOf({
    'auto_scaling.min': [MinCapacity, wanted.MinCapacity ?? MinCapacity],
    'auto_scaling.max': [MaxCapacity, wanted.MaxCapacity ?? MaxCapacity],
  })
  const before = {
    ...('MinCapacity' in wanted && MinCapacity !== undefined && { MinCapacity }),
    ...('MaxCapacity' in wanted && MaxCapacity !== undefined && { MaxCapacity }),
  }
  const kept = changesOf({
    'auto_scaling.min': [scaling.min, minStays ? MinCapacity : scaling.min],
    'auto_scaling.max': [scaling.max, maxStays ? MaxCapacity : scaling.max],
  })
  return {
    before: target && before,
    after: wanted,
    changes: target && again && changes.length === 0 ? [ofNewService] : changes,
    scheduled: differing === whole ? [] : kept,
  }
}

/** Each needs the one before. */
function inTurn(steps: readonly Step[]): Step[] {
  return steps.map((step, index) => (index === 0 ? step : { ...step, needs: [steps[index - 1]!.id] }))
}

/** The label of the requests, and the step that looks it up where the load balancer or the target group is yet to be made. */
function labelOf(
  service: string,
  { balancer, loadBalancers: [{ targetGroupArn: targetGroup } = {}] }: RequestPath,
): { label: string | Reference | undefined; steps: Step[]; problems: string[] } {
  if (balancer === undefined || targetGroup === undefined) return { label: undefined, steps: [], problems: [] }
  if (typeof balancer === 'string' && typeof targetGroup === 'string') {
    const problem = `${service}: auto_scaling.requests_per_target needs an Application Load Balancer, not ${balancer}.`
    const isOne = balancer.includes(':loadbalancer/app/')
    return { label: requestLabel(balancer, targetGroup), steps: [], problems: isOne ? [] : [problem] }
  }
  const name =
    typeof targetGroup === 'string'
      ? (targetGroup.split('/')[1] ?? '')
      : targetGroup.what.replace('the ARN of target group ', '')
  const look = labelTargetGroup(targetGroup, name)
  return { label: new Reference(look.id, `the label of target group ${name}`), steps: [look], problems: [] }
}

/** What becomes of policies of others that go by a target group which the service leaves. */
function requestsOfOthers(found: Found, service: string, requests: RequestPath) {
  const left = groupsLeft(found, service, requests.loadBalancers)
  const policies = byRequestsTo(left, found, service)
  const { label: any, steps: look, problems } = labelOf(service, requests)
  const label = problems.length > 0 ? undefined : any
  const warnings = deadPolicies(left, found, { service, label })
  const none = { label, steps: [], problems: [], warnings, moving: [], asNew: undefined }
  if (policies.length === 0 || label === undefined) return none
  const of = targetNameOf({ cluster: found.cluster, service })
  const asNew = (input: Parameters<typeof relabelled>[0]) => relabelled(input, left, label)
  return { ...none, steps: look, moving: relabelling(of, policies, { left, label }), asNew }
}

/** Whether Application Auto Scaling decides how many tasks a service has, also where somebody else has set that up. */
function isScaled(found: Found, service: string, scaling: AutoScaling | undefined): boolean {
  const existing = found.scaling.get(service)
  if (scaling) return true
  return existing !== undefined && (!isOurs(existing) || namesOfOthers(existing).length > 0)
}

/**
 * A service with as many tasks as Application Auto Scaling has given it, where that decides, also where the service is created
 * again. Daemons have no such number.
 */
export function withCount(found: Found, wanted: WantedService, scaling: AutoScaling | undefined): WantedService {
  const existing = found.services.get(wanted.serviceName)
  if (!existing || wanted.desiredCount === undefined || existing.schedulingStrategy === 'DAEMON') return wanted
  const isGiven = hasSettings(existing) && isScaled(found, wanted.serviceName, scaling)
  return isGiven ? { ...wanted, ...countOf(existing, wanted) } : wanted
}

/**
 * The work for a service that the stack does not say how to scale: what it once set up goes, what others have stays. Where
 * the service is created again as `next`, that is set again, as AWS forgets it with the service.
 */
export function noScalingWork(found: Found, service: string, requests?: RequestPath, next?: WantedService): Work {
  const existing = found.scaling.get(service)
  if (!existing) return { steps: {} }
  const theirs = requests && requestsOfOthers(found, service, requests)
  const { MinCapacity, MaxCapacity } = existing.target
  const removals = isOurs(existing) ? removalsOf(found, service) : []
  const isKept = isScaled(found, service, undefined)
  const isLost = next?.schedulingStrategy === 'DAEMON'
  const [target, ...again] =
    isKept && next && !isLost ? scalingAgain(found, service, ofOthers(existing), theirs?.asNew) : []
  const policies = target ? again : next ? [] : (theirs?.moving ?? [])
  const look = policies.length > 0 ? (theirs?.steps ?? []) : []
  const gives = `Application Auto Scaling gives service ${service} ${MinCapacity} to ${MaxCapacity} tasks`
  const lost = 'The file does not set it; it is lost with the service that is replaced, since a DAEMON does not scale.'
  const isCounted = next !== undefined && found.services.get(service)?.status !== 'ACTIVE'
  const count = isCounted ? `It begins with ${next.desiredCount}.` : 'Its desired count is left alone.'
  const kept = `${gives}, which the file does not set. ${count}`
  return {
    steps: { removals, scaling: [...(target ? [target] : []), ...look], policies: inTurn(policies) },
    replaces: removals.map(({ title }) => `${service}: ${lowered(title)}, which is no longer in the stack.`),
    warnings: isKept
      ? [
          isLost ? `${gives}. ${lost}` : kept,
          ...(target ? arnsOf(service, existing) : []),
          ...(isLost ? [] : (theirs?.warnings ?? [])),
        ]
      : [],
  }
}

/** Step scaling is done by alarms of people, which call a policy by its ARN. */
function arnsOf(service: string, existing: FoundScaling): string[] {
  return ofOthers(existing).policies.flatMap(({ PolicyName, PolicyType }) =>
    PolicyType === 'StepScaling'
      ? `Scaling policy ${PolicyName} of service ${service} gets another ARN with the service that is replaced; point its alarms to that one.`
      : [],
  )
}

const lowered = (title: string): string => `${title[0]?.toLowerCase()}${title.slice(1)}`

function removalsOf(found: Found, service: string): Step[] {
  const of = targetNameOf({ cluster: found.cluster, service })
  const existing = found.scaling.get(service)!
  const changes = ['is no longer wanted']
  if (namesOfOthers(existing).length === 0) return [{ ...deregisterScalableTarget(of), changes }]
  return [
    ...existing.policies.flatMap(({ PolicyName: name = '' }) =>
      metricOf(name) ? [deleteScalingPolicy(of, name, { changes })] : [],
    ),
    ...existing.actions.flatMap(({ ScheduledActionName: name = '' }) =>
      placeOf(name) ? [deleteScheduledAction(of, name, { changes })] : [],
    ),
  ]
}

/** Takes services that are about to be deleted from auto scaling, whoever has set that up. */
export function deregistrations(found: Found, services: readonly string[]): Step[] {
  return services
    .filter((service) => found.scaling.has(service))
    .map((service) => ({
      ...deregisterScalableTarget(targetNameOf({ cluster: found.cluster, service })),
      changes: ['is no longer wanted'],
    }))
}
