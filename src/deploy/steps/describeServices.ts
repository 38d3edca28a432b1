/** DescribeServices: follows the deployment that is under way. */
import type { ServiceUpdate } from '../../definition/definition.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { identityOf } from '../../rollout/verdict.ts'
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
  async follow(step, { services = [] }, context) {
    const service = services[0]
    if (!service) return
    await followDeployment({ step: step.id, identity: identityOf(service), service, rest: 'steady' }, context)
  },
  result: ({ services = [] }) => nameOf(services[0]?.taskDefinition ?? ''),
}
