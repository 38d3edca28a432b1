// A definition of something that no class declares: a running service, a task to run once, a service of a stack.
import type { Definition } from './definition.ts'

/** What is not given is empty: it keeps every revision, and nobody is notified. */
export function bareDefinition(
  given: Pick<Definition, 'name' | 'taskDefinition'> &
    Partial<Pick<Definition, 'updateServices' | 'runTasks' | 'activeTaskCount'>>,
): Definition {
  return {
    updateServices: [],
    runTasks: [],
    eventTargets: [],
    schedules: [],
    after: [],
    activeTaskCount: Number.MAX_SAFE_INTEGER,
    lock: undefined,
    snsNotificationTopicArn: undefined,
    notificationMethodBlacklistRegex: /^/,
    notifications: [],
    ...given,
  }
}
