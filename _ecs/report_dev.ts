import { EcsTask, type EventTarget, type TaskDefinition } from 'ecs-task'

/** Started by a rule and by nothing else: a deploy sets the rule's target, and there is no service to follow. */
export class ReportTask extends EcsTask {
  override taskDefinition: TaskDefinition = {
    family: 'report',
    containerDefinitions: [
      { name: 'report', image: 'my_image:<image_tag>', command: ['./manage.py', 'report'], cpu: 256, memory: 512 },
    ],
  }
  override eventTargets: EventTarget[] = [
    {
      Rule: 'weekly',
      Targets: [
        {
          Id: 'report',
          Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
          RoleArn: 'arn:aws:iam::123456789012:role/ecsEventsRole',
          EcsParameters: { TaskCount: 1 },
          Input: JSON.stringify({
            containerOverrides: [{ name: 'report', command: ['./manage.py', 'report', 'weekly'] }],
          }),
        },
      ],
    },
  ]
}

void new ReportTask().main()
