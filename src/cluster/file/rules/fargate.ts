import { at, itemsAt, textAt } from '../checked.ts'
import { about, type Draft, isFargate } from '../draft.ts'
import type { Service } from '../service.ts'
import type { Finding } from '../written.ts'

/**
 * What belongs to an instance and Fargate has not. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export function fargateHasNoInstance({ services }: Draft): Finding[] {
  return services.flatMap((service) => (isFargate(service) ? ofInstances(service) : publicAddress(service)))
}

function ofInstances({ checked, containers }: Service): Finding[] {
  const [constraint] = itemsAt(checked, 'placement_constraints')
  const strategy = textAt(checked, 'scheduling_strategy') === 'DAEMON' ? at(checked, 'scheduling_strategy') : undefined
  return [
    ...(constraint
      ? [about(at(checked, 'placement_constraints')!, 'Fargate has no instances to choose from; leave them out')]
      : []),
    ...(strategy
      ? [about(strategy, 'Fargate has no instances to run one task on each; use launch_type EC2, or REPLICA')]
      : []),
    ...containers.flatMap((container) => {
      const gpus = at(container.checked, 'gpus')
      const privileged =
        textAt(container.checked, 'privileged') === 'true' ? at(container.checked, 'privileged') : undefined
      return [
        ...(gpus ? [about(gpus, 'Fargate has no GPUs; use launch_type EC2')] : []),
        ...(privileged
          ? [about(privileged, 'Fargate runs no privileged containers; use launch_type EC2, or leave it out')]
          : []),
      ]
    }),
  ]
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
function publicAddress({ checked }: Service): Finding[] {
  const assign = at(checked, 'network/assign_public_ip')
  if (!assign || textAt(checked, 'network/assign_public_ip') !== 'true') return []
  return [about(assign, 'only tasks on Fargate get a public address; use launch_type FARGATE, or leave it out')]
}
