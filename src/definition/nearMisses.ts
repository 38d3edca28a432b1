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
  active_task_count: 'activeTaskCount',
  activeTasksCount: 'activeTaskCount',
  activeTaskCounts: 'activeTaskCount',
  activeTasks: 'activeTaskCount',
  sns_notification_topic_arn: 'snsNotificationTopicArn',
  snsNotificationTopic: 'snsNotificationTopicArn',
  snsNotificationTopicARN: 'snsNotificationTopicArn',
  notification_method_blacklist_regex: 'notificationMethodBlacklistRegex',
  notificationMethodBlacklist: 'notificationMethodBlacklistRegex',
  notificationMethodBlacklistRegexp: 'notificationMethodBlacklistRegex',
} as const
