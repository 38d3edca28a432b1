import { readFileSync } from 'node:fs'
import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

/** What `terraform output -json > terraform.json` writes. */
interface Outputs {
  cluster_name: { value: string }
  execution_role_arn: { value: string }
  private_subnets: { value: string[] }
  security_group: { value: string }
}

const outputs: Outputs = JSON.parse(readFileSync('terraform.json', 'utf8'))

export class BillingTask extends EcsTask {
  override taskDefinition: TaskDefinition = {
    family: 'billing',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: outputs.execution_role_arn.value,
    containerDefinitions: [{ name: 'billing', image: 'billing:<image_tag>' }],
  }
  override updateServices: ServiceUpdate[] = [
    {
      cluster: outputs.cluster_name.value,
      service: 'billing',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: outputs.private_subnets.value,
          securityGroups: [outputs.security_group.value],
        },
      },
    },
  ]
}

void new BillingTask().main()
