// Creates a scheduled action of a scalable target, or changes one: members left out stay, but for its times.
// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
import type { PutScheduledActionRequest } from '@aws-sdk/client-application-auto-scaling'
import type { Nothing, Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { ScheduledActionRecord } from '../../world/world.ts'
import { checkSchedule, plan } from '../scheduledAction.ts'
import { findTarget, invalid, keyOf } from '../scalableTarget.ts'

export const putScheduledAction: Operation<PutScheduledActionRequest, Nothing> = (
  input,
  { region, now, ids },
): Nothing => {
  const { ServiceNamespace, ResourceId, ScalableDimension } = findTarget(region, input)
  const { ScheduledActionName, StartTime, EndTime } = input
  const key = keyOf(input, ScheduledActionName)
  const existing = own(region.scheduledActions, key)
  const { Schedule = existing?.Schedule, Timezone = existing?.Timezone } = input
  if (Schedule === undefined) throw invalid('Schedule must be specified for a new scheduled action.')
  checkSchedule(Schedule, Timezone)
  const action = input.ScalableTargetAction ?? existing?.ScalableTargetAction
  if (action?.MinCapacity === undefined && action?.MaxCapacity === undefined) {
    throw invalid('At least one of MinCapacity and MaxCapacity must be specified in ScalableTargetAction.')
  }
  if ((action.MinCapacity ?? 0) > (action.MaxCapacity ?? Infinity)) {
    throw invalid('Maximum capacity cannot be less than minimum capacity')
  }
  const place = `arn:aws:autoscaling:${region.name}:${region.account}:scheduledAction:${ids.uuid()}`
  const record: ScheduledActionRecord = {
    ScheduledActionName,
    ScheduledActionARN:
      existing?.ScheduledActionARN ??
      `${place}:resource/${ServiceNamespace}/${ResourceId}:scheduledActionName/${ScheduledActionName}`,
    ServiceNamespace,
    ResourceId,
    ScalableDimension,
    Schedule,
    Timezone,
    StartTime,
    EndTime,
    ScalableTargetAction: action,
    CreationTime: existing?.CreationTime ?? now / 1000,
  }
  plan(record, now)
  region.scheduledActions[key] = record
  return {}
}
