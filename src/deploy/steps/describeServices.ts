import type { ServiceUpdate } from '../../definition/definition.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { identityOf, judge } from '../../rollout/verdict.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Looks at a service and follows the deployment that is under way, if one is. Nothing is changed. */
export function describeService({ cluster, service }: ServiceUpdate): Step<'describeServices'> {
  return {
    id: `describeServices ${serviceKey({ cluster, service })}`,
    title: `Follow service ${nameOf(service)} in ${nameOf(cluster ?? 'default')}`,
    call: { method: 'describeServices', input: { ...(cluster !== undefined && { cluster }), services: [service] } },
    follow: 'deployment',
  }
}

export const describeServicesKind: StepKind<'describeServices'> = {
  perform: sends('describeServices'),
  async follow(step, { services = [] }, context) {
    const service = services[0]
    if (!service) return
    const identity = identityOf(service)
    if (judge(service, identity).state === 'completed') return
    await followDeployment({ step: step.id, identity, service }, context)
  },
  result: ({ services = [] }) => nameOf(services[0]?.taskDefinition ?? ''),
}
