import {
  EcsTask,
  type EventTarget,
  type ScheduleUpdate,
  type ServiceUpdate,
  type Settings,
  type TaskDefinition,
  type TaskRun,
  type WebhookNotification,
  updateService,
} from 'ecs-task'

const containerDefinitions = [{ name: 'web', image: 'web:<image_tag>' }]

export class NearMisses extends EcsTask {
  taskDefinition: TaskDefinition = { family: 'web', containerDefinitions }
  // @ts-expect-error updateServices
  updateService: ServiceUpdate[] = []
  // @ts-expect-error updateServices
  update_services: ServiceUpdate[] = []
  // @ts-expect-error runTasks
  runTask: TaskRun[] = []
  // @ts-expect-error runTasks
  run_tasks: TaskRun[] = []
  // @ts-expect-error eventTargets
  eventTarget: EventTarget[] = []
  // @ts-expect-error eventTargets
  events__put_targets: EventTarget[] = []
  // @ts-expect-error eventTargets
  putTargets: EventTarget[] = []
  // @ts-expect-error after
  dependsOn = ['Web']
  // @ts-expect-error activeTaskCount
  active_task_count = 10
  // @ts-expect-error lock
  locks = 's3://locks'
  // @ts-expect-error snsNotificationTopicArn
  sns_notification_topic_arn = 'arn'
  // @ts-expect-error notificationMethodBlacklistRegex
  notification_method_blacklist_regex = /^describe_/
  // @ts-expect-error notifications
  notification = []
  // @ts-expect-error beforeDeploy
  before_deploy(): void {}
}

export class NearMissGetters extends EcsTask {
  // @ts-expect-error taskDefinition
  get task_definition(): TaskDefinition {
    return { family: 'web', containerDefinitions }
  }
  // @ts-expect-error taskDefinition
  get taskDefinitions(): TaskDefinition[] {
    return []
  }
}

export class NearMissInherited extends NearMisses {
  // @ts-expect-error a base class of one's own changes nothing
  updateservices: ServiceUpdate[] = []
}

export const taskDefinitions: TaskDefinition[] = [
  // @ts-expect-error no family
  { containerDefinitions },
  // @ts-expect-error no containers
  { family: 'web' },
  // @ts-expect-error a misspelt member
  { famly: 'web', containerDefinitions },
  // @ts-expect-error a member of Python's name
  { family: 'web', container_definitions: [] },
  // @ts-expect-error a misspelt member of a container
  { family: 'web', containerDefinitions: [{ name: 'web', imgae: 'web' }] },
  // @ts-expect-error a number in quotes
  { family: 'web', containerDefinitions: [{ name: 'web', image: 'web', memory: '512' }] },
  // @ts-expect-error a number without quotes: a task has text here
  { family: 'web', containerDefinitions, cpu: 256 },
  // @ts-expect-error an object in place of a list
  { family: 'web', containerDefinitions: [{ name: 'web', image: 'web', environment: { A: 'B' } }] },
  // @ts-expect-error a word that AWS does not have
  { family: 'web', containerDefinitions, networkMode: 'aws-vpc' },
  // @ts-expect-error a word that AWS does not have
  { family: 'web', containerDefinitions, requiresCompatibilities: ['fargate'] },
]

export const updateServices: ServiceUpdate[] = [
  // @ts-expect-error no service
  { cluster: 'prod' },
  // @ts-expect-error deploy fills it in
  { service: 'web', taskDefinition: 'web:1' },
  // @ts-expect-error a misspelt member
  { service: 'web', forceNewDeploymnet: true },
  // @ts-expect-error a wrong type
  { service: 'web', desiredCount: '2' },
]

export const runTasks: TaskRun[] = [
  // @ts-expect-error deploy fills it in
  { taskDefinition: 'web:1' },
  // @ts-expect-error a word that AWS does not have
  { launchType: 'fargate' },
  // @ts-expect-error one object in place of a list
  { overrides: { containerOverrides: { name: 'web' } } },
]

export const eventTargets: EventTarget[] = [
  // @ts-expect-error no targets
  { Rule: 'nightly' },
  // @ts-expect-error no rule
  { Targets: [] },
  // @ts-expect-error no Id
  { Rule: 'nightly', Targets: [{ Arn: 'arn' }] },
  // @ts-expect-error no Arn
  { Rule: 'nightly', Targets: [{ Id: 'web' }] },
  // @ts-expect-error the case of ECS
  { rule: 'nightly', targets: [] },
  // @ts-expect-error deploy fills it in
  { Rule: 'nightly', Targets: [{ Id: 'web', Arn: 'arn', EcsParameters: { TaskDefinitionArn: 'web:1' } }] },
]

export const schedules: ScheduleUpdate[] = [
  // @ts-expect-error no name
  { GroupName: 'jobs' },
  // @ts-expect-error deploy fills it in
  { Name: 'nightly', Target: { EcsParameters: { TaskDefinitionArn: 'web:1' } } },
  // @ts-expect-error the SDK fills it in
  { Name: 'nightly', ClientToken: 'x' },
  // @ts-expect-error a text in place of a Date
  { Name: 'nightly', EndDate: '2027-01-01' },
]

export class WrongTypes extends EcsTask {
  // @ts-expect-error one service in place of a list
  updateServices: ServiceUpdate = { service: 'web' }
  // @ts-expect-error classes in place of their names
  after = [WrongTypes]
  // @ts-expect-error text in place of a number
  activeTaskCount = '10'
  // @ts-expect-error text in place of a regular expression
  notificationMethodBlacklistRegex = '^describe_'
  // @ts-expect-error a list of topics
  snsNotificationTopicArn = ['arn']
  // @ts-expect-error one webhook in place of a list
  notifications: WebhookNotification = { webhook: 'https://hooks.example.com/x' }
  // @ts-expect-error a name in place of a method
  beforeDeploy = 'backup'
  // @ts-expect-error what it is given has no service
  afterDeploy({ service }: { service: string }): void {
    console.log(service)
  }
  // @ts-expect-error without an annotation awsvpc is any text
  taskDefinition = { family: 'web', containerDefinitions, networkMode: 'awsvpc' }
}

export class NullTask extends EcsTask {
  // @ts-expect-error there is no way to leave it out
  taskDefinition = undefined
  // @ts-expect-error Python's None is undefined
  snsNotificationTopicArn = null
}

// @ts-expect-error only what extends it is a definition
export const task = new EcsTask()

export const settings: Settings[] = [
  // @ts-expect-error only the program asks
  { agree: async () => true },
  // @ts-expect-error only the program ends at once
  { atOnce: new AbortController().signal },
  // @ts-expect-error only the program opens listeners that call AWS
  { connect: () => [] },
  // @ts-expect-error only the program starts a local AWS
  { local: [] },
  // @ts-expect-error only the program has a name
  { program: 'tsx web.ts' },
  // @ts-expect-error only the program reads definitions
  { warnings: [] },
  // @ts-expect-error minutes
  { timeout: '15m' },
]

// @ts-expect-error neither does a function that takes settings
await updateService({ cluster: 'prod', service: 'web' }, { agree: async () => true })
