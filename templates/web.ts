/**
 * A web service with a migration. Create the cluster, service, load balancer and roles elsewhere, for example with
 * Terraform. Try it without an AWS account: npx ecs-task deploy v1 _ecs/web.ts --local
 */
import { EcsTask, type ServiceUpdate, type TaskDefinition, type TaskRun } from 'ecs-task'

export class WebTask extends EcsTask {
  // What RegisterTaskDefinition takes. A deploy replaces <image_tag> by the tag.
  override taskDefinition: TaskDefinition = {
    family: 'web',
    // Fargate needs these lines, and those for it in runTasks below. On EC2, delete them.
    // requiresCompatibilities: ['FARGATE'],
    // networkMode: 'awsvpc',
    // cpu: '256',
    // memory: '512',
    // executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    containerDefinitions: [
      {
        name: 'web',
        image: 'my_image:<image_tag>',
        cpu: 256,
        memory: 512,
        portMappings: [{ containerPort: 8080 }],
        environment: [{ name: 'RELEASE', value: '<image_tag>' }],
        // Keep secrets in Secrets Manager or the Parameter Store; ECS reads them with executionRoleArn.
        // secrets: [{ name: 'DATABASE_URL', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/web/database_url' }],
        // logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' } },
        // healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/health'], interval: 10 },
      },
    ],
  }

  // What RunTask takes, once for each entry, before any service is touched. A task that fails ends the deploy.
  override runTasks: TaskRun[] = [
    {
      cluster: 'my_cluster',
      // launchType: 'FARGATE',
      // networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0123456789abcdef0'] } },
      overrides: { containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }] },
    },
  ]

  // What UpdateService takes, once for each entry, side by side. Other settings stay as they are.
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'web' }]
}

void new WebTask().main()
