import {
  type AfterDeploy,
  type BeforeDeploy,
  EcsTask,
  EcsTaskError,
  type EventTarget,
  type Listener,
  type Outcome,
  type ScheduleUpdate,
  type ServiceUpdate,
  type Settings,
  type StackService,
  type TaskDefinition,
  type TaskRun,
  type Transport,
  type WebhookNotification,
  deployCluster,
  describeCluster,
  destroyCluster,
  diffCluster,
  json,
  plain,
  readInstances,
  refreshInstances,
  runOnce,
  tty,
  updateService,
} from 'ecs-task'

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
  schedules: ScheduleUpdate[] = [
    { Name: 'nightly' },
    { Name: 'hourly', GroupName: 'jobs', State: 'DISABLED', Target: { EcsParameters: { TaskCount: 2 } } },
  ]
  after = ['Migrations']
  activeTaskCount = 5
  snsNotificationTopicArn = environment['TOPIC']
  notificationMethodBlacklistRegex = /^describe_/
  notifications: WebhookNotification[] = [
    { webhook: environment['SLACK_WEBHOOK'], format: 'slack' },
    { webhook: 'https://hooks.example.com/x', events: ['failed', 'paused'] },
  ]
  beforeDeploy = async ({ tag, definition, local }: BeforeDeploy) => console.log(tag, definition.name, local)
  afterDeploy = ({ waited, result }: AfterDeploy): void => console.log(waited, result.exitCode)
}

/** What is called around a deploy, as methods; a base class may have some of it. */
export class HookedTask extends LeastTask {
  override async beforeDeploy({ tag }: BeforeDeploy): Promise<Response> {
    return fetch(`https://example.com/${tag}`)
  }
  override afterDeploy(): void {}
  override async afterFailure({ result: { problem } }: AfterDeploy): Promise<void> {
    console.log(problem?.what)
  }
}

export class HookedWorkerTask extends HookedTask {
  override async beforeDeploy(context: BeforeDeploy): Promise<Response> {
    console.log(context.definition.name)
    return super.beforeDeploy(context)
  }
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
  get schedules(): ScheduleUpdate[] {
    return []
  }
  get after(): string[] {
    return []
  }
  get activeTaskCount(): number {
    return 5
  }
  get lock(): string | undefined {
    return 's3://my-bucket/locks'
  }
  get snsNotificationTopicArn(): string | undefined {
    return undefined
  }
  get notificationMethodBlacklistRegex(): RegExp {
    return /^describe_/
  }
  get notifications(): WebhookNotification[] {
    return []
  }
}

/** Lists that nobody may change, and `undefined` for what is not there. */
export class ReadonlyTask extends EcsTask {
  override readonly taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [] }
  readonly updateServices: readonly ServiceUpdate[] = Object.freeze([{ service: 'web' }])
  readonly runTasks = undefined
  readonly activeTaskCount = undefined
  readonly after = ['Web'] as const
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

/** Where AWS is comes from the environment, as it is; what would override a default does not. */
declare const transport: Transport
const counting: Listener = { hear: (event) => event.type === 'step.finished' && console.log(event.title, event.result) }
const listeners = [
  tty(process.stderr, { color: true }),
  plain(console.error, { color: false }),
  json(console.log),
  counting,
]
const settings: Settings = {
  region: environment['REGION'],
  timeout: 60_000,
  earlyFail: undefined,
  transport,
  listeners,
}

/** Without a class: what each function takes, and what it resolves with. */
export async function withoutClass(): Promise<Outcome[]> {
  const cluster = 'prod'
  const stack = { cluster, files: [{ name: 'stack.yml', text: 'services: []' }], env: environment }
  const results = [
    await updateService({ cluster, service: environment['SERVICE'], image: ['web:v2'] }, settings),
    await runOnce({ run: { cluster }, taskDefinition: 'web:12' }, settings),
    await deployCluster({ ...stack, replace: true }, settings),
    await destroyCluster({ cluster, service: 'web' }, settings),
    await refreshInstances({ cluster, group: 'web', batch: '20%' }, settings),
    await new LeastTask().deploy('v1.2.3', { ...settings, skipUnchanged: true }),
    await new LeastTask().rollback({ ...settings, to: environment['TO'] }),
  ]
  const { stages } = await diffCluster(stack, settings)
  const { services }: { services: readonly StackService[] } = await describeCluster({ cluster }, settings)
  const { groups } = await readInstances({ cluster }, settings)
  console.log(stages[0]?.steps[0]?.call.method, services[0]?.name, groups[0]?.starts)
  return results.map(({ outcome }) => outcome)
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof EcsTaskError ? error.code : undefined
}
