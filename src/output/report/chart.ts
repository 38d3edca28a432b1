/** Charts of a rollout, drawn as SVG: its tasks over time, its stages, and the traffic of the new revision. */
import { clockTime } from '../time.ts'
import { elapsed } from '../phrases.ts'
import type { History, Sample } from './collected.ts'
import { type Html, html } from './html.ts'

/** The time that all charts of a page show, in milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What the drawing measures; it is stretched to its place. */
const [width, height] = [1_000, 100]

/** Running, desired and failed tasks as lines that change in steps; `until` is when nobody looked any more. */
export function tasksChart({ key, samples }: History, span: Span, until: number): Html {
  const most = Math.max(1, ...samples.flatMap(({ running, desired, failed }) => [running, desired, failed]))
  const path = (of: (sample: Sample) => number): string => stepPath(samples, { of, span, until, most })
  const running = path((sample) => sample.running)
  const [first, last] = [samples[0], samples.at(-1)]
  const hasFailed = samples.some(({ failed }) => failed > 0)
  const told = `${key}: ${first?.running ?? 0} to ${last?.running ?? 0} running of ${last?.desired ?? 0} desired tasks, ${last?.failed ?? 0} failed`
  return html`<div class="plot">
      <div class="scale"><span>${most}</span><span>0</span></div>
      <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${told}">
        <line class="grid" x1="0" y1="${y(0, most)}" x2="${width}" y2="${y(0, most)}" />
        <line class="grid" x1="0" y1="${y(most, most)}" x2="${width}" y2="${y(most, most)}" />
        <path class="area" d="${area(running, samples, { span, until, most })}" />
        <path class="running" d="${running}" />
        ${hasFailed && html`<path class="failed" d="${path((sample) => sample.failed)}" />`}
        <path class="desired" d="${path((sample) => sample.desired)}" />
      </svg>
    </div>
    ${axis(span)}`
}

/** The share of the production traffic, where a deployment shifts it. */
export function trafficChart({ key, samples }: History, span: Span, until: number): Html | undefined {
  const shifting = samples.filter(({ trafficPercent }) => trafficPercent !== undefined)
  if (shifting.length === 0) return undefined
  const options = { of: (sample: Sample) => sample.trafficPercent ?? 0, span, until, most: 100 }
  return html`<p class="caption">Production traffic of the new revision</p>
    <div class="plot low">
      <div class="scale"><span>100%</span><span>0%</span></div>
      <svg
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${key}: production traffic of the new revision, ${shifting.at(-1)?.trafficPercent ?? 0}% at last"
      >
        <line class="grid" x1="0" y1="${y(0, 1)}" x2="${width}" y2="${y(0, 1)}" />
        <line class="grid" x1="0" y1="${y(1, 1)}" x2="${width}" y2="${y(1, 1)}" />
        <path class="traffic" d="${stepPath(shifting, options)}" />
      </svg>
    </div>`
}

/** The stages of a blue/green, linear or canary deployment, as a band and as a table. */
export function stagesChart({ key, samples }: History, span: Span, until: number): Html | undefined {
  const stages = stagesIn(samples, until)
  if (stages.length === 0) return undefined
  return html`<p class="caption">Stages</p>
    <svg class="band" role="img" aria-label="${key}: stages of the deployment">
      ${stages.map(
        ({ name, from, to }, index) =>
          html`<rect
            class="${index % 2 === 0 ? 'even' : 'odd'}"
            x="${percent(from, span)}"
            y="0"
            width="${share(to - from, span)}"
            height="100%"
            ><title>${name}</title></rect
          >`,
      )}
    </svg>
    <ol class="stages">
      ${stages.map(
        ({ name, from, to, traffic }) =>
          html`<li>
            <b>${name}</b> ${clockTime(new Date(from).toISOString())},
            ${elapsed(to - from)}${traffic === undefined ? '' : `, ${traffic}% of the traffic`}
          </li>`,
      )}
    </ol>`
}

/** A bar in a timeline. */
export function bar(state: string, from: number | undefined, to: number | undefined, span: Span): Html {
  if (from === undefined) return html`<span class="bar"></span>`
  const end = Math.max(to ?? span.to, from)
  return html`<svg class="bar" aria-hidden="true">
    <rect class="track" x="0" y="0" width="100%" height="100%" />
    <rect
      class="${state}"
      x="${percent(from, span)}"
      y="0"
      width="${share(Math.max(end - from, (span.to - span.from) / 200), span)}"
      height="100%"
    />
  </svg>`
}

/** The first and the last moment under a chart. */
function axis({ from, to }: Span): Html {
  return html`<div class="axis">
    <span>${clockTime(new Date(from).toISOString())}</span
    ><span>${clockTime(new Date((from + to) / 2).toISOString())}</span
    ><span>${clockTime(new Date(to).toISOString())}</span>
  </div>`
}

interface Drawing {
  readonly of: (sample: Sample) => number
  readonly span: Span
  readonly until: number
  readonly most: number
}

/** From each sample on its value holds until the next one. */
function stepPath(samples: readonly Sample[], { of, span, until, most }: Drawing): string {
  const [first, ...later] = samples
  if (!first) return ''
  const steps = later.map((sample) => `H${x(sample.at, span)}V${y(of(sample), most)}`)
  return `M${x(first.at, span)} ${y(of(first), most)}${steps.join('')}H${x(until, span)}`
}

function area(path: string, samples: readonly Sample[], { span, until, most }: Omit<Drawing, 'of'>): string {
  const [first] = samples
  return first ? `${path}H${x(until, span)}V${y(0, most)}H${x(first.at, span)}Z` : ''
}

interface Stage extends Span {
  readonly name: string
  readonly traffic: number | undefined
}

function stagesIn(samples: readonly Sample[], until: number): Stage[] {
  const stages: Stage[] = []
  for (const { at, lifecycleStage, trafficPercent } of samples) {
    const last = stages.at(-1)
    const isSame = last !== undefined && last.name === lifecycleStage
    if (last && last.to === until) stages[stages.length - 1] = { ...last, to: isSame ? until : at }
    if (lifecycleStage === undefined) continue
    if (isSame) stages[stages.length - 1] = { ...last, to: until, traffic: trafficPercent ?? last.traffic }
    else stages.push({ name: lifecycleStage, from: at, to: until, traffic: trafficPercent })
  }
  return stages
}

const part = (at: number, { from, to }: Span): number =>
  to > from ? Math.min(1, Math.max(0, (at - from) / (to - from))) : 0
const x = (at: number, span: Span): number => round(part(at, span) * width)
const y = (value: number, most: number): number => round(height - 3 - (value / most) * (height - 6))
const percent = (at: number, span: Span): string => `${round(part(at, span) * 100)}%`
/** The clock of a log that was put together may go back. */
const share = (length: number, { from, to }: Span): string =>
  `${to > from ? round((Math.max(length, 0) / (to - from)) * 100) : 100}%`
const round = (value: number): number => Math.round(value * 100) / 100
