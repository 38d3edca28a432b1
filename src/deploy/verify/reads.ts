/** What checks ask AWS: each question once, however many ask it. */
import type { Aws, Input, Method, Output } from '../../aws/aws.ts'
import { elsewhere } from '../../aws/elsewhere.ts'
import { permissionOf } from '../../aws/permission.ts'
import { explain, isConnection } from '../../engine/problem.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { whyUnreadable } from '../../rollout/missingPermission.ts'
import type { ImageAnswer } from './registry/registry.ts'

/** What was found; that it is not there; or why nobody could look. */
export type Answer<T> =
  | { readonly state: 'found'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unread'; readonly why: string }

export interface Reads {
  /** All pages of a read. Errors whose names match `absent` say that it is not there. */
  ask<M extends Method>(method: M, input: Input<M>, absent?: RegExp): Promise<Answer<Output<M>>>
  /** What to add to "There is no …" where an ARN is of another region or account. */
  elsewhere(names: readonly string[]): Promise<string>
  /** An image that is not in ECR, asked of its registry. */
  image(reference: string): Promise<ImageAnswer>
  /** Why AWS could not be reached, where none of what it was asked was answered. */
  unreachable(): Error | undefined
}

/** Reads through `aws`. Throws what keeps every read from being answered, such as missing credentials. */
export function readsOf(
  aws: Aws,
  registry: (reference: string) => Promise<ImageAnswer>,
  signal: AbortSignal | undefined,
): Reads {
  const known = new Map<string, Promise<unknown>>()
  let isReached = false
  let unreachable: Error | undefined
  function once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const answer = (known.get(key) as Promise<T> | undefined) ?? read()
    known.set(key, answer)
    return answer
  }
  return {
    async ask(method, input, absent) {
      try {
        const key = `${method} ${JSON.stringify(input)}`
        const value = await once(key, () => aws.all(method, input, signal))
        isReached = true
        return { state: 'found', value }
      } catch (error) {
        if (!(error instanceof Error && isConnection(error))) isReached = true
        else unreachable ??= explain(error) as Error
        if (absent?.test((error as Error).name)) return { state: 'absent' }
        return { state: 'unread', why: whyUnread(error, method, signal) }
      }
    },
    elsewhere: (names) => once(`elsewhere ${names.join(' ')}`, () => elsewhere(aws, names, signal)),
    image: (reference) => once(`image ${reference}`, () => registry(reference)),
    unreachable: () => (isReached ? undefined : unreachable),
  }
}

/** Why one read was not answered; throws where no other would be, or the fault is ours. */
function whyUnread(error: unknown, method: Method, signal: AbortSignal | undefined): string {
  if (signal?.aborted) throw signal.reason
  const explained = explain(error)
  if (!(explained instanceof EcsTaskError) || explained.code !== 'RefusedByAws') throw explained
  return whyUnreadable(error, permissionOf(method)).replace(/\.$/, '')
}
