/** UpdateService with settings that start no deployment, such as placement constraints. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import { settingsBefore } from '../../deploy/settingsBefore.ts'
import { deletedSince, serviceNow, updateExisting } from '../../rollout/deletedService.ts'
import { followScaling, shownCount } from '../../rollout/followScaling.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { stopAndGoBack } from '../../deploy/goneBack.ts'
import type { InPlaceMember } from '../serviceSettings.ts'

export interface ChangeService extends StepKind {
  readonly name: 'changeService'
  readonly method: 'updateService'
  readonly subject: 'service'
  readonly params: {
    /** Whether it changes the number of tasks. */
    readonly scales: boolean
  }
  readonly undo: 'changeService'
}

/** Members of UpdateService's input that start no deployment. */
type ServiceSettings = Pick<Input<'updateService'>, InPlaceMember | 'desiredCount'>

/**
 * Changes settings of a service that start no deployment; undone by changing them back. The call does not name the
 * revision: beside a setting even the one that the service runs already may start a deployment. With `wait` and a `desiredCount`, the step
 * waits until the service is steady.
 */
export function changeService(
  of: { readonly cluster: string; readonly service: string },
  to: { readonly before: Service; readonly after: ServiceSettings; readonly wait: boolean },
  changes: readonly string[],
): Step<ChangeService> {
  const { before, after, wait } = to
  const wasWhole = before.runningCount === before.desiredCount
  const [called, name, cluster] = [serviceKey(of), nameOf(of.service), nameOf(of.cluster)]
  const stepOf = (id: string, title: string, settings: ServiceSettings, follows: boolean): Step<ChangeService> => {
    const scales = settings.desiredCount !== undefined
    return {
      kind: 'changeService',
      id,
      title,
      subject: { type: 'service', cluster, service: name },
      call: { method: 'updateService', input: { ...of, ...settings } },
      ...(scales && follows && { follow: 'count' as const }),
      params: { scales },
    }
  }
  const was = settingsBefore({ ...of, ...after }, before)
  return {
    ...stepOf(`changeService ${called}`, `Change service ${name} in ${cluster}`, after, wait),
    changes,
    undo: [stepOf(`changeService ${called} back`, `Change service ${name} back`, was, wasWhole)],
  }
}

export const changeServiceHandler: StepHandler<ChangeService> = {
  perform: async (_step, input, context) => ({ answer: await updateExisting(input, context) }),
  follow: ({ id }, { service }, context) => followScaling({ step: id, service }, context),
  result: ({ service }, { params }) => (params.scales ? shownCount(service) : nameOf(service?.taskDefinition ?? '')),
  stop: stopAndGoBack,
  takenOver: async (_step, input, context) => deletedSince(await serviceNow(input, context)),
}
