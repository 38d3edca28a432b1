/** Lets steps begin in turns that two runs over the same things could mix up. */
import { abortController } from '../ground/abortController.ts'
import { unlessAborted } from '../ground/unlessAborted.ts'
import type { Performing, RunContext } from './performStep.ts'
import type { Step } from './step.ts'
import type { Answered, Settlement } from './stepHandler.ts'
import { shownSubject } from './subject.ts'

/** So many begin at one time: none of them is followed before all are answered, and AWS takes 50 at once and then five a second. */
const most = 20

/** A step that is ready, and what begins it. */
interface Waiting {
  readonly step: Step
  readonly name: string
  readonly begin: (turn: Turn) => void
}

/** The steps that have begun at the same time. */
interface Turn {
  /** Takes the answer of one of them; answers whether it is to be performed once more. Throws where it has come to nothing. */
  answered(one: Answered, signal: AbortSignal): Promise<boolean>
  /** One of them has ended, answered or not. */
  leave(step: Step): void
}

const none: Settlement = { again: new Set(), lost: new Map() }

/**
 * Has steps whose handlers want headway begin in the order of what they are about: the first alone, and the next once that
 * is answered and has had its headway. Two runs over the same things then meet at the first of them, and whoever came last there comes last
 * everywhere. Where a handler can settle what came of it, those after the first begin together.
 */
export function takingTurns(context: RunContext) {
  const performed: Answered[] = []
  let ready: readonly Waiting[] = []
  let isTaken = false
  let isFirst = true
  const canSettle = ({ step }: Waiting): boolean => context.handlers[step.kind]?.settle !== undefined

  const next = (): void => {
    const inOrder = ready.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    const [first] = inOrder
    if (isTaken || !first) return
    const begun = isFirst || !canSettle(first) ? [first] : inOrder.filter(canSettle).slice(0, most)
    ready = inOrder.filter((one) => !begun.includes(one))
    isTaken = true
    isFirst = false
    const turn = turnOf(begun.length, performed, context, () => {
      isTaken = false
      next()
    })
    for (const { begin } of begun) begin(turn)
  }

  return async (
    step: Step,
    signal: AbortSignal,
    perform: (answered: Performing['answered']) => Promise<void>,
  ): Promise<void> => {
    const turn = await new Promise<Turn>((begin) => {
      ready = [...ready, { step, name: shownSubject(step.subject), begin }]
      // What became ready at the same moment stands in line by then.
      queueMicrotask(next)
    })
    try {
      await perform((answer) => turn.answered({ step, answer }, signal))
    } finally {
      turn.leave(step)
    }
  }
}

/** A turn of so many steps; `pass` lets the next begin. `performed` holds what was answered before, and takes what is answered now. */
function turnOf(size: number, performed: Answered[], context: RunContext, pass: () => void): Turn {
  const answers: Answered[] = []
  const heard = new Set<Step>()
  const over = abortController()
  let left = 0
  let settle: (settlement: Promise<Settlement>) => void
  const settled = new Promise<Settlement>((resolve) => (settle = resolve))
  // Who has been cut off waits for it no longer.
  settled.then(pass, pass)
  const hear = (step: Step, signal: AbortSignal): void => {
    if (heard.has(step)) return
    heard.add(step)
    if (heard.size === size) settle(settlementOf(answers, performed, { ...context, signal }))
  }
  return {
    async answered(one, signal) {
      answers.push(one)
      performed.push(one)
      const isAlone = size === 1
      hear(one.step, isAlone ? signal : over.signal)
      // Only those after it have to wait for what one alone has met.
      if (isAlone) return false
      const { again, lost } = await unlessAborted([signal], () => settled)
      if (lost.has(one.step)) throw lost.get(one.step)
      return again.has(one.step)
    },
    leave(step) {
      hear(step, over.signal)
      if (++left === size) over.abort()
    },
  }
}

/** What came of the steps of a turn, once whoever met them has had time to see it. */
async function settlementOf(
  answers: readonly Answered[],
  performed: readonly Answered[],
  context: RunContext,
): Promise<Settlement> {
  const { clock, handlers, signal } = context
  const headway = Math.max(0, ...answers.map(({ step, answer }) => handlers[step.kind]?.headway?.(answer) ?? 0))
  if (headway === 0) return none
  await clock.sleep(headway, signal)
  if (answers.length === 1) return none
  const kinds = [...new Set(answers.map(({ step }) => step.kind))]
  const settled = async (kind: string): Promise<Settlement> => {
    const ofKind = performed.filter(({ step }) => step.kind === kind)
    return (await handlers[kind]?.settle?.(ofKind, context)) ?? none
  }
  const all = await Promise.all(kinds.map(settled))
  return { again: new Set(all.flatMap(({ again }) => [...again])), lost: new Map(all.flatMap(({ lost }) => [...lost])) }
}
