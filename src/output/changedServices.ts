/** What has become of each service that a run was to change: for the closing lines, a job summary and a report. */
import { calls } from '../aws/aws.ts'
import { parseImage } from '../definition/image.ts'
import { shownSubject } from '../engine/subject.ts'
import { shownRevision } from '../ground/names.ts'
import { serviceLink } from './consoleLink.ts'
import type { Observed, ObservedService } from './observed.ts'
import type { Picture, StepPicture } from './picture.ts'

/** A service that steps of the run have changed, and what AWS has answered of it. */
export interface Changed {
  readonly cluster: string
  readonly service: string
  readonly known: ObservedService
  readonly steps: readonly StepPicture[]
}

export function changedServices({ steps, observed }: Picture): Changed[] {
  const putBack = servicesPutBack(steps)
  const byKey = new Map<string, Changed>()
  for (const step of steps) {
    const { subject, state } = step
    if (!isChange(step) || state !== 'finished' || subject?.type !== 'service') continue
    const { cluster, service } = subject
    const key = `${cluster}/${service}`
    const known = observed.services.get(key)
    if (known && !putBack.has(key))
      byKey.set(key, { cluster, service, known, steps: [...(byKey.get(key)?.steps ?? []), step] })
  }
  return [...byKey.values()]
}

/** Whether a step changes something in AWS, and is not there to undo another. */
export function isChange({ method, undoing }: StepPicture): boolean {
  return method !== undefined && calls[method]?.kind === 'write' && !undoing
}

/** Whether a service is gone after these steps: one that is deleted and then created again is not. */
export function endsDeleted(steps: readonly StepPicture[]): boolean {
  const last = steps.findLast(
    ({ method, state }) => state === 'finished' && (method === 'deleteService' || method === 'createService'),
  )
  return last?.method === 'deleteService'
}

/** `web:7 (v1.2.2) → web:8 (v1.2.3)`. */
export function revisionsOf({ before, after }: ObservedService, { images }: Observed): string {
  const [old, now] = [images.get(before ?? '') ?? {}, images.get(after) ?? {}]
  const hasChanged = (name: string): boolean => old[name] !== now[name]
  const names = Object.keys({ ...old, ...now })
  const changed = names.some(hasChanged) ? names.filter(hasChanged) : names
  const shown = (revision: string, of: Readonly<Record<string, string>>): string =>
    shownRevision({ revision, tags: [...new Set(changed.flatMap((name) => tagOf(of[name])))] })
  if (before === undefined) return `created with ${shown(after, now)}`
  return before === after ? shown(after, now) : `${shown(before, old)} → ${shown(after, now)}`
}

/** Steps of one service may go one after another, and side by side. */
export function durationOf(steps: readonly StepPicture[]): number {
  const begins = steps.map(({ startedAt = 0 }) => startedAt)
  return Math.max(...steps.map(({ endedAt = 0 }) => endedAt)) - Math.min(...begins)
}

/** The console's page of a service, by a function that makes one; only Amazon's AWS has a console. */
export function consolePage(
  { cluster, service, known }: Pick<Changed, 'cluster' | 'service' | 'known'>,
  { run }: Picture,
  link: typeof serviceLink = serviceLink,
): string | undefined {
  const isAmazons = !run?.local && run?.endpoint === undefined
  return isAmazons ? link(known.serviceArn, { cluster, service }) : undefined
}

/** What has become of a service in a word or two. */
export type Fate = 'done' | 'started' | 'failed' | 'put back' | 'not put back' | 'in progress' | 'not changed'

/** A service that a run was to change, whatever came of it. */
export interface ServiceOutcome {
  readonly key: string
  readonly fate: Fate
  /** `web:7 (v1.2.2) → web:8 (v1.2.3)`; empty where AWS has answered nothing. */
  readonly revisions: string
  /** The revision that it runs as far as is known. */
  readonly runs: string | undefined
  readonly milliseconds: number | undefined
  readonly console: string | undefined
}

/** Every service that the plan was to change, in its order. */
export function serviceOutcomes(picture: Picture): ServiceOutcome[] {
  const byKey = new Map<string, StepPicture[]>()
  for (const step of picture.steps) {
    if (step.subject?.type !== 'service' || !(isChange(step) || step.undoing)) continue
    const key = shownSubject(step.subject)
    byKey.set(key, [...(byKey.get(key) ?? []), step])
  }
  return [...byKey].flatMap(([key, steps]) => outcomeOf(key, steps, picture) ?? [])
}

function outcomeOf(key: string, steps: readonly StepPicture[], picture: Picture): ServiceOutcome | undefined {
  const { observed, followed } = picture
  const subject = steps[0]?.subject
  if (subject?.type !== 'service') return undefined
  const known = observed.services.get(key)
  const fate = fateOf(steps, followed)
  const isDeleted = endsDeleted(steps)
  const timed = steps.filter(({ startedAt, endedAt }) => startedAt !== undefined && endedAt !== undefined)
  return {
    key,
    fate,
    revisions: isDeleted ? 'deleted' : known ? revisionsOf(known, observed) : '',
    runs: isDeleted ? undefined : known?.after,
    milliseconds: timed.length > 0 && fate !== 'started' ? durationOf(timed) : undefined,
    console: known && !isDeleted ? consolePage({ ...subject, known }, picture) : undefined,
  }
}

function fateOf(steps: readonly StepPicture[], followed: boolean | undefined): Fate {
  const [ways, backs] = [steps.filter(({ undoing }) => !undoing), steps.filter(({ undoing }) => undoing)]
  const is = (state: StepPicture['state'], of = ways): boolean => of.some((step) => step.state === state)
  if (is('failed', backs)) return 'not put back'
  if (is('running', backs)) return 'in progress'
  if (is('finished', backs)) return 'put back'
  if (is('failed')) return 'failed'
  if (is('running')) return 'in progress'
  if (is('waiting') || ways.every(({ state }) => state === 'skipped')) return 'not changed'
  return followed === false ? 'started' : 'done'
}

function servicesPutBack(steps: readonly StepPicture[]): Set<string> {
  return new Set(
    steps.flatMap(({ subject, undoing }) => (undoing && subject?.type === 'service' ? shownSubject(subject) : [])),
  )
}

/** `v1.2.3`, or as much of a digest as it takes to recognize it. */
function tagOf(image: string | undefined): string[] {
  const { tag, digest } = (image && parseImage(image)) || {}
  const shown = tag ?? digest?.slice(0, 'sha256:'.length + 12)
  return shown === undefined ? [] : [shown]
}
