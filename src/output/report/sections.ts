/** The other sections of a report: failures, services, the timeline, the diff, calls and events. */
import type { Plan } from '../../engine/plan.ts'
import { type ServiceOutcome, serviceOutcomes } from '../changedServices.ts'
import { stepDifferences } from '../differencesText.ts'
import { elapsed, stepTitle } from '../phrases.ts'
import type { Picture } from '../picture.ts'
import { clockTime } from '../time.ts'
import { type Span, bar } from './chart.ts'
import type { CallCounts } from './callCounts.ts'
import type { Collected } from './collected.ts'
import { failuresIn } from './failures.ts'
import { type Html, html } from './html.ts'
import { linesHtml } from './lineHtml.ts'

export function failuresHtml(picture: Picture): Html | undefined {
  const failures = failuresIn(picture)
  const left = picture.end?.leftovers ?? []
  const { warnings } = picture
  if (failures.length + left.length + warnings.length === 0) return undefined
  const listed = (title: string, texts: readonly string[]): Html | false =>
    texts.length > 0 &&
    html`<h3>${title}</h3>
      <ul>
        ${texts.map((text) => html`<li>${text}</li>`)}
      </ul>`
  return html`<section id="failures">
    <h2>${failures.length > 0 ? 'What failed, and why' : 'To know'}</h2>
    ${failures.map(
      ({ title, lines }) =>
        html`<div class="failure">
          <h3>${title === '' ? 'The run' : title}</h3>
          <pre tabindex="0">${lines().join('\n')}</pre>
        </div>`,
    )}${listed('Still to do', left)}${listed('Warnings', warnings)}
  </section>`
}

const looks: Readonly<Record<ServiceOutcome['fate'], string>> = {
  done: 'good',
  started: 'warn',
  failed: 'bad',
  'put back': 'warn',
  'not put back': 'bad',
  'in progress': 'warn',
  'not changed': 'dim',
}

export function servicesHtml(picture: Picture): Html | undefined {
  const services = serviceOutcomes(picture)
  if (services.length === 0) return undefined
  return html`<section id="services">
    <h2>Services</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Services">
      <table>
        <thead>
          <tr>
            <th>Service</th>
            <th>Revision</th>
            <th>Outcome</th>
            <th class="number">Took</th>
          </tr>
        </thead>
        <tbody>
          ${services.map(
            ({ key, revisions, fate, milliseconds, console: url }) =>
              html`<tr>
                <td>${url === undefined ? key : html`<a href="${url}" rel="noreferrer noopener">${key}</a>`}</td>
                <td>${revisions}</td>
                <td class="${looks[fate]}">${fate}</td>
                <td class="number">${milliseconds === undefined ? '' : elapsed(milliseconds)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

const marks: Readonly<Record<Picture['steps'][number]['state'], string>> = {
  finished: '✓',
  failed: '✗',
  running: '…',
  waiting: '·',
  skipped: '-',
}

export function timelineHtml({ steps, end }: Picture, span: Span): Html | undefined {
  if (steps.length === 0) return undefined
  return html`<section id="timeline">
    <h2>Steps</h2>
    <ol class="timeline">
      ${steps.map((step) => {
        const { state, startedAt, endedAt, note } = step
        const words = state === 'waiting' && end !== undefined ? 'not started' : state
        const took = startedAt !== undefined && endedAt !== undefined ? elapsed(endedAt - startedAt) : words
        const look = state === 'failed' ? 'bad' : state === 'finished' ? 'good' : 'dim'
        return html`<li>
          <span class="name"
            ><span class="${look}" aria-label="${state}">${marks[state]}</span> ${stepTitle(step)}
            ${note !== undefined && html`<span class="note">${note}</span>`}</span
          >${bar(state, startedAt, endedAt, span)}<span class="took">${took}</span>
        </li>`
      })}
    </ol>
  </section>`
}

export function diffHtml(plan: Plan | undefined): Html | undefined {
  const steps = plan?.stages.flatMap((stage) => stage.steps) ?? []
  const told = steps.flatMap((step) => {
    const lines = stepDifferences(step, Number.POSITIVE_INFINITY, 0)
    return lines.length > 0 ? [{ title: step.title, lines }] : []
  })
  if (told.length === 0) return undefined
  return html`<section id="diff">
    <h2>Changes</h2>
    ${told.map(
      ({ title, lines }) =>
        html`<h3>${title}</h3>
          ${linesHtml(lines)}`,
    )}
  </section>`
}

export function callsHtml(calls: readonly CallCounts[]): Html | undefined {
  if (calls.length === 0) return undefined
  const sum = (of: (one: CallCounts) => number): number => calls.reduce((all, one) => all + of(one), 0)
  const row = (name: string, one: Omit<CallCounts, 'client' | 'method'>): Html =>
    html`<tr>
      <td>${name}</td>
      <td class="number">${one.done + one.failed}</td>
      <td class="number">${one.failed}</td>
      <td class="number">${one.retried}</td>
      <td class="number">${one.throttled}</td>
      <td class="number">${one.waited === 0 ? '' : elapsed(one.waited)}</td>
    </tr>`
  const sorted = calls.toSorted((one, other) => other.done + other.failed - one.done - one.failed)
  return html`<section id="calls">
    <h2>Calls to AWS</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Calls to AWS">
      <table>
        <thead>
          <tr>
            <th>Operation</th>
            <th class="number">Calls</th>
            <th class="number">Failed</th>
            <th class="number">Retried</th>
            <th class="number">Throttled</th>
            <th class="number">Waited</th>
          </tr>
        </thead>
        <tbody>
          ${sorted.map((one) => row(`${one.client} ${one.method}`, one))}
        </tbody>
        <tfoot>
          ${row('All', {
            done: sum(({ done }) => done),
            failed: sum(({ failed }) => failed),
            retried: sum(({ retried }) => retried),
            throttled: sum(({ throttled }) => throttled),
            waited: sum(({ waited }) => waited),
          })}
        </tfoot>
      </table>
    </div>
  </section>`
}

export function eventsHtml({ rows, leftOut }: Collected): Html {
  const types = [...new Set(rows.map(({ type }) => type))].toSorted()
  return html`<section id="events">
    <h2>Events</h2>
    ${leftOut !== undefined && html`<p class="dim">Left out: ${leftOut}.</p>`}
    <div class="filter" hidden>
      <label>Contains<input type="search" id="filter-text" autocomplete="off" spellcheck="false" /></label
      ><label
        >Type<select id="filter-type">
          <option value="">all</option>
          ${types.map((type) => html`<option>${type}</option>`)}
        </select></label
      ><output id="filter-count"></output>
    </div>
    <table>
      <thead>
        <tr>
          <th>Time</th>
          <th>Type</th>
          <th>What</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ at, type, lines }) =>
            html`<tr data-type="${type}">
              <td class="time">${clockTime(at)}</td>
              <td>${type}</td>
              <td class="text">${lines.join('\n')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}
