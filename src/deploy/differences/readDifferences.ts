/** What a deploy of an image tag would change of what runs. */
import type { Aws } from '../../aws/aws.ts'
import type { Definition } from '../../definition/definition.ts'
import { checkDigest } from '../../definition/image.ts'
import { checkImageTag } from '../../definition/placeholder.ts'
import type { Difference } from '../../engine/difference.ts'
import type { Clock } from '../../ground/clock.ts'
import { staying } from '../definitionCommand.ts'
import { observe } from '../observe.ts'
import { planDeploy } from '../planDeploy.ts'
import { readImages } from '../readImages.ts'
import { activeRevisions, familyOf } from '../revisions.ts'
import type { Registered } from '../world.ts'
import { type Compared, readCompared } from './readCompared.ts'
import { unlisted } from './pointers.ts'
import { differencesIn, withDifferences } from './withDifferences.ts'

/** Differences, and what a person should know, a sentence each. */
export interface Differences {
  readonly differences: readonly Difference[]
  readonly warnings: readonly string[]
}

/**
 * Compares definitions with what their services and targets run now. What runs already is not registered again: only of
 * that a deploy prunes nothing. Reads only.
 */
export async function readDifferences(
  aws: Aws,
  { definitions, tag }: { readonly definitions: readonly Definition[]; readonly tag: string },
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal },
): Promise<Differences> {
  checkImageTag(tag)
  checkDigest(definitions, tag)
  const observed = await observe(aws, definitions, { uses: true, history: 'wayBack', ...(signal && { signal }) })
  const deployed = planDeploy(definitions, tag, observed, { wait: true, skipUnchanged: false })
  // Of these nobody would know whether they are new: whoever may not list them hears it as an error.
  for (const family of unlisted(deployed, observed)) await activeRevisions(aws, family, signal)
  const compared = await readCompared(aws, deployed, observed, { isNeeded: true, signal })
  const known = { ...observed, registered: activeOf(compared) }
  const images = await readImages({ aws, clock, signal }, staying(definitions, tag, known))
  const world = { ...known, images }
  const plan = planDeploy(definitions, tag, world, { wait: true, skipUnchanged: true })
  return { differences: differencesIn(withDifferences(plan, world, compared)), warnings: plan.warnings }
}

/** By family: what is ACTIVE of what was compared, newest first. */
function activeOf(compared: Compared): Map<string, readonly Registered[]> {
  const found = [...compared.values()].filter((one) => one !== 'hidden')
  const active = found
    .filter(({ taskDefinition }) => taskDefinition.status === 'ACTIVE')
    .toSorted((one, other) => (other.taskDefinition.revision ?? 0) - (one.taskDefinition.revision ?? 0))
  const families = new Set(active.map(({ arn }) => familyOf(arn)))
  return new Map([...families].map((family) => [family, active.filter(({ arn }) => familyOf(arn) === family)]))
}
