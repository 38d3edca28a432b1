/** What is known of where a service of a stack can be put back to. */
import type { Service } from '@aws-sdk/client-ecs'
import { completedRevision } from '../deploy/history.ts'
import type { ImageState } from '../deploy/imageState.ts'
import { type RevisionCopy, copyOf } from '../deploy/revisionCopy.ts'
import { serviceKey } from '../ground/names.ts'
import type { Found } from './found.ts'

/** What a service goes back to: what it ran before, as far as it had completed. */
export interface WayBack {
  /** The revision. */
  readonly goal: string | undefined
  /** What stands for it where it is no longer ACTIVE. */
  readonly copy: RevisionCopy | undefined
  /** What is known of the images that run, where the revision stays. */
  readonly images: readonly ImageState[]
}

export function wayBackOf({ cluster, successes, running, images }: Found, existing: Service | undefined): WayBack {
  const { serviceName: service = '' } = existing ?? {}
  const goal = existing && completedRevision(existing, successes.get(service))
  return { goal, copy: copyOf(running.get(goal ?? '')), images: images.get(serviceKey({ cluster, service })) ?? [] }
}
