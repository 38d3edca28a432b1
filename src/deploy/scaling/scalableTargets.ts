/** Reads which services Application Auto Scaling scales. */
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling'
import type { Aws } from '../../aws/aws.ts'
import { serviceKey } from '../../ground/names.ts'

/** A service by the names that are in its ARN. */
export interface ScaledService {
  readonly cluster?: string | undefined
  readonly service: string
}

/** What names the scalable target of a service in every call. */
export interface TargetName {
  readonly ServiceNamespace: 'ecs'
  readonly ResourceId: string
  readonly ScalableDimension: 'ecs:service:DesiredCount'
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
export function targetNameOf(service: ScaledService): TargetName {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${serviceKey(service)}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  }
}

/** `cluster/service` of a scalable target. */
export function serviceIn({ ResourceId = '' }: { readonly ResourceId: string | undefined }): string {
  return ResourceId.slice('service/'.length)
}

/** By `cluster/service`: the scalable targets of those of the services that have one. */
export async function readScalableTargets(
  aws: Aws,
  services: readonly ScaledService[],
  signal?: AbortSignal,
): Promise<Map<string, ScalableTarget>> {
  const ResourceIds = [...new Set(services.map((one) => targetNameOf(one).ResourceId))]
  if (ResourceIds.length === 0) return new Map()
  const input = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount', ResourceIds } as const
  const { ScalableTargets = [] } = await aws.all('describeScalableTargets', input, signal)
  return new Map(ScalableTargets.map((one) => [serviceIn(one), one]))
}
