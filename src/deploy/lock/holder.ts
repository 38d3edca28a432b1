/** Who takes a lock, as others are told. */
import { defined } from '../../ground/defined.ts'
import { runLink } from '../../ground/runLink.ts'
import { jobIn } from '../../ground/runner.ts'
import { whoRuns } from '../../ground/whoRuns.ts'

/** A name, and the page of the CI job. */
export interface Holder {
  readonly name: string
  readonly run?: string | undefined
}

/** The person whom a CI runner names, else the user and the machine: `alice (CI)`, `alice@laptop`. */
export function holderIn(env: Readonly<Record<string, string | undefined>>): Holder {
  const { actor, page } = jobIn(env) ?? {}
  return defined({ name: actor ? `${actor} (CI)` : whoRuns(), run: runLink(page) })
}
