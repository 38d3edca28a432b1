/** Reads how Application Auto Scaling scales the services of a stack. */
import type { ScalableTarget, ScalingPolicy, ScheduledAction } from '@aws-sdk/client-application-auto-scaling'
import type { Aws } from '../../aws/aws.ts'
import { isDenied } from '../../aws/denied.ts'
import type { Note } from '../../deploy/observeRevisions.ts'
import { readScalableTargets, serviceIn } from '../../deploy/scaling/scalableTargets.ts'
import { serviceKey } from '../../ground/names.ts'
import { whyUnreadable } from '../../rollout/missingPermission.ts'

/** The scalable target of a service, and what scales it. */
export interface FoundScaling {
  readonly target: ScalableTarget
  readonly policies: readonly ScalingPolicy[]
  readonly actions: readonly ScheduledAction[]
}

/**
 * By the name of the service. Where it may not be read, that is noted and done without, unless the stack `isWanted` to scale
 * services. Policies are read for the whole region: AWS lists those of one service at a time, or of all.
 */
export async function findScaling(
  aws: Aws,
  of: { readonly cluster: string; readonly names: readonly string[]; readonly isWanted: boolean },
  note: Note,
  signal: AbortSignal | undefined,
): Promise<Map<string, FoundScaling>> {
  try {
    return await read(aws, of, signal)
  } catch (error) {
    if (of.isWanted || !isDenied(error)) throw error
    const why = whyUnreadable(error, 'application-autoscaling:DescribeScalableTargets')
    note(`Whether services scale could not be read: ${why}.`)
    return new Map()
  }
}

async function read(
  aws: Aws,
  { cluster, names }: { readonly cluster: string; readonly names: readonly string[] },
  signal: AbortSignal | undefined,
): Promise<Map<string, FoundScaling>> {
  const services = names.map((service) => ({ cluster, service }))
  const targets = await readScalableTargets(aws, services, signal)
  if (targets.size === 0) return new Map()
  const [{ ScalingPolicies = [] }, { ScheduledActions = [] }] = await Promise.all([
    aws.all('describeScalingPolicies', { ServiceNamespace: 'ecs' }, signal),
    aws.all('describeScheduledActions', { ServiceNamespace: 'ecs' }, signal),
  ])
  return new Map(
    services.flatMap((of): [string, FoundScaling][] => {
      const key = serviceKey(of)
      const target = targets.get(key)
      const isOf = (one: { readonly ResourceId: string | undefined }): boolean => serviceIn(one) === key
      return target
        ? [[of.service, { target, policies: ScalingPolicies.filter(isOf), actions: ScheduledActions.filter(isOf) }]]
        : []
    }),
  )
}
