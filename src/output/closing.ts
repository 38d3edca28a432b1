/** The lines before the last one: what has become of each service, and what was pruned. */
import { shownNames } from '../ground/names.ts'
import {
  type Changed,
  changedServices,
  consolePage,
  durationOf,
  endsDeleted,
  isChange,
  revisionsOf,
} from './changedServices.ts'
import { clusterLink, serviceLink } from './consoleLink.ts'
import { type Line, unbroken } from './line.ts'
import { elapsed } from './phrases.ts'
import type { Picture, StepPicture } from './picture.ts'

/** How many services are shown with a link each; of more, each cluster has one. */
const mostLinks = 5

/** So many services get a line each; more are counted. */
const mostServices = 30

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
  const services = steps.filter((step) => step.subject?.type === 'service' && isChange(step))
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

/** `my_cluster/web: web:7 (v1.2.2) → web:8 (v1.2.3), 40 s`. */
function serviceLine({ cluster, service, known, steps }: Changed, { observed, followed }: Picture): Line {
  const took = followed === false ? 'not waited for' : elapsed(durationOf(steps))
  return [
    ['bold', `${cluster}/${service}`],
    `: ${endsDeleted(steps) ? 'deleted' : revisionsOf(known, observed)}, ${took}`,
  ]
}

function linkLine(one: Changed, picture: Picture, link: typeof serviceLink): Line[] {
  const url = consolePage(one, picture, link)
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
