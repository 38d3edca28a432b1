/** What a webhook is told at a moment of a run: plain data, made of nothing but its events. */
import type { NotificationEvent } from '../../definition/definition.ts'
import type { Outcome, Problem, ToldEvent } from '../../engine/events.ts'
import type { Plan } from '../../engine/plan.ts'
import { defined } from '../../ground/defined.ts'
import { isChange, serviceOutcomes } from '../changedServices.ts'
import type { Line } from '../line.ts'
import { elapsed, headline, pausedLines } from '../phrases.ts'
import type { Picture } from '../picture.ts'
import { outcomeMarks } from '../telling.ts'

/** The revision that a service ran before, and the one that it was last seen to run: `web:7`, `web:8`. */
export interface ToldService {
  readonly cluster: string
  readonly service: string
  readonly from?: string
  /** Only at the end. After everything was put back it is what it was before. */
  readonly to?: string
}

/** A notification as JSON has it. Members have the names that they have in the events of `--json`. */
export interface Message {
  readonly version: 1
  readonly event: NotificationEvent
  readonly at: string
  readonly command: Plan['command']
  readonly definitions: readonly string[]
  readonly tag?: string
  readonly account?: string
  readonly region?: string
  readonly endpoint?: string
  readonly local?: true
  /** One sentence; at the end the run's own last line. */
  readonly summary: string
  readonly outcome?: Outcome
  readonly exitCode?: number
  readonly durationSeconds?: number
  readonly services: readonly ToldService[]
  /** Where a deployment is paused, and what continues it. */
  readonly paused?: { readonly lifecycleStage: string; readonly command: string }
  /** Why it failed. */
  readonly cause?: Pick<Problem, 'code' | 'what' | 'why'>
  /** What was not put back, each with the command that fixes it. */
  readonly left?: readonly string[]
  /** The page of the CI job. */
  readonly run?: string
}

/** A message, and how it reads for people: the first line says it all. */
export interface Told {
  readonly message: Message
  readonly lines: readonly string[]
}

/** The moment that an event is; undefined where nobody is told. `hasStarted`: whether the start has been told already. */
export function momentOf(event: ToldEvent, hasStarted: boolean): NotificationEvent | undefined {
  if (event.type === 'step.started') return hasStarted ? undefined : 'started'
  if (event.type === 'deployment.paused') return 'paused'
  if (event.type !== 'run.finished') return undefined
  if (event.exitCode === 0) return 'succeeded'
  // What was refused before its first step has not begun: there is nothing that failed.
  return hasStarted ? 'failed' : undefined
}

/** What is told at a moment, given the picture with its event. `run` is the page of the CI job. */
export function toldAt(moment: NotificationEvent, event: ToldEvent, picture: Picture, run: string | undefined): Told {
  const { command = 'deploy', definitions = [], tag, account, region, endpoint, local } = picture.run ?? {}
  const of = { version: 1, event: moment, at: event.at, command, definitions } as const
  const place = { tag, account, region, endpoint, local: local ? (true as const) : undefined }
  const told = (summary: string, more: Partial<Message>): Message =>
    defined({ ...of, ...place, summary, services: [], ...more, run })
  switch (event.type) {
    case 'run.finished': {
      const { outcome, exitCode, summary, milliseconds, problem } = event
      const left = event.left && event.left.length > 0 ? event.left : undefined
      const durationSeconds = Math.round(milliseconds / 100) / 10
      const end = defined({ outcome, exitCode, durationSeconds, cause: problem && causeOf(problem), left })
      return {
        message: told(summary, { ...end, services: servicesIn(picture, true) }),
        lines: [
          `${outcomeMarks[outcome][1]}${summary} (${elapsed(milliseconds)})`,
          ...(problem ? [problem.what, ...(problem.why === undefined ? [] : [problem.why])] : []),
          ...(left ?? []).map((one) => `Still to do: ${one}`),
          // Last, because many of them are cut off where a message may not be so long.
          ...serviceOutcomes(picture).map(serviceLine),
        ],
      }
    }
    case 'deployment.paused': {
      const { cluster, service, lifecycleStage, command: next } = event
      const lines = pausedLines(event).map(textOf)
      const services = servicesIn(picture, false).filter((one) => one.cluster === cluster && one.service === service)
      const paused = { lifecycleStage, command: next }
      return { message: told(`${cluster}/${service} is paused at ${lifecycleStage}.`, { services, paused }), lines }
    }
    default: {
      const summary = headline({ command, definitions, ...defined({ tag, account, region, endpoint, local }) })
      return { message: told(summary, { services: servicesIn(picture, false) }), lines: [summary] }
    }
  }
}

const causeOf = ({ code, what, why }: Problem): Message['cause'] => defined({ code, what, why })

/** Every service that the plan is to change, each once. */
function servicesIn({ steps, observed }: Picture, isOver: boolean): ToldService[] {
  const byKey = new Map<string, ToldService>()
  for (const step of steps) {
    if (step.subject?.type !== 'service' || !isChange(step)) continue
    const { cluster, service } = step.subject
    const key = `${cluster}/${service}`
    const known = observed.services.get(key)
    byKey.set(key, defined({ cluster, service, from: known?.before, to: isOver ? known?.after : undefined }))
  }
  return [...byKey.values()]
}

/** `my_cluster/web: web:7 (v1.2.2) → web:8 (v1.2.3), 40 s`; of one that did not come to that, what became of it. */
function serviceLine({ key, fate, revisions, milliseconds }: ReturnType<typeof serviceOutcomes>[number]): string {
  const took = milliseconds === undefined ? '' : elapsed(milliseconds)
  const what = fate === 'done' ? [revisions, took] : [fate, revisions]
  return `${key}: ${what.filter((part) => part !== '').join(', ')}`
}

function textOf(line: Line): string {
  return line.map((span) => (typeof span === 'string' ? span : span[1])).join('')
}
