/** Whether a running service runs what its image references stand for now: a tag is no content. */
import { pinnedImage } from './pinnedImages.ts'

/** What is known of one image of a service whose revision stays. */
export interface ImageState {
  readonly container: string
  /** As the task definition names it. */
  readonly image: string
  /** `moved`: its registry has another digest under the tag than the one that runs. */
  readonly state: 'same' | 'moved' | 'unknown'
  /** The digest that runs, where ECS says it. */
  readonly runs?: string | undefined
  /** The digest that the tag stands for now. */
  readonly now?: string | undefined
  /** Why it is not known. */
  readonly why?: string | undefined
}

/** By `cluster/service`: the images of services whose revision stays; those that nobody asks about are not in it. */
export type ImageStates = ReadonlyMap<string, readonly ImageState[]>

/** Whether a service has to be deployed again although its revision stays; `byName` takes the unknown for the same. */
export function isToRunAgain(states: readonly ImageState[] = [], byName: boolean): boolean {
  return states.some(({ state }) => state === 'moved' || (state === 'unknown' && !byName))
}

/** Why services are deployed again, or are not though nobody knows: a sentence each. */
export function imageWarnings(images: ImageStates, byName: boolean): string[] {
  return [...images].flatMap(([service, states]) => {
    const moved = states.filter(({ state }) => state === 'moved').map(movedText)
    const unknown = states.filter(({ state }) => state === 'unknown').map(unknownText)
    if (moved.length > 0) return [`${service} is deployed again: ${moved.join('; ')}.`]
    if (unknown.length === 0) return []
    return [
      byName
        ? `${service} is compared by name: ${unknown.join('; ')}.`
        : `${service} is deployed again, since a tag can be pushed again: ${unknown.join('; ')}. To compare by name: --skip-unchanged.`,
    ]
  })
}

/** `repo:latest is now sha256:1f2e3d4c5b6a, and sha256:0a1b2c3d4e5f runs`. */
export function movedText({ image, now = '', runs = '' }: ImageState): string {
  return `${image} is now ${shortDigest(now)}, and ${shortDigest(runs)} runs`
}

function unknownText({ image, why }: ImageState): string {
  return `${image} may be another image by now (${why})`
}

/** As much of a digest as it takes to recognize it. */
function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12)
}

/** What runs, as `--image` takes it: `web=repo@sha256:…`; of what ECS does not say nothing. */
export function pinnedImages(states: readonly ImageState[]): string[] {
  return states.flatMap(({ container, image, runs }) =>
    runs === undefined ? [] : [pinnedImage(container, image, runs)],
  )
}
