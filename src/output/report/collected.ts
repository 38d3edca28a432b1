/** What a report and a job summary need of a run: its picture, how its services came along, its calls, and a row for each event. */
import type { ToldEvent } from '../../engine/events.ts'
import type { Plan } from '../../engine/plan.ts'
import { visible } from '../../ground/visible.ts'
import { noBreak } from '../line.ts'
import { type Picture, emptyPicture, reduce, stepOf } from '../picture.ts'
import { linesOf } from '../telling.ts'
import { type CallCounts, countCall } from './callCounts.ts'

/** The counts of a service at a moment, in milliseconds since 1970. */
export interface Sample {
  readonly at: number
  readonly running: number
  readonly desired: number
  readonly failed: number
  readonly lifecycleStage: string | undefined
  readonly trafficPercent: number | undefined
}

/** How a service came along. */
export interface History {
  readonly key: string
  readonly samples: Sample[]
  /** The deployment that this run started or followed, not the one that put it back. */
  deploymentId: string | undefined
}

/** An event as a row: what it says, a text for each line. */
export interface Row {
  readonly at: string
  readonly type: ToldEvent['type']
  readonly lines: readonly string[]
}

export interface Collected {
  readonly picture: Picture
  readonly plan: Plan | undefined
  /** When it began and when it was last heard of, in milliseconds since 1970. */
  readonly from: number
  readonly to: number
  readonly histories: readonly History[]
  readonly calls: readonly CallCounts[]
  readonly rows: readonly Row[]
  /** How many rows were left out, and of what. */
  readonly leftOut: string | undefined
  /** The revision that each family got. */
  readonly registered: ReadonlyMap<string, string>
}

/** So many events are rows; of more, successful calls are left out first, then what is in the middle. */
const mostRows = 5_000

/** So many lines of an event are shown, and so many characters of each. */
const mostLines = 100
const mostOfLine = 2_000

/** Collects what it is told; answers of AWS are not kept, so that it stays small however long a run is. */
export function collecting(): { hear: (event: ToldEvent) => void; collected: () => Collected } {
  let picture = emptyPicture
  let plan: Plan | undefined
  let [from, to] = [Number.NaN, Number.NaN]
  const histories = new Map<string, History>()
  const calls = new Map<string, CallCounts>()
  const registered = new Map<string, string>()
  const rows: Row[] = []

  function hear(event: ToldEvent): void {
    const told = linesOf(event, picture, { verbose: true }).map(textOf)
    const lines = shortened(told.length > 0 ? told : titleOf(event))
    const at = Date.parse(event.at)
    if (!Number.isNaN(at))
      [from, to] = [Number.isNaN(from) ? at : Math.min(from, at), Number.isNaN(to) ? at : Math.max(to, at)]
    rows.push({ at: event.at, type: event.type, lines })
    countCall(calls, event)
    if (event.type === 'plan.made') plan = event.plan
    if (event.type === 'service.progressed') sample(event, at)
    if (event.type === 'step.finished' && event.kind === 'registerTaskDefinition' && event.subject.type === 'family')
      registered.set(event.subject.family, event.result ?? '')
    picture = reduce(picture, event)
  }

  function sample(event: Extract<ToldEvent, { type: 'service.progressed' }>, at: number): void {
    const { cluster, service, running, desired, failed, lifecycleStage, trafficPercent, deploymentId } = event
    const key = `${cluster}/${service}`
    const history = histories.get(key) ?? { key, samples: [], deploymentId: undefined }
    histories.set(key, history)
    // Of a deployment that ECS no longer lists there is nothing to count.
    if (event.rolloutState !== 'GONE')
      history.samples.push({ at, running, desired, failed, lifecycleStage, trafficPercent })
    if (!stepOf(picture, event.step)?.undoing) history.deploymentId = deploymentId
  }

  return {
    hear,
    collected: () => ({
      picture,
      plan,
      from,
      to,
      histories: [...histories.values()],
      calls: [...calls.values()],
      registered,
      ...fewer(rows),
    }),
  }
}

/** The text of a line without its time, which stands in a column of its own. */
function textOf(line: ReturnType<typeof linesOf>[number]): string {
  const text = line.map((span) => (typeof span === 'string' ? span : span[1])).join('')
  return visible(text.replace(/^\S+ /, '')).replaceAll(noBreak, ' ')
}

/** A log line may be as long as a file. */
function shortened(lines: readonly string[]): string[] {
  const shown = lines
    .slice(0, mostLines)
    .map((line) => (line.length > mostOfLine ? `${line.slice(0, mostOfLine)}…` : line))
  return lines.length > mostLines ? [...shown, `… and ${lines.length - mostLines} more lines`] : shown
}

/** What an event is about that says nothing of its own in a log. */
function titleOf(event: ToldEvent): string[] {
  if (event.type === 'plan.made') return [event.plan.title]
  return 'title' in event ? [event.title] : []
}

function fewer(all: readonly Row[]): Pick<Collected, 'rows' | 'leftOut'> {
  if (all.length <= mostRows) return { rows: all, leftOut: undefined }
  const rows = all.filter(({ type }) => type !== 'call.finished')
  const calls = `${all.length - rows.length} successful calls`
  if (rows.length <= mostRows) return { rows, leftOut: calls }
  const middle = rows.length - mostRows
  const some = [...rows.slice(0, mostRows / 5), ...rows.slice(mostRows / 5 + middle)]
  return { rows: some, leftOut: `${calls} and ${middle} events in the middle` }
}
