/** Reads the revisions that a plan needs to know: those that are ACTIVE, what uses them, and what services are put back to. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { Definition } from '../definition/definition.ts'
import { shownNames } from '../ground/names.ts'
import { unlessDenied, whyUnreadable } from '../rollout/missingPermission.ts'
import { completedRevision } from './history.ts'
import { revisionReferences } from './revisionReferences.ts'
import { activeRevisions, describeRevision } from './revisions.ts'
import type { Registered, Revision, RevisionReference, World } from './world.ts'

/** Notes what is done without, a sentence. */
export type Note = (sentence: string) => void

/** Where they are not needed but to tidy up, a family whose revisions may not be listed is left out. */
export async function observeRevisions(
  aws: Aws,
  families: readonly string[],
  { isNeeded, note, signal }: { isNeeded: boolean | undefined; note: Note; signal: AbortSignal | undefined },
): Promise<Map<string, readonly Revision[]>> {
  const lists = await Promise.all(
    families.map((family) => {
      const list = activeRevisions(aws, family, signal)
      const without = `The revisions of ${family} could not be listed`
      return isNeeded ? list : list.catch(unlessDenied((error) => noted(note, sentence(without, error))))
    }),
  )
  return new Map(families.flatMap((family, index) => (lists[index] ? [[family, lists[index]] as const] : [])))
}

/** What uses the revisions, where one may be beyond what is kept; undefined where it may not be read, and none can be known to be unused. */
export async function observeUses(
  aws: Aws,
  of: {
    readonly definitions: readonly Definition[]
    readonly revisions: World['revisions']
    readonly clusters: readonly string[]
  },
  note: Note,
  signal: AbortSignal | undefined,
): Promise<RevisionReference[] | undefined> {
  const { definitions, revisions, clusters } = of
  const count = (family: string): number => revisions.get(family)?.length ?? 0
  if (definitions.every((one) => count(one.taskDefinition.family) < one.activeTaskCount)) return []
  const families = [...new Set(definitions.map(({ taskDefinition }) => taskDefinition.family))]
  const revision = [...revisions.values()].flat()[0]?.arn
  const read = revisionReferences(aws, { families, clusters, revision }, signal)
  return read.catch(unlessDenied((error) => noted(note, unreadUses(families, error))))
}

/** Says that nothing is pruned, and why. */
export function unreadUses(families: readonly string[] | undefined, error: unknown): string {
  const old = families ? `Old revisions of ${shownNames(families, 'families')}` : 'Old revisions'
  return sentence(`${old} stay ACTIVE, because what uses them could not be read`, error)
}

function noted(note: Note, text: string): undefined {
  note(text)
}

function sentence(what: string, error: unknown): string {
  return `${what}: ${whyUnreadable(error, 'to read them')}.`
}

/** What services are put back to, by ARN. */
export function goalsOf(services: ReadonlyMap<string, Service>, history: World['history']): string[] {
  return [...services].flatMap(([key, service]) => completedRevision(service, history.get(key)) ?? [])
}

/** What of these goals is not among the ACTIVE revisions: the way back has to go to a copy of it. */
export async function observeRunning(
  aws: Aws,
  goals: readonly string[],
  revisions: ReadonlyMap<string, readonly Revision[]>,
  signal: AbortSignal | undefined,
): Promise<Map<string, Registered>> {
  const active = new Set([...revisions.values()].flat().map(({ arn }) => arn))
  const others = [...new Set(goals)].filter((arn) => !active.has(arn))
  const found = await Promise.all(
    others.map((arn) =>
      describeRevision(aws, arn, signal).catch((error: unknown) => {
        if (!unshown.has((error as Error).name)) throw error
      }),
    ),
  )
  return new Map(found.flatMap((one) => (one ? [[one.arn, one] as const] : [])))
}

/** What AWS answers of a revision that was deleted, and to whoever may not see it. */
const unshown = new Set(['ClientException', 'AccessDeniedException'])
