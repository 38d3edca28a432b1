// Finds members of a class whose names are misspelt.
import { nearest } from '../ground/nearest.ts'
import { hookNames } from './hooks.ts'

/**
 * Names that people write for a member of a definition and mean another, and the one they mean: the Python original's
 * attributes, singulars, and the AWS call in place of the member. `Declared` forbids them at compile time, `read()` at
 * run time.
 */
export const nearMisses = {
  task_definition: 'taskDefinition',
  taskDefinitions: 'taskDefinition',
  taskdefinition: 'taskDefinition',
  registerTaskDefinition: 'taskDefinition',
  update_service: 'updateServices',
  update_services: 'updateServices',
  updateService: 'updateServices',
  updateservices: 'updateServices',
  run_task: 'runTasks',
  run_tasks: 'runTasks',
  runTask: 'runTasks',
  runtasks: 'runTasks',
  taskRuns: 'runTasks',
  events__put_targets: 'eventTargets',
  eventsPutTargets: 'eventTargets',
  event_targets: 'eventTargets',
  eventTarget: 'eventTargets',
  eventtargets: 'eventTargets',
  eventsTargets: 'eventTargets',
  putTargets: 'eventTargets',
  schedule: 'schedules',
  scheduler: 'schedules',
  updateSchedule: 'schedules',
  updateSchedules: 'schedules',
  update_schedule: 'schedules',
  eventSchedules: 'schedules',
  scheduleTargets: 'schedules',
  dependsOn: 'after',
  depends_on: 'after',
  deployAfter: 'after',
  runAfter: 'after',
  active_task_count: 'activeTaskCount',
  activeTasksCount: 'activeTaskCount',
  activeTaskCounts: 'activeTaskCount',
  activeTasks: 'activeTaskCount',
  locks: 'lock',
  lockUrl: 'lock',
  lock_url: 'lock',
  lockPrefix: 'lock',
  sns_notification_topic_arn: 'snsNotificationTopicArn',
  snsNotificationTopic: 'snsNotificationTopicArn',
  snsNotificationTopicARN: 'snsNotificationTopicArn',
  notification_method_blacklist_regex: 'notificationMethodBlacklistRegex',
  notificationMethodBlacklist: 'notificationMethodBlacklistRegex',
  notificationMethodBlacklistRegexp: 'notificationMethodBlacklistRegex',
  notification: 'notifications',
  before_deploy: 'beforeDeploy',
  beforedeploy: 'beforeDeploy',
  beforeDeployment: 'beforeDeploy',
  after_deploy: 'afterDeploy',
  afterdeploy: 'afterDeploy',
  afterDeployment: 'afterDeploy',
  after_failure: 'afterFailure',
  afterfailure: 'afterFailure',
  afterFail: 'afterFailure',
  afterFailed: 'afterFailure',
} as const

const known = new Map<string, string>(Object.entries(nearMisses))

/** The member of a definition that is meant by a name which isn't one, for each such name found on the source. */
export function misspeltMembers(source: object, members: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  // Two letters off from a short name is mostly another word: `later`, `water`.
  const isLong = (member: string): boolean => member.length > 5
  // One letter off from a shorter one always is: `clock`, `block`.
  const isShort = ({ length }: string): boolean => length === 5
  const [long, short] = [members.filter(isLong), members.filter(isShort)]
  for (const name of ownAndInherited(source)) {
    // A leading underscore is how people keep something of their own beside a member.
    if (members.includes(name) || name.startsWith('_')) continue
    const meant = known.get(name) ?? nearest(name, long) ?? nearest(name, short, 1)
    if (meant !== undefined) found.set(name, meant)
  }
  return found
}

/** Names of fields and getters, without reading them; methods can't be meant for a member, but for one that is a method itself. */
function ownAndInherited(source: object): string[] {
  const names: string[] = []
  let owner: unknown = source
  while (typeof owner === 'object' && owner !== null && owner !== Object.prototype) {
    const descriptors = Object.entries(Object.getOwnPropertyDescriptors(owner))
    names.push(...descriptors.filter(([name, one]) => isDeclared(one) || isForHook(name)).map(([name]) => name))
    owner = Object.getPrototypeOf(owner)
  }
  return names
}

const isForHook = (name: string): boolean => hookNames.some((hook) => hook === known.get(name))

const isDeclared = (property: PropertyDescriptor): boolean =>
  property.get !== undefined || (property.value !== undefined && typeof property.value !== 'function')
