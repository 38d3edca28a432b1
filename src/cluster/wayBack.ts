/** What is known of where a service of a stack can be put back to. */
import type { Service } from '@aws-sdk/client-ecs'
import { completedRevision } from '../deploy/history.ts'
import type { ImageState } from '../deploy/imageState.ts'
import { type RevisionCopy, copyOf, wayBackWarnings } from '../deploy/revisionCopy.ts'
import { serviceKey } from '../ground/names.ts'
import type { Found } from './found.ts'

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
  const goal = existing && completedRevision(existing, successes.get(service))
  const copy = copyOf(running.get(goal ?? ''))
  const isUnknown = !running.has(goal ?? '') && ![...newest.values()].some(({ arn }) => arn === goal)
  return {
    goal,
    copy,
    backWarnings: existing ? wayBackWarnings(service, { goal, runs, isCopied: copy !== undefined, isUnknown }) : [],
    images: images.get(serviceKey({ cluster, service })) ?? [],
  }
}
