/**
 * A service without a migration. Its cluster and the service itself are made elsewhere, for example by Terraform.
 * Try it without an AWS account: npx tsx _ecs/worker.ts deploy v1 --local
 */
import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

export class WorkerTask extends EcsTask {
  // What RegisterTaskDefinition takes. <image_tag> stands for the tag that is deployed.
  override taskDefinition: TaskDefinition = {
    family: 'worker',
    containerDefinitions: [
      {
        name: 'worker',
        image: 'my_image:<image_tag>',
        command: ['./manage.py', 'work'],
        cpu: 256,
        memory: 512,
        // A worker may take its time to finish what it has begun when it is replaced: at most 120 s on Fargate.
        stopTimeout: 60,
      },
    ],
  }

  // What UpdateService takes, once for each entry, side by side. What is not named here stays as it is.
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'worker' }]

  // How many revisions stay ACTIVE, to roll back to.
  override activeTaskCount = 5
}

void new WorkerTask().main()
