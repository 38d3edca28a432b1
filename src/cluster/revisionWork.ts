import { differences, sameTaskDefinition } from '../definition/sameTaskDefinition.ts'
import { Reference } from '../engine/step.ts'
import { deregisterTaskDefinition } from '../deploy/steps/deregisterTaskDefinition.ts'
import { registerTaskDefinition } from '../deploy/steps/registerTaskDefinition.ts'
import type { Registered } from '../deploy/world.ts'
import type { DesiredService } from './desired.ts'
import type { Found } from './found.ts'
import { ranTag } from './marks.ts'
import type { Work } from './work.ts'

/** The revision that a service is to run: one that is there already, or one to be registered. */
export interface WantedRevision {
  readonly revision: string | Reference
  /** What is registered as it, where it is there. */
  readonly there: Registered | undefined
}

/** What is to be done for the revision of a service. The newest is used again, or the one that runs, where it is the same. */
export function revisionWork(found: Found, { name, taskDefinition }: DesiredService): Work & WantedRevision {
  const { family } = taskDefinition
  const newest = found.newest.get(family)
  const runs = found.running.get(found.services.get(name)?.taskDefinition ?? '')
  const there = [newest, runs].find((one) => one && sameTaskDefinition(taskDefinition, described(one)))
  if (there) return { steps: {}, revision: there.arn, there }
  const id = `registerTaskDefinition ${family}`
  const revision = new Reference(id, `the new revision of ${family}`)
  const own = { services: [{ cluster: found.cluster, service: name }], rules: [] }
  const undo = [deregisterTaskDefinition(revision, [found.cluster], own)]
  const step = registerTaskDefinition(id, taskDefinition, { undo, after: newest?.taskDefinition.revision ?? 0 })
  const changes = newest ? differences(taskDefinition, described(newest)) : undefined
  return { steps: { revisions: [{ ...step, changes }] }, revision, there: undefined }
}

/** What is registered, without the tag that only says that its task has run. */
function described({ taskDefinition, tags }: Registered) {
  return { ...taskDefinition, tags: tags.filter(({ key }) => key !== ranTag) }
}
