/** Plans the revision that a service or a one-off task is to run, the run of a one-off task, and where a service goes back to. */
import type { Service } from '@aws-sdk/client-ecs'
import type { TaskDefinition } from '../definition/definition.ts'
import { differences } from '../definition/sameTaskDefinition.ts'
import { Reference } from '../engine/step.ts'
import { nameOf, serviceKey } from '../ground/names.ts'
import { completedRevision } from '../deploy/history.ts'
import { primaryOf } from '../rollout/verdict.ts'
import type { ImageState } from '../deploy/imageState.ts'
import { type RevisionCopy, copyOf, wayBackWarnings } from '../deploy/revisionCopy.ts'
import { deregisterTaskDefinition } from '../deploy/steps/deregisterTaskDefinition.ts'
import { registerTaskDefinition } from '../deploy/steps/registerTaskDefinition.ts'
import { runTask } from '../deploy/steps/runTask.ts'
import type { Registered } from '../deploy/world.ts'
import { tagResource } from './steps/tagResource.ts'
import type { DesiredService } from './desired.ts'
import { type Found, tagsOf } from './found.ts'
import { isLeaving } from './recreation.ts'
import { hasSameContent, ranTag, runTag, scheduleGroupName, scheduleName, withContent } from './ownership.ts'
import { scheduledRevision } from './schedules/scheduleWork.ts'
import { registerTask } from './steps/registerTask.ts'
import type { Work } from './work.ts'

/** The revision that a service is to run: an existing one, or one to be registered. */
export interface WantedRevision {
  readonly revision: string | Reference
  /** The existing one. */
  readonly registered: Registered | undefined
}

/**
 * The work for the revision of a service. The one that runs, or that its schedule starts, is reused if it is the same and still
 * ACTIVE, else the newest:
 * after two runs at once there may be two of one content.
 */
export function revisionWork(
  found: Found,
  { name, taskDefinition, run, schedule }: DesiredService,
): Work & WantedRevision {
  const { family } = taskDefinition
  const newest = found.newest.get(family)
  const ofService = found.services.get(name)?.taskDefinition
  const arn = ofService ?? (schedule && scheduledRevision(found, name)) ?? ''
  const runs = found.running.get(arn)
  const active = runs?.taskDefinition.status === 'INACTIVE' ? undefined : runs
  const registered = [active, newest].find((one) => one && hasSameContent(taskDefinition, one))
  if (registered) return { steps: {}, revision: registered.arn, registered }
  const id = `registerTaskDefinition ${family}`
  const revision = new Reference(id, `the new revision of ${family}`)
  const own = {
    services: [{ cluster: found.cluster, service: name }],
    rules: [],
    schedules: schedule ? [{ Name: scheduleName(name), GroupName: scheduleGroupName(found.cluster) }] : [],
  }
  const deregister = deregisterTaskDefinition(revision, [found.cluster], { own })
  const after = newest?.taskDefinition.revision ?? 0
  const step =
    run && !schedule
      ? registerTask(id, markedBy(found, taskDefinition), { undo: [deregister], after })
      : // Whoever is superseded leaves none that nothing uses.
        registerTaskDefinition(id, taskDefinition, { undo: [{ ...deregister, evenSuperseded: true }], after })
  const before = runs ?? newest
  const of = { type: 'family' as const, family }
  const changed = before && {
    differences: differences(taskDefinition, withContent(before)).map((change) => ({
      of,
      revisions: [nameOf(before.arn)],
      runBy: before.arn === ofService ? [serviceKey({ cluster: found.cluster, service: name })] : [],
      ...change,
    })),
  }
  return { steps: { revisions: [{ ...step, ...changed }] }, revision, registered: undefined }
}

/** The task definition with the run that registers it among its tags. */
function markedBy({ run }: Found, taskDefinition: TaskDefinition): TaskDefinition {
  return { ...taskDefinition, tags: [...(taskDefinition.tags ?? []), { key: runTag, value: run }] }
}

/** The work for a one-off task: it runs once with each revision, which is tagged once the task has ended. */
export function taskWork(service: DesiredService, { revision, registered }: WantedRevision): Work {
  const { name, taskDefinition, run } = service
  if (!run || run.count === 0 || (registered && tagsOf(registered.tags)[ranTag] !== undefined)) return { steps: {} }
  const { family, containerDefinitions } = taskDefinition
  const essential = containerDefinitions.filter((one) => one.essential !== false).map((one) => one.name ?? '')
  const shownRevision = registered ? nameOf(registered.arn) : `the new revision of ${family}`
  return {
    steps: {
      tasks: [
        // A run that was killed may have left one that goes on or has succeeded, and no migration is to run twice.
        runTask(`runTask ${name}`, { run, family, revision, essential, resumes: true }),
        tagResource({ arn: revision, name: `${shownRevision} as run`, tags: { [ranTag]: 'true' } }),
      ],
    },
  }
}

/** What a service goes back to: what it ran before, as far as it had completed. */
export interface WayBack {
  /** The revision. */
  readonly goal: string | undefined
  /** What stands for it where it is no longer ACTIVE. */
  readonly copy: RevisionCopy | undefined
  /** What a person should know before the service is deployed, a sentence each. */
  readonly backWarnings: readonly string[]
  /** What is known of the images that run, where the revision stays. */
  readonly images: readonly ImageState[]
}

export function wayBackOf(found: Found, existing: Service | undefined): WayBack {
  const { cluster, successes, running, newest, images } = found
  const { serviceName: service = '', taskDefinition: runs } = existing ?? {}
  const succeeded = successes.get(service)
  const hasFailed = ['IN_PROGRESS', 'FAILED'].includes((existing && primaryOf(existing)?.rolloutState) ?? '')
  const imagesOf = images.get(serviceKey({ cluster, service })) ?? []
  if (existing && isLeaving(existing) && hasFailed && !succeeded?.length) {
    const text = `Service ${service} was deleted before its first rollout had completed: on failure it is not created again.`
    return { goal: undefined, copy: undefined, backWarnings: [text], images: imagesOf }
  }
  const goal = existing && completedRevision(existing, succeeded)
  const copy = copyOf(running.get(goal ?? ''))
  const isUnknown = !running.has(goal ?? '') && ![...newest.values()].some(({ arn }) => arn === goal)
  return {
    goal,
    copy,
    backWarnings: existing ? wayBackWarnings(service, { goal, runs, isCopied: copy !== undefined, isUnknown }) : [],
    images: imagesOf,
  }
}
