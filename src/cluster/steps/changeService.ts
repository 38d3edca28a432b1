/** UpdateService with settings that start no deployment. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import { followScaling, shownCount } from '../../rollout/followScaling.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'
import { stopDeployment } from '../../rollout/stopDeployment.ts'

export interface ChangeService extends StepKind {
  readonly name: 'changeService'
  readonly method: 'updateService'
  readonly subject: 'service'
  readonly params: {
    /** Whether the number of tasks is among what it changes. */
    readonly scales: boolean
  }
  readonly undo: 'changeService'
}

/** Members of UpdateService's input that start no deployment. */
export type Settings = Pick<Input<'updateService'>, 'deploymentConfiguration' | 'placementConstraints' | 'desiredCount'>

/**
 * Changes settings of a service that start no deployment, and back again should the run fail. The revision is not among
 * what is sent: a service that is told the one that it runs already is deployed once more. With `wait` and a
 * `desiredCount` it waits until the service is steady.
 */
export function changeService(
  of: { readonly cluster: string; readonly service: string },
  to: { readonly before: Service; readonly after: Settings; readonly wait: boolean },
  changes: readonly string[],
): Step<ChangeService> {
  const { before, after, wait } = to
  const wasWhole = before.runningCount === before.desiredCount
  const [called, name, cluster] = [serviceKey(of), nameOf(of.service), nameOf(of.cluster)]
  const stepOf = (id: string, title: string, settings: Settings, follows: boolean): Step<ChangeService> => {
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
  const was = Object.fromEntries(Object.keys(after).map((key) => [key, before[key as keyof Settings]]))
  return {
    ...stepOf(`changeService ${called}`, `Change service ${name} in ${cluster}`, after, wait),
    changes,
    undo: [stepOf(`changeService ${called} back`, `Change service ${name} back`, was, wasWhole)],
  }
}

export const changeServiceHandler: StepHandler<ChangeService> = {
  perform: sends('updateService'),
  follow: ({ id }, { service }, context) => followScaling({ step: id, service }, context),
  result: ({ service }, { params }) => (params.scales ? shownCount(service) : nameOf(service?.taskDefinition ?? '')),
  stop: stopDeployment,
}
