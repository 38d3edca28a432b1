/** The lines before the last one: what has become of each service, and what was pruned. */
import { calls } from '../aws/aws.ts'
import { shownNames, shownRevision } from '../ground/names.ts'
import { parseImage } from '../definition/image.ts'
import { clusterLink, serviceLink } from './consoleLink.ts'
import { type Line, unbroken } from './line.ts'
import type { Observed, ObservedService } from './observed.ts'
import { shownSubject } from '../engine/subject.ts'
import { elapsed } from './phrases.ts'
import type { Picture, StepPicture } from './picture.ts'

/** How many services are shown with a link each; of more, each cluster has one. */
const mostLinks = 5

/** So many services get a line each; more are counted. */
const mostServices = 30

/** A service that steps of the run have changed, and what AWS has answered of it. */
interface Changed {
  readonly cluster: string
  readonly service: string
  readonly known: ObservedService
  readonly steps: readonly StepPicture[]
}

/**
 * What each service went from and to, how long that took, and where the AWS console shows it; then what was pruned. Nothing
 * where the changes were taken back: then the lines of the way back say it.
 */
export function closingLines(picture: Picture): Line[] {
  if (picture.undo) return []
  const changed = changedServices(picture)
  const linked = changed.length <= mostLinks
  if (changed.length > mostServices) {
    return [
      countedLine(changed, picture),
      ...firstOfEachCluster(changed).flatMap((one) => linkLine(one, picture, clusterLink)),
      ...prunedLines(picture),
    ]
  }
  return [
    ...changed.flatMap((one) => [serviceLine(one, picture), ...(linked ? linkLine(one, picture, serviceLink) : [])]),
    ...(linked ? [] : firstOfEachCluster(changed).flatMap((one) => linkLine(one, picture, clusterLink))),
    ...prunedLines(picture),
  ]
}

/** `58 services changed, 1 failed, 1 not started; longest rollout: my_cluster/web, 4 min 12 s`. */
function countedLine(changed: readonly Changed[], { steps, followed }: Picture): Line {
  const services = steps.filter(({ subject, method, undoing }) => {
    return subject?.type === 'service' && method !== undefined && calls[method]?.kind === 'write' && !undoing
  })
  const count = (state: StepPicture['state']): number => services.filter((step) => step.state === state).length
  const [failed, open] = [count('failed'), count('skipped') + count('waiting')]
  const counts = [
    `${changed.length} services changed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(open > 0 ? [`${open} not changed`] : []),
  ]
  const [longest] = changed.toSorted((one, other) => durationOf(other.steps) - durationOf(one.steps))
  if (followed === false || !longest) return [`${counts.join(', ')}; not waited for`]
  const { cluster, service } = longest
  return [
    `${counts.join(', ')}; longest rollout: `,
    ['bold', `${cluster}/${service}`],
    `, ${elapsed(durationOf(longest.steps))}`,
  ]
}

function changedServices({ steps, observed }: Picture): Changed[] {
  const putBack = new Set(
    steps.flatMap(({ subject, undoing }) => (undoing && subject?.type === 'service' ? shownSubject(subject) : [])),
  )
  const byKey = new Map<string, Changed>()
  for (const step of steps) {
    const { subject, method, state, undoing } = step
    const isChange = method !== undefined && calls[method]?.kind === 'write' && state === 'finished' && !undoing
    if (!isChange || subject?.type !== 'service') continue
    const { cluster, service } = subject
    const key = `${cluster}/${service}`
    const known = observed.services.get(key)
    if (known && !putBack.has(key))
      byKey.set(key, { cluster, service, known, steps: [...(byKey.get(key)?.steps ?? []), step] })
  }
  return [...byKey.values()]
}

/** `my_cluster/web: web:7 (v1.2.2) → web:8 (v1.2.3), 40 s`. */
function serviceLine({ cluster, service, known, steps }: Changed, { observed, followed }: Picture): Line {
  const isDeleted = steps.some(({ method }) => method === 'deleteService')
  const took = followed === false ? 'not waited for' : elapsed(durationOf(steps))
  return [['bold', `${cluster}/${service}`], `: ${isDeleted ? 'deleted' : revisionsOf(known, observed)}, ${took}`]
}

function revisionsOf({ before, after }: ObservedService, { images }: Observed): string {
  const [old, now] = [images.get(before ?? '') ?? {}, images.get(after) ?? {}]
  const hasChanged = (name: string): boolean => old[name] !== now[name]
  const names = Object.keys({ ...old, ...now })
  const changed = names.some(hasChanged) ? names.filter(hasChanged) : names
  const shown = (revision: string, of: Readonly<Record<string, string>>): string =>
    shownRevision({ revision, tags: [...new Set(changed.flatMap((name) => tagOf(of[name])))] })
  if (before === undefined) return `created with ${shown(after, now)}`
  return before === after ? shown(after, now) : `${shown(before, old)} → ${shown(after, now)}`
}

/** `v1.2.3`, or as much of a digest as it takes to recognize it. */
function tagOf(image: string | undefined): string[] {
  const { tag, digest } = (image && parseImage(image)) || {}
  const shown = tag ?? digest?.slice(0, 'sha256:'.length + 12)
  return shown === undefined ? [] : [shown]
}

/** Steps of one service may go one after another, and side by side. */
function durationOf(steps: readonly StepPicture[]): number {
  const begins = steps.map(({ startedAt = 0 }) => startedAt)
  return Math.max(...steps.map(({ endedAt = 0 }) => endedAt)) - Math.min(...begins)
}

/** Only Amazon's AWS has a console. */
function linkLine({ cluster, service, known }: Changed, { run }: Picture, link: typeof serviceLink): Line[] {
  const isAmazons = !run?.local && run?.endpoint === undefined
  const url = isAmazons ? link(known.serviceArn, { cluster, service }) : undefined
  return url === undefined ? [] : [[unbroken('  '), ['cyan', unbroken(url)]]]
}

function firstOfEachCluster(changed: readonly Changed[]): Changed[] {
  return [...new Map(changed.toReversed().map((one) => [one.cluster, one])).values()].toReversed()
}

function prunedLines({ run, steps }: Picture): Line[] {
  const pruned = steps.filter(
    ({ method, state, undoing }) => method === 'deregisterTaskDefinition' && state === 'finished' && !undoing,
  )
  const names = pruned.flatMap(({ subject }) => (subject?.type === 'revision' ? [subject.revision] : []))
  // A rollback deregisters what is newer, and whoever destroys everything: nothing of that is old.
  const verb = run?.command === 'deploy' || run?.command === 'update' ? 'Pruned' : 'Deregistered'
  return names.length === 0 ? [] : [[`${verb} ${shownNames(names, 'revisions')}`]]
}
