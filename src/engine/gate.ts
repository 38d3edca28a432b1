/** How much may go on at one time: so many rollouts in a run, and one request for each rule. */
import { EcsTaskError } from '../ground/errors.ts'
import type { Step } from './step.ts'
import { type Subject, shownSubject } from './subject.ts'

/** Waits until a step may begin; answers with what lets the next one in. */
export type Gate = (step: Step, way: { readonly undoing: boolean }) => Promise<() => void>

interface Waiting {
  readonly rank: string
  readonly enter: () => void
}

interface Queue {
  room: number
  waiting: Waiting[]
}

const pass = (): void => {}

/**
 * At most `most` steps that follow a deployment go on at one time, also on the way back; of those that are ready, ways back
 * go first, then the order of what they are about. EventBridge refuses two requests for one rule at the same time. What
 * ends a rollout does not wait: it would come too late. Nobody who is let in waits for another who is not, so that it can't come
 * to a standstill.
 */
export function gate(most = Infinity): Gate {
  if (most !== Infinity && !(Number.isInteger(most) && most >= 1)) {
    throw new EcsTaskError('BadArguments', `maxInFlight must be a whole number of at least 1, not ${most}.`)
  }
  const queues = new Map<string, Queue>()
  const next = (queue: Queue): void => {
    if (queue.room === 0 || queue.waiting.length === 0) return
    const [first, ...later] = queue.waiting.toSorted((one, other) => (one.rank < other.rank ? -1 : 1))
    queue.room--
    queue.waiting = later
    first!.enter()
    next(queue)
  }
  return async (step, { undoing }) => {
    const name = queueOf(step, most)
    if (name === undefined) return pass
    const queue = queues.get(name) ?? { room: step.follow === 'deployment' ? most : 1, waiting: [] }
    queues.set(name, queue)
    await new Promise<void>((enter) => {
      queue.waiting.push({ rank: `${undoing ? 0 : 1} ${shownSubject(step.subject)}`, enter })
      // What became ready at the same moment stands in line by then.
      queueMicrotask(() => next(queue))
    })
    return () => {
      queue.room++
      next(queue)
    }
  }
}

/** What a step is about; a rule is one thing, whichever of its targets are meant. */
export function thingOf(subject: Subject): string {
  return subject.type === 'rule' ? `rule ${subject.bus}/${subject.rule}` : `${subject.type} ${shownSubject(subject)}`
}

function queueOf({ follow, subject }: Step, most: number): string | undefined {
  if (follow === 'deployment') return most === Infinity ? undefined : 'rollouts'
  return subject.type === 'rule' ? thingOf(subject) : undefined
}
