/**
 * A task that an EventBridge rule starts on a schedule. The rule, with its schedule, is made elsewhere, for example by
 * Terraform; its target is set here. Try it without an AWS account: npx tsx _ecs/scheduled.ts deploy v1 --local
 */
import { EcsTask, type EventTarget, type TaskDefinition } from 'ecs-task'

export class ScheduledTask extends EcsTask {
  // What RegisterTaskDefinition takes. <image_tag> stands for the tag that is deployed.
  override taskDefinition: TaskDefinition = {
    family: 'scheduled',
    containerDefinitions: [
      { name: 'scheduled', image: 'my_image:<image_tag>', command: ['./manage.py', 'report'], cpu: 256, memory: 512 },
    ],
  }

  // What PutTargets takes, once for each entry. Every target with EcsParameters is pointed at the new revision.
  // PutTargets replaces a target whole, so everything that it needs stands here.
  override eventTargets: EventTarget[] = [
    {
      Rule: 'nightly',
      Targets: [
        {
          Id: 'scheduled',
          // The cluster in which the task runs, and the role with which EventBridge starts it.
          Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
          RoleArn: 'arn:aws:iam::123456789012:role/ecsEventsRole',
          EcsParameters: { TaskCount: 1 },
        },
      ],
    },
  ]
}

void new ScheduledTask().main()
