// Fargate has no instances, so services on it cannot ask for one.
import { about, isFargate, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, itemsAt, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/**
 * What belongs to an instance and Fargate has not. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export function fargateHasNoInstance({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => (isFargate(service) ? ofInstances(service) : publicAddress(service)))
}

function ofInstances({ node, containers }: Service): Finding[] {
  const [constraint] = itemsAt(node, 'placement_constraints')
  const strategy = textAt(node, 'scheduling_strategy') === 'DAEMON' ? at(node, 'scheduling_strategy') : undefined
  return [
    ...(constraint
      ? [about(at(node, 'placement_constraints')!, 'Fargate has no instances to choose from; leave them out')]
      : []),
    ...(strategy
      ? [about(strategy, 'Fargate has no instances to run one task on each; use launch_type EC2, or REPLICA')]
      : []),
    ...containers.flatMap((container) => {
      const gpus = at(container.node, 'gpus')
      const privileged = textAt(container.node, 'privileged') === 'true' ? at(container.node, 'privileged') : undefined
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
function publicAddress({ node }: Service): Finding[] {
  const assign = at(node, 'network/assign_public_ip')
  if (!assign || textAt(node, 'network/assign_public_ip') !== 'true') return []
  return [about(assign, 'only tasks on Fargate get a public address; use launch_type FARGATE, or leave it out')]
}
