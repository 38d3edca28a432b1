/** What a run is called, and what its last line says: one table of commands, and one of the ways in which a run can end. */
import { EcsTaskError } from '../ground/errors.ts'
import type { Outcome } from './events.ts'
import type { Plan } from './plan.ts'

/** A command as it is asked for, once it was seen to be done, and while nobody knows yet what becomes of it. */
interface Verbs {
  readonly toDo: string
  readonly done: string
  readonly started: string
}

export const verbs: Readonly<Record<Plan['command'], Verbs>> = {
  deploy: { toDo: 'Deploy', done: 'Deployed', started: 'Started deploying' },
  rollback: { toDo: 'Roll', done: 'Rolled', started: 'Started rolling' },
  wait: { toDo: 'Wait for', done: 'No deployment is in progress any more in', started: 'Waited for' },
  continue: { toDo: 'Continue', done: 'Continued', started: 'Continued' },
  reject: { toDo: 'Reject', done: 'Rejected', started: 'Started rejecting' },
  update: { toDo: 'Update', done: 'Updated', started: 'Started updating' },
  run: { toDo: 'Run', done: 'Ran', started: 'Started running' },
  'cluster deploy': { toDo: 'Deploy', done: 'Deployed', started: 'Started deploying' },
  'cluster destroy': { toDo: 'Delete', done: 'Deleted', started: 'Started deleting' },
  'service destroy': { toDo: 'Delete', done: 'Deleted', started: 'Started deleting' },
  'instances refresh': { toDo: 'Replace', done: 'Replaced', started: 'Started replacing' },
}

/** What a plan is about. */
export interface About {
  readonly command: Plan['command']
  /** What follows the verb: `v1.2.3 of WebTask`, `WebTask back to web:7`. */
  readonly what: string
  /** Whether the rollouts that it starts are followed; undefined where it starts none. */
  readonly followed?: boolean | undefined
  /** Where there is nothing to do: the whole sentence. */
  readonly idle?: string | undefined
}

/** How a plan is called in words, as members of it. */
export function wording({ command, what, followed, idle }: About): Pick<Plan, WordingMember> {
  const { toDo, done, started } = verbs[command]
  return {
    command,
    title: `${toDo} ${what}`,
    done: idle ?? `${done} ${what}`,
    ...(idle === undefined && followed !== undefined && { started: `${started} ${what}`, followed }),
  }
}

type WordingMember = 'command' | 'title' | 'done' | 'started' | 'followed'

/** Each way in which a run can end after its first write, or without one: its outcome, and what is said of the plan. */
export const endings = {
  succeeded: { outcome: 'succeeded', say: ({ claim }) => claim },
  notEverything: { outcome: 'halfDone', say: ({ claim }) => `${claim}, but not everything could be done` },
  partly: { outcome: 'halfDone', say: ({ claim }) => claim },
  unfinished: { outcome: 'halfDone', say: ({ failing }) => failing('not everything could be done') },
  interruptedDuring: {
    outcome: 'interrupted',
    say: saidInterrupted,
  },
  cutOffDuring: {
    outcome: 'interrupted',
    say: ({ claim, during }) => `${claim}, but it was ended at once during: ${during}`,
  },
  changedNothing: { outcome: 'refused', say: ({ failing }) => failing('changed nothing', '') },
  superseded: { outcome: 'superseded', say: ({ superseded }) => superseded },
  supersededRestored: {
    outcome: 'superseded',
    say: ({ superseded }) => `${superseded}; what had failed or was half done was put back`,
  },
  supersededInPart: { outcome: 'superseded', say: ({ superseded }) => `${superseded}; some of it is left half done` },
  restored: { outcome: 'restored', say: ({ failing }) => failing('everything is as it was') },
  restoredInPart: {
    outcome: 'restored',
    say: ({ failing }) => failing('what was in progress is as it was; what was done before stays'),
  },
  notRestored: { outcome: 'halfDone', say: ({ failing }) => failing('NOT everything was put back') },
  nothingLeft: { outcome: 'restored', say: ({ failing }) => failing('nothing is left to put back') },
  left: { outcome: 'halfDone', say: ({ failing }) => failing('everything is left as it is') },
  leftGoing: { outcome: 'stillGoing', say: ({ failing }) => failing('everything is left as it is') },
  stopped: {
    outcome: 'halfDone',
    say: ({ failing }) => failing('rollouts in progress were stopped, the rest is left as it is'),
  },
  stoppedGoing: {
    outcome: 'stillGoing',
    say: ({ failing }) => failing('rollouts in progress were stopped, the rest is left as it is'),
  },
  watchedSuperseded: {
    outcome: 'superseded',
    say: ({ failing }) => failing('ended: another deployment has taken over', ''),
  },
  watchedGoing: { outcome: 'stillGoing', say: ({ failing }) => failing('ended: a rollout is still in progress', '') },
  watchedRestored: {
    outcome: 'restored',
    say: ({ failing }) => failing('ended: a rollout failed, and ECS rolled it back', ''),
  },
  watchedFailed: {
    outcome: 'halfDone',
    say: ({ failing }) => failing('ended: a rollout failed, and was not rolled back', ''),
  },
  unwatched: { outcome: 'refused', say: ({ failing }) => failing('could not be followed', '') },
  cutOffUndone: {
    outcome: 'interrupted',
    say: ({ title }) => `${title} was ended at once; NOT everything was put back`,
  },
  cutOffClean: { outcome: 'interrupted', say: ({ title }) => `${title} was ended at once; nothing is half done` },
  cutOffUnchanged: { outcome: 'interrupted', say: ({ title }) => `${title} was ended at once; changed nothing` },
} satisfies Record<string, { readonly outcome: Outcome; readonly say: (words: Words) => string }>

export type Ending = keyof typeof endings

/** What an ending puts together. */
interface Words {
  readonly title: string
  /** What was seen to be done, and no more. */
  readonly claim: string
  readonly during: string
  /** The title with what a failure came to; `mark` is what stands before that unless somebody has interrupted it. */
  readonly failing: (what: string, mark?: string) => string
  /** The title, and that somebody else's change took over. */
  readonly superseded: string
}

function saidInterrupted({ claim, during }: Pick<Words, 'claim' | 'during'>): string {
  return `${claim}, but it was interrupted during: ${during}`
}

/** The outcome and the last line of a run that had this last line, and was interrupted during what came after it. */
export function interruptedAfter(summary: string, during: string): { outcome: Outcome; summary: string } {
  return { outcome: 'interrupted', summary: `${saidInterrupted({ claim: summary.replace(/\.$/, ''), during })}.` }
}

/** How far the run has looked, and what ended it. */
interface Seen {
  /** Where following ends before a deployment has completed: `--until`. */
  readonly until?: string | undefined
  readonly interrupted?: boolean
  /** The title of the stage in which it ended. */
  readonly during?: string
  /** What is said beside the claim. */
  readonly remarks?: readonly string[]
}

/** The outcome and the last line of a run that has ended so. A sentence that begins with the plan's title or claim. */
export function summaryOf(plan: Plan, ending: Ending, seen: Seen = {}): { outcome: Outcome; summary: string } {
  const { interrupted = false, during = '', remarks = [] } = seen
  const { title } = plan
  const { outcome, say } = endings[ending]
  const failing = (what: string, mark = 'failed; '): string =>
    `${title} ${interrupted ? 'was interrupted; ' : mark}${what}`
  const superseded = `${title} ${interrupted ? 'was interrupted after it was superseded' : 'was superseded'}`
  const claim = [claimOf(plan, seen.until), ...remarks].join('; ')
  return {
    outcome: interrupted ? 'interrupted' : outcome,
    summary: `${say({ title, claim, during, failing, superseded })}.`,
  }
}

/** Where following a deployment ends with its completion, or later. */
const complete: readonly (string | undefined)[] = [undefined, 'deployed', 'stable']

/** Whether following a deployment that far comes to its completion. */
export const isFollowedToItsEnd = (until: string | undefined): boolean => complete.includes(until)

/** Only a rollout that was followed to its end is said to be done. */
function claimOf({ done, started, followed }: Plan, until: string | undefined): string {
  if (started === undefined) return done
  if (!followed) return `${started}; not waiting for it (--no-wait)`
  return isFollowedToItsEnd(until) ? done : `${started}; followed it with --until ${until}`
}

/** How a rollout ended that was only watched: what counts is what it came to, not who did it. */
export function asWatched(error: unknown): Ending {
  const { code, evidence } = error instanceof EcsTaskError ? error : {}
  if (code === 'DeploymentSuperseded') return 'watchedSuperseded'
  if (code === 'TimedOut') return 'watchedGoing'
  if (code !== 'DeploymentFailed') return 'unwatched'
  return evidence && 'rolledBackTo' in evidence ? 'watchedRestored' : 'watchedFailed'
}
