// ECS needs a role to pull images, read secrets and write logs.
import { ecrRegistry } from '../../../definition/image.ts'
import { about, isFargate, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, entriesAt, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export function ecsHasTheRoleItNeeds({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    if (at(service.node, 'task_execution_role_arn')) return []
    const needs = 'needs task_execution_role_arn, the role with which ECS'
    return service.containers.flatMap(({ node }) => {
      const secrets = entriesAt(node, 'secrets').length > 0 ? at(node, 'secrets') : undefined
      if (secrets) return [about(secrets, `${needs} reads them`)]
      if (!isFargate(service)) return []
      const [driver, image] = [at(node, 'logging/log_driver'), at(node, 'image')]
      if (driver && textAt(node, 'logging/log_driver') === 'awslogs') {
        return [about(driver, `on Fargate, awslogs ${needs} writes the logs of ${service.name}`)]
      }
      return image && ecrRegistry.test(textAt(node, 'image') ?? '')
        ? [about(image, `on Fargate, an image in ECR ${needs} pulls it`)]
        : []
    })
  })
}
