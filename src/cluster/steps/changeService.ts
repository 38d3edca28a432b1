import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step } from '../../engine/step.ts'

/** Members of UpdateService's input that start no deployment. */
export type Settings = Pick<Input<'updateService'>, 'deploymentConfiguration' | 'placementConstraints' | 'desiredCount'>

/**
 * Changes settings of a service that start no deployment, and back again should the run fail. The revision is not among
 * what is sent: a service that is told the one that it runs already is deployed once more. With `wait` and a
 * `desiredCount` it waits until as many tasks run.
 */
export function changeService(
  of: { readonly cluster: string; readonly service: string },
  to: { readonly before: Service; readonly after: Settings; readonly wait: boolean },
  changes: readonly string[],
): Step<'updateService'> {
  const { before, after, wait } = to
  const stepOf = (id: string, title: string, settings: Settings): Step<'updateService'> => ({
    id,
    title,
    call: { method: 'updateService', input: { ...of, ...settings } },
    ...(settings.desiredCount !== undefined && {
      kind: 'scaleService' as const,
      ...(wait && { follow: 'count' as const }),
    }),
  })
  const was = Object.fromEntries(Object.keys(after).map((key) => [key, before[key as keyof Settings]]))
  const [key, name] = [serviceKey(of), nameOf(of.service)]
  return {
    ...stepOf(`changeService ${key}`, `Change service ${name} in ${nameOf(of.cluster)}`, after),
    changes,
    undo: [stepOf(`changeService ${key} back`, `Change service ${name} back`, was)],
  }
}
