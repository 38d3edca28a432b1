import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

/** On Fargate, with a health check, and without a task that runs before. */
export class WorkerTask extends EcsTask {
  override taskDefinition: TaskDefinition = {
    family: 'mail-worker',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    containerDefinitions: [
      {
        name: 'worker',
        image: 'my_image:<image_tag>',
        command: ['./manage.py', 'work'],
        healthCheck: { command: ['CMD', './manage.py', 'ping'], interval: 10 },
        stopTimeout: 60,
      },
    ],
  }
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'mail-worker' }]
  override activeTaskCount = 5
}

void new WorkerTask().main()
