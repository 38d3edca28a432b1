import { at, entriesAt, textAt } from '../checked.ts'
import { about, type Draft, isFargate } from '../draft.ts'
import type { Finding } from '../written.ts'

const ecrImage = /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)\//

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export function ecsHasTheRoleItNeeds({ services }: Draft): Finding[] {
  return services.flatMap((service) => {
    if (at(service.checked, 'task_execution_role_arn')) return []
    const needs = 'needs task_execution_role_arn, the role with which ECS'
    return service.containers.flatMap(({ checked }) => {
      const secrets = entriesAt(checked, 'secrets').length > 0 ? at(checked, 'secrets') : undefined
      if (secrets) return [about(secrets, `${needs} reads them`)]
      if (!isFargate(service)) return []
      const [driver, image] = [at(checked, 'logging/log_driver'), at(checked, 'image')]
      if (driver && textAt(checked, 'logging/log_driver') === 'awslogs') {
        return [about(driver, `on Fargate, awslogs ${needs} writes the logs of ${service.name}`)]
      }
      return image && ecrImage.test(textAt(checked, 'image') ?? '')
        ? [about(image, `on Fargate, an image in ECR ${needs} pulls it`)]
        : []
    })
  })
}
