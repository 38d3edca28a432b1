/** Plans the scheduled actions of a service. */
import { isRate } from '../../ground/schedule.ts'
import type { ScheduledAction } from '@aws-sdk/client-application-auto-scaling'
import type { TargetName } from '../../deploy/scaling/scalableTargets.ts'
import { defined } from '../../ground/defined.ts'
import type { PlannedInput, Step } from '../../engine/step.ts'
import type { ScheduledScaling } from '../stack.ts'
import { deleteScheduledAction } from '../steps/deleteScheduledAction.ts'
import { putScheduledAction } from '../steps/putScheduledAction.ts'
import { asWayBack, changesOf, ofNewService } from '../work.ts'
import { actionName, placeOf } from './ours.ts'

/** Sets those that differ and deletes those of ours that are no longer wanted. */
export function actionSteps(
  of: TargetName,
  existing: readonly ScheduledAction[],
  { wanted, again }: { readonly wanted: readonly ScheduledScaling[]; readonly again: boolean },
): Step[] {
  const old = existing.filter(({ ScheduledActionName }) => (placeOf(ScheduledActionName) ?? 0) > wanted.length)
  return [
    ...wanted.flatMap((one, index) => setStep(of, existing, { one, place: index + 1, again })),
    ...old.map((action) =>
      deleteScheduledAction(of, action.ScheduledActionName ?? '', {
        changes: [`auto_scaling.scheduled: ${action.Schedule} → nothing`],
        undo: [putScheduledAction(actionInput(of, action), { undo: [] })],
      }),
    ),
  ]
}

function setStep(
  of: TargetName,
  existing: readonly ScheduledAction[],
  { one, place, again }: { readonly one: ScheduledScaling; readonly place: number; readonly again: boolean },
): Step[] {
  const name = actionName(place)
  const before = existing.find(({ ScheduledActionName }) => ScheduledActionName === name)
  const isZoned = !isRate(one.schedule)
  const path = `auto_scaling.scheduled.${place}`
  const changes = changesOf({
    [`${path}.schedule`]: [before?.Schedule, one.schedule],
    ...(isZoned && { [`${path}.timezone`]: [before ? (before.Timezone ?? 'UTC') : undefined, one.timezone] }),
    [`${path}.min`]: [before?.ScalableTargetAction?.MinCapacity, one.min],
    [`${path}.max`]: [before?.ScalableTargetAction?.MaxCapacity, one.max],
    [`${path}.start`]: [before?.StartTime?.toISOString(), undefined],
    [`${path}.end`]: [before?.EndTime?.toISOString(), undefined],
  })
  if (changes.length === 0 && !again) return []
  const input: PlannedInput<'putScheduledAction'> & TargetName = {
    ...of,
    ScheduledActionName: name,
    Schedule: one.schedule,
    // AWS keeps the time zone that is not sent.
    ...(isZoned && { Timezone: one.timezone }),
    ScalableTargetAction: defined({ MinCapacity: one.min, MaxCapacity: one.max }),
  }
  const undo = before
    ? asWayBack(putScheduledAction(actionInput(of, before), { undo: [] }))
    : deleteScheduledAction(of, name)
  return [putScheduledAction(input, { changes: changes.length > 0 ? changes : [ofNewService], undo: [undo] })]
}

/** PutScheduledAction's input of an action as it was read. */
export function actionInput(of: TargetName, action: ScheduledAction): PlannedInput<'putScheduledAction'> & TargetName {
  const { ScheduledActionName, Schedule, Timezone = 'UTC', StartTime, EndTime, ScalableTargetAction } = action
  const isZoned = Schedule !== undefined && !isRate(Schedule)
  return {
    ...of,
    ScheduledActionName,
    Schedule,
    ...(isZoned && { Timezone }),
    ...(StartTime && { StartTime }),
    ...(EndTime && { EndTime }),
    ...(ScalableTargetAction && { ScalableTargetAction }),
  }
}
