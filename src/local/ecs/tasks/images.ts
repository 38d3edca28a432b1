// How a container behaves, which its image tag says: `crash`, `exit-1`, `no-pull`, `slow-30s` …
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/wire.ts'

/** What the tag of a container's image makes the container do. */
type Behaviour =
  | { kind: 'crash' | 'noPull' | 'noPlace' | 'unhealthy' }
  | { kind: 'exit'; exitCode: number }
  | { kind: 'slow'; milliseconds: number }

const words: Record<string, Behaviour> = {
  crash: { kind: 'crash' },
  'no-pull': { kind: 'noPull' },
  'no-place': { kind: 'noPlace' },
  unhealthy: { kind: 'unhealthy' },
}

/**
 * Misbehaviour is spelled in the image tag, so that a failed rollout can be rehearsed without a broken image: `crash`
 * (also `crash-…`), `exit-N` (0 to 255), `no-pull`, `no-place`, `unhealthy`, `slow-30s`, `slow-2m`. The word is the
 * whole tag; any other tag is an image that does what it should.
 */
export function behaviourOf(image: string): Behaviour | undefined {
  const tag = tagOf(image) ?? ''
  if (Object.hasOwn(words, tag)) return words[tag]
  if (tag.startsWith('crash-')) return words.crash
  const exit = /^exit-(\d{1,3})$/.exec(tag)
  if (exit && Number(exit[1]) <= 255) return { kind: 'exit', exitCode: Number(exit[1]) }
  const slow = /^slow-(\d{1,5})([sm])$/.exec(tag)
  if (slow) return { kind: 'slow', milliseconds: Number(slow[1]) * (slow[2] === 'm' ? 60_000 : 1000) }
  return undefined
}

/** The tag of an image reference, `[registry[:port]/]path[:tag][@digest]`; undefined where there is none. */
function tagOf(image: string): string | undefined {
  const lastPart = image.split('@', 1)[0]!.split('/').at(-1)!
  const colon = lastPart.indexOf(':')
  return colon === -1 ? undefined : lastPart.slice(colon + 1)
}

/** Whether no container instance has room for a task of this revision: one of its images is tagged `no-place`. */
export function cannotPlace({
  containerDefinitions,
}: {
  containerDefinitions: readonly Wire<ContainerDefinition>[]
}): boolean {
  return containerDefinitions.some((container) => behaviourOf(container.image ?? '')?.kind === 'noPlace')
}

/** What a task or container says that cannot be started because its image is not there. */
export function cannotPull(image: string): string {
  return (
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): ' +
    `failed to resolve ref ${withRegistry(image)}: not found`
  )
}

/** The reference as container runtimes complete it: Docker Hub, and its `library` for a bare name. */
function withRegistry(image: string): string {
  const [first = '', ...rest] = image.split('/')
  if (rest.length === 0) return `docker.io/library/${image}`
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`
}
