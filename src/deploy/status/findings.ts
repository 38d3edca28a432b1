/** What is not as a finished deploy leaves it. */
import { shownRevision } from '../../ground/names.ts'
import type { DefinitionStatus, PointedAt } from './status.ts'

/**
 * What a deploy that was cut off, failed or was left half done shows itself by, a sentence each. `gone` are the revisions
 * that are no longer ACTIVE.
 */
export function findingsOf(
  {
    services,
    targets,
    schedules,
    revisions,
  }: Pick<DefinitionStatus, 'services' | 'targets' | 'schedules' | 'revisions'>,
  gone: ReadonlySet<string>,
): string[] {
  const pointers = [
    ...services.map((one) => ({ ...one, what: `service ${one.service}` })),
    ...targets.map((one) => ({ ...one, what: `target ${one.target}` })),
    ...schedules.map((one) => ({ ...one, what: `schedule ${one.schedule}` })),
  ]
  return [
    ...services.filter(({ state }) => state === 'failed').map(failed),
    ...apart(pointers),
    ...targets
      .filter(({ revision }) => revision === undefined)
      .map(({ target }) => `Target ${target} is not there yet.`),
    ...(pointers.length > 0 ? leftOver(revisions) : []),
    ...pointers.filter(({ revision }) => gone.has(revision ?? '')).map(inactive),
  ]
}

type Pointer = PointedAt & { readonly what: string }

function failed(one: DefinitionStatus['services'][number]): string {
  return `The rollout of service ${one.service} to ${shownRevision(one)} has failed and is not moving: deploy again, or roll back.`
}

function apart(pointers: readonly Pointer[]): string[] {
  const revisions = [...new Set(pointers.filter(({ revision }) => revision !== undefined).map(shownRevision))]
  if (revisions.length < 2) return []
  const parts = revisions.map((revision) => {
    const those = pointers.filter((one) => shownRevision(one) === revision)
    return `${those.map(({ what }) => what).join(', ')} at ${revision}`
  })
  return [`Not everything points at the same revision: ${parts.join('; ')}.`]
}

/** The revisions newer than everything in use. Older ones are there to go back to. */
function leftOver(revisions: DefinitionStatus['revisions']): string[] {
  if (revisions.some(({ uses }) => uses === undefined)) return []
  const used = revisions.findIndex(({ uses = [] }) => uses.length > 0)
  const newer = used < 0 ? revisions : revisions.slice(0, used)
  if (newer.length === 0) return []
  return [
    `Unused, though newer than every revision in use: ${newer.map(shownRevision).join(', ')}. An interrupted deploy leaves this.`,
  ]
}

function inactive(one: Pointer): string {
  return `${shownRevision(one)}, which ${one.what} points at, is no longer ACTIVE: it cannot be deployed again.`
}
