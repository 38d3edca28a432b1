import { EcsTask, type EventTarget, type ServiceUpdate, type TaskDefinition, type TaskRun } from 'ecs-task'

export class WebTask extends EcsTask {
  override taskDefinition: TaskDefinition = {
    family: 'web',
    containerDefinitions: [
      {
        name: 'web',
        image: 'my_image:<image_tag>',
        cpu: 256,
        memory: 512,
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': 'web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
        },
      },
    ],
  }
  override runTasks: TaskRun[] = [
    {
      cluster: 'my_cluster',
      overrides: { containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }] },
    },
  ]
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'web' }]
  override eventTargets: EventTarget[] = [
    {
      Rule: 'nightly',
      Targets: [
        {
          Id: 'web',
          Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
          RoleArn: 'arn:aws:iam::123456789012:role/ecsEventsRole',
          EcsParameters: {},
        },
      ],
    },
  ]
}

void new WebTask().main()
