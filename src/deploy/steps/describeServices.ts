/** DescribeServices: follows the deployment that is under way. */
import type { Service } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../../ground/errors.ts'
import type { ServiceUpdate } from '../../definition/definition.ts'
import { deletedService } from '../../rollout/deletedService.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { identityOf, primaryOf } from '../../rollout/verdict.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DescribeServices extends StepKind {
  readonly name: 'describeServices'
  readonly method: 'describeServices'
  readonly subject: 'service'
}

/** Looks at a service and follows the deployment that is under way, if one is. Nothing is changed. */
export function describeService({ cluster, service }: ServiceUpdate): Step<DescribeServices> {
  return {
    kind: 'describeServices',
    id: `describeServices ${serviceKey({ cluster, service })}`,
    title: `Follow service ${nameOf(service)} in ${nameOf(cluster ?? 'default')}`,
    subject: { type: 'service', cluster: nameOf(cluster ?? 'default'), service: nameOf(service) },
    call: { method: 'describeServices', input: { ...(cluster !== undefined && { cluster }), services: [service] } },
    follow: 'deployment',
  }
}

export const describeServicesHandler: StepHandler<DescribeServices> = {
  perform: sends('describeServices'),
  async follow(step, { services = [] }, context, input) {
    const service = services[0]
    if (!service) return
    if (!primaryOf(service)) throw gone(service)
    const follow = async (of: Service): Promise<void> => {
      const followed = {
        step: step.id,
        identity: identityOf(of, 'DescribeServices'),
        service: of,
        rest: 'steady' as const,
      }
      try {
        await followDeployment(followed, context)
      } catch (error) {
        const { code, evidence } = error instanceof EcsTaskError ? error : {}
        const isGoingBack = evidence !== undefined && 'rolledBackTo' in evidence
        if (!isGoingBack && code !== 'DeploymentSuperseded') throw error
        const { services: [again] = [] } = await context.aws.call('describeServices', input, context.signal)
        const primary = again && primaryOf(again)
        const wasThere = (primary?.createdAt?.getTime() ?? Infinity) < context.began
        // A read that lagged showed what another deployment had replaced before anybody waited: that one is meant.
        if (again && wasThere && !isGoingBack) return follow(again)
        // It has failed, and is put back once that has come to its end too.
        if (again && primary && isGoingBack) await follow(again)
        throw error
      }
    }
    await follow(service)
  },
  result: ({ services = [] }) => nameOf(services[0]?.taskDefinition ?? ''),
}

/** Of a service that somebody has deleted since it was read: nothing of it is left to be followed. */
function gone({ serviceName = '', status }: Service): EcsTaskError {
  return deletedService(serviceName, { why: `It is ${status}.` })
}
