import type { Unchecked } from '../../src/local/world/wire.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import { regionOf } from './make.ts'
import type { Run, Sent } from './record.ts'
import type { Scenario } from './scenario.ts'
import { serviceKey } from './touched.ts'

/** A scenario that has been played. */
interface Played {
  readonly scenario: Scenario
  readonly runs: readonly Run[]
  readonly sent: readonly Sent[]
  readonly aws: LocalAws
}

/** How often what a scenario has drawn did come about, by name: a draw that comes to nothing proves nothing. */
export function happened({ scenario: { before }, runs, sent, aws }: Played): Record<string, number> {
  const counts: Record<string, number> = {}
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)
  const services = new Map(before.services.map((service) => [serviceKey(service), service]))
  for (const { run, method, input, acted } of sent) {
    if (run !== 'other' && acted && input['SuspendedState']?.DynamicScalingOutSuspended) count('suspended')
    if (run !== 'other' && acted && method === 'updateSchedule') count('updated: schedule')
    if (run === 'other' || !acted || method !== 'updateService') continue
    const service = services.get(serviceKey(input))
    if (service?.schedulingStrategy === 'DAEMON') count('updated: DAEMON')
    if (service?.loadBalancers?.length) count('updated: balanced')
    const strategy = service?.strategy?.['strategy']
    if (strategy) count(`updated: ${strategy}`)
    if (input['deploymentConfiguration']?.lifecycleHooks ?? service?.strategy?.['lifecycleHooks'])
      count('updated: with hooks')
    if (service?.capacityProviderStrategy) count('updated: of capacity providers')
    if (input['capacityProviderStrategy'] && input['forceNewDeployment']) count('sent: capacityProviderStrategy')
    if (input['loadBalancers']) count('sent: loadBalancers')
  }
  for (const { act, result, events } of runs) {
    if (act.keepGoing && result) {
      const lost = result.left.filter((line) => /^Task\d (failed|timed out|was )/.test(line)).length
      count(lost > 0 ? `kept going without ${lost}` : `kept going: exit ${result.exitCode}`)
    }
    if (act.of && result) count(`update: exit ${result.exitCode}`)
    if (act.maxInFlight !== undefined) count('limited in flight')
    if (act.locks && result) count(`locked: exit ${result.exitCode}`)
    if (events.some(({ type }) => type === 'lock.waiting')) count('waited for a lock')
    if (result?.problem?.what.includes('was lost')) count('lost a lock')
    if (act.until && result?.exitCode === 0) count(`until: ${act.until}`)
    if (result && result.exitCode !== 2 && (act.command === 'wait' || act.command === 'continue'))
      count(`${act.reject ? 'reject' : act.command}: exit ${result.exitCode}`)
  }
  for (const {
    serviceDeployment: { lifecycleHookDetails = [] },
  } of Object.values(regionOf(aws).serviceDeployments)) {
    for (const { targetType, status } of lifecycleHookDetails)
      if (status !== 'SUCCEEDED') count(`hook: ${targetType} ${status}`)
  }
  for (const { service } of Object.values(regionOf(aws).services)) {
    if (service['events'].some(({ message }: Unchecked) => message.includes('is unhealthy in (target-group'))) {
      count('targets unhealthy')
    }
  }
  return counts
}

/** Everything that it counts. */
export const happenings: readonly string[] = [
  'updated: DAEMON',
  'updated: balanced',
  'sent: loadBalancers',
  'until: draining',
  'targets unhealthy',
  'updated: BLUE_GREEN',
  'updated: LINEAR',
  'updated: CANARY',
  'updated: with hooks',
  'updated: of capacity providers',
  'sent: capacityProviderStrategy',
  'updated: schedule',
  'until: paused',
  'suspended',
  'update: exit 0',
  'update: exit 1',
  'wait: exit 0',
  'wait: exit 1',
  'wait: exit 3',
  'wait: exit 4',
  'continue: exit 0',
  'reject: exit 0',
  'hook: PAUSE AWAITING_ACTION',
  'hook: PAUSE TIMED_OUT',
  'hook: PAUSE FAILED',
  'hook: AWS_LAMBDA FAILED',
  'waited for a lock',
  'locked: exit 0',
]
