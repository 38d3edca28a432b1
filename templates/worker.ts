/**
 * A service without a migration. Create its cluster and the service itself elsewhere, for example with Terraform.
 * Try it without an AWS account: npx tsx _ecs/worker.ts deploy v1 --local
 */
import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

export class WorkerTask extends EcsTask {
  // What RegisterTaskDefinition takes. A deploy replaces <image_tag> by the tag.
  override taskDefinition: TaskDefinition = {
    family: 'worker',
    containerDefinitions: [
      {
        name: 'worker',
        image: 'my_image:<image_tag>',
        command: ['./manage.py', 'work'],
        cpu: 256,
        memory: 512,
        // Seconds to finish its work before ECS kills it: at most 120 on Fargate.
        stopTimeout: 60,
      },
    ],
  }

  // What UpdateService takes, once for each entry, side by side. Other settings stay as they are.
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'worker' }]

  // How many revisions stay ACTIVE for rollbacks.
  override activeTaskCount = 5
}

void new WorkerTask().main()
