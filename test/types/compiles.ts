import { EcsTask, type EventTarget, type ServiceUpdate, type TaskDefinition, type TaskRun } from 'ecs-task'

declare const environment: Record<string, string | undefined>

/** The least there is. */
export class LeastTask extends EcsTask {
  taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:<image_tag>' }] }
}

/** Every member as a field. */
export class FieldTask extends EcsTask {
  taskDefinition: TaskDefinition = {
    family: 'web',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: 'web',
        image: 'web:<image_tag>',
        essential: true,
        portMappings: [{ containerPort: 80, protocol: 'tcp' }],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'web' } },
      },
    ],
  }
  runTasks: TaskRun[] = [
    { cluster: 'prod', count: 1, overrides: { containerOverrides: [{ name: 'web', command: ['migrate'] }] } },
    {},
  ]
  updateServices: ServiceUpdate[] = [{ cluster: 'prod', service: 'web', forceNewDeployment: true }]
  eventTargets: EventTarget[] = [
    {
      Rule: 'nightly',
      Targets: [
        { Id: 'web', Arn: 'arn', RoleArn: 'arn', EcsParameters: {} },
        { Id: 'web', Arn: 'arn', RoleArn: 'arn', EcsParameters: { LaunchType: 'FARGATE', TaskCount: 2 } },
        { Id: 'queue', Arn: 'arn' },
      ],
    },
  ]
  activeTaskCount = 5
  snsNotificationTopicArn = environment['TOPIC']
  notificationMethodBlacklistRegex = /^describe_/
}

/** Every member as a getter. */
export class GetterTask extends EcsTask {
  get taskDefinition(): TaskDefinition {
    return { family: 'web', containerDefinitions: [{ name: 'web', image: 'web' }] }
  }
  get runTasks(): TaskRun[] {
    return []
  }
  get updateServices(): ServiceUpdate[] {
    return [{ service: 'web' }]
  }
  get eventTargets(): EventTarget[] {
    return []
  }
  get activeTaskCount(): number {
    return 5
  }
  get snsNotificationTopicArn(): string | undefined {
    return undefined
  }
  get notificationMethodBlacklistRegex(): RegExp {
    return /^describe_/
  }
}

/** Lists that nobody may change, and `undefined` for what is not there. */
export class ReadonlyTask extends EcsTask {
  override readonly taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [] }
  readonly updateServices: readonly ServiceUpdate[] = Object.freeze([{ service: 'web' }])
  readonly runTasks = undefined
  readonly activeTaskCount = undefined
}

/** `satisfies` checks as an annotation does. */
export class SatisfiesTask extends EcsTask {
  taskDefinition = {
    family: 'web',
    networkMode: 'bridge',
    containerDefinitions: [{ name: 'web', image: 'web' }],
  } satisfies TaskDefinition
}

/** A base of one's own: what is shared is written once, `super` is at hand in getters, and there may be more members. */
abstract class BaseTask extends EcsTask {
  abstract command: string[]
  cluster = 'prod'
  services = ['web']
  get taskDefinition(): TaskDefinition {
    return {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'web:<image_tag>', command: this.command, ...this.limits() }],
    }
  }
  get updateServices(): ServiceUpdate[] {
    return this.services.map((service) => ({ cluster: this.cluster, service }))
  }
  limits(): { cpu: number; memory: number } {
    return { cpu: 256, memory: 512 }
  }
}

export class WorkerTask extends BaseTask {
  command = ['work']
  override get taskDefinition(): TaskDefinition {
    return { ...super.taskDefinition, family: 'worker' }
  }
  override get updateServices(): ServiceUpdate[] {
    return [...super.updateServices, { service: 'worker' }]
  }
  override limits(): { cpu: number; memory: number } {
    return { ...super.limits(), memory: 1024 }
  }
}

/** A field in place of a base's field, and a way to run it. */
export class OtherTask extends LeastTask {
  override taskDefinition: TaskDefinition = { family: 'other', containerDefinitions: [] }
}
await new OtherTask().main()
