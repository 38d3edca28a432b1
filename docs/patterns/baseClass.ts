import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

/** What all classes of the shop have in common. */
abstract class ShopTask extends EcsTask {
  abstract readonly role: string
  readonly command: string[] = []
  readonly memory: number = 512

  override get taskDefinition(): TaskDefinition {
    const { role, command, memory } = this
    const options = { 'awslogs-group': '/shop', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': role }
    return {
      family: `shop-${role}`,
      executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
      containerDefinitions: [
        { name: role, image: 'shop:<image_tag>', command, memory, logConfiguration: { logDriver: 'awslogs', options } },
      ],
    }
  }

  override get updateServices(): ServiceUpdate[] {
    return [{ cluster: 'shop', service: this.role }]
  }
}

export class ShopWeb extends ShopTask {
  override role = 'web'
}

export class ShopWorker extends ShopTask {
  override role = 'worker'
  override command = ['./manage.py', 'work']
  override memory = 1024
}

void EcsTask.main([ShopWeb, ShopWorker])
