/**
 * A task that an EventBridge rule starts on a schedule. Create the rule, with its schedule, elsewhere, for example with
 * Terraform; this file sets its target. Try it without an AWS account: npx tsx _ecs/scheduled.ts deploy v1 --local
 */
import { EcsTask, type EventTarget, type TaskDefinition } from 'ecs-task'

export class ScheduledTask extends EcsTask {
  // What RegisterTaskDefinition takes. A deploy replaces <image_tag> by the tag.
  override taskDefinition: TaskDefinition = {
    family: 'scheduled',
    containerDefinitions: [
      { name: 'scheduled', image: 'my_image:<image_tag>', command: ['./manage.py', 'report'], cpu: 256, memory: 512 },
    ],
  }

  // What PutTargets takes, once for each entry. Every target with EcsParameters gets the new revision.
  // PutTargets replaces a whole target, so declare everything that it needs.
  override eventTargets: EventTarget[] = [
    {
      Rule: 'nightly',
      Targets: [
        {
          Id: 'scheduled',
          // The cluster that runs the task, and the role with which EventBridge starts it.
          Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
          RoleArn: 'arn:aws:iam::123456789012:role/ecsEventsRole',
          EcsParameters: { TaskCount: 1 },
        },
      ],
    },
  ]
}

void new ScheduledTask().main()
