// CloudWatch alarms that fail a deployment.
import type { ServiceDeploymentAlarms } from '@aws-sdk/client-ecs'
import type { Context, Wire } from '../../world/operation.ts'
import { wake } from '../../world/wake.ts'
import type { Region } from '../../world/world.ts'
import type { ShownDeploymentConfiguration, ShownServiceDeployment } from '../shown/records.ts'
import type { Failure } from './failure.ts'
import { ongoing } from './serviceDeployment.ts'

/** A moment until ECS has noticed. */
const noticing = 1000

/**
 * Brings a CloudWatch alarm into a state. One that goes to ALARM fails the service deployments under way that watch it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function setAlarm({ region, now }: Context, name: string, state: 'ALARM' | 'OK'): void {
  const goesOff = state === 'ALARM' && region.alarms[name] !== 'ALARM'
  region.alarms[name] = state
  if (!goesOff) return
  for (const record of Object.values(region.services)) {
    for (const rollout of Object.values(record.rollouts)) {
      const alarms = ongoing(region, rollout)?.alarms
      if (alarms?.status !== 'MONITORING' || !alarms.alarmNames?.includes(name)) continue
      alarms.triggeredAlarmNames = [...(alarms.triggeredAlarmNames ?? []), name]
      wake(record, now + noticing)
    }
  }
}

/**
 * How a service deployment that begins now watches its alarms. If one of them is in ALARM already, none of them counts
 * for this deployment.
 */
export function alarmsAtStart(region: Region, { alarms }: ShownDeploymentConfiguration): Wire<ServiceDeploymentAlarms> {
  if (!alarms.enable) return { status: 'DISABLED' }
  const { alarmNames } = alarms
  const isOff = alarmNames.every((name) => region.alarms[name] !== 'ALARM')
  return { status: isOff ? 'MONITORING' : 'DISABLED', alarmNames, triggeredAlarmNames: [] }
}

/** The failure that an alarm has found in a service deployment, if there is one. AWS does not document its statusReason. */
export function alarmFailure({ alarms, deploymentConfiguration }: ShownServiceDeployment): Failure | undefined {
  const { status, triggeredAlarmNames = [] } = alarms
  if (status !== 'MONITORING' || triggeredAlarmNames.length === 0) return undefined
  return {
    by: 'ECS deployment alarm',
    what: 'alarm detected.',
    because: `because of alarms in the ALARM state: ${triggeredAlarmNames.join(', ')}.`,
    rollback: deploymentConfiguration.alarms.rollback,
    monitor: 'alarms',
  }
}
