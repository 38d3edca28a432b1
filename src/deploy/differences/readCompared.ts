/** Reads the revisions that a plan's task definitions are compared with. */
import type { Aws } from '../../aws/aws.ts'
import { isDenied } from '../../aws/denied.ts'
import type { Plan } from '../../engine/plan.ts'
import { describeRevision } from '../revisions.ts'
import type { Registered } from '../world.ts'
import { type Observed, byRegistration, newestFor, pointersOf } from './pointers.ts'

/** By ARN; `hidden` is what AWS may not show, and what it no longer has is not in it. */
export type Compared = ReadonlyMap<string, Registered | 'hidden'>

/**
 * Reads what services and targets point at and what they are to, and of a family at which nothing points its newest
 * revision: each once. With `isNeeded`, whoever may not look hears of it as an error.
 */
export async function readCompared(
  aws: Aws,
  plan: Plan,
  world: Observed,
  { isNeeded, signal }: { readonly isNeeded: boolean; readonly signal?: AbortSignal | undefined },
): Promise<Compared> {
  const pointers = pointersOf(plan, world)
  const pointed = pointers.flatMap(({ now, goal }) => (typeof goal === 'string' ? [now, goal] : [now]))
  const registered = byRegistration(pointers)
  const newest = plan.stages.flatMap(({ steps }) => steps.flatMap((step) => newestFor(step, registered, world) ?? []))
  const found = await Promise.all(
    [...new Set([...pointed, ...newest])].map(async (arn) => {
      const one = await describeRevision(aws, arn, signal).catch((error: unknown) => {
        if (isDenied(error) && !isNeeded) return 'hidden' as const
        // ECS answers so of a revision that was deleted.
        if ((error as Error).name !== 'ClientException') throw error
      })
      return one ? [[arn, one] as const] : []
    }),
  )
  return new Map(found.flat())
}
