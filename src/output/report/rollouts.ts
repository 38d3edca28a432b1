/** The rollouts of a run in charts, a figure for each service. */
import { shownSubject } from '../../engine/subject.ts'
import type { Picture } from '../picture.ts'
import { clockTime } from '../time.ts'
import { type Span, stagesChart, tasksChart, trafficChart } from './chart.ts'
import type { Collected, History } from './collected.ts'
import { type Html, html } from './html.ts'

/** Of more services, only those that did not go well are open. */
const mostOpen = 8

export function rolloutsHtml({ histories, picture }: Collected, span: Span): Html | undefined {
  if (histories.length === 0) return undefined
  return html`<section id="rollouts">
    <h2>Tasks of each service</h2>
    ${key}${histories.map((history) => {
      const isOpen = histories.length <= mostOpen || isBad(history, picture)
      const drawn = drawing(history, span, untilOf(history, picture, span))
      return isOpen
        ? html`<figure>
            <figcaption>
              <h3>${history.key}</h3>
              ${stateOf(history, picture)}
            </figcaption>
            ${drawn}
          </figure>`
        : html`<details>
            <summary>${history.key}</summary>
            <figure>${drawn}</figure>
          </details>`
    })}
  </section>`
}

const key = html`<p class="key">
  ${(['running', 'desired', 'failed'] as const).map(
    (name) =>
      html`<span
        ><svg viewBox="0 0 16 6" aria-hidden="true"><line class="${name}" x1="0" y1="3" x2="16" y2="3" /></svg
        >${name}</span
      >`,
  )}
</p>`

function drawing(history: History, span: Span, until: number): Html {
  const hasStages = history.samples.some(({ lifecycleStage }) => lifecycleStage !== undefined)
  const hasTraffic = history.samples.some(({ trafficPercent }) => trafficPercent !== undefined)
  return html`${tasksChart(history, span, until)}${stagesChart(history, span, until)}${trafficChart(history, span, until)}
    <details>
      <summary>The same as a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Tasks of ${history.key}">
        <table>
          <thead>
            <tr>
              <th>Time</th>
              <th class="number">Running</th>
              <th class="number">Desired</th>
              <th class="number">Failed</th>
              ${hasStages && html`<th>Stage</th>`}${hasTraffic && html`<th class="number">Traffic</th>`}
            </tr>
          </thead>
          <tbody>
            ${history.samples.map(
              ({ at, running, desired, failed, lifecycleStage, trafficPercent }) =>
                html`<tr>
                  <td class="time">${clockTime(new Date(at).toISOString())}</td>
                  <td class="number">${running}</td>
                  <td class="number">${desired}</td>
                  <td class="number">${failed}</td>
                  ${hasStages && html`<td>${lifecycleStage}</td>`}${hasTraffic && html`<td class="number">${trafficPercent === undefined ? '' : `${trafficPercent}%`}</td>`}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`
}

/** The steps that are about a service. */
const stepsOf = ({ key: name }: History, { steps }: Picture): Picture['steps'] =>
  steps.filter(({ subject }) => subject?.type === 'service' && shownSubject(subject) === name)

const isBad = (history: History, picture: Picture): boolean =>
  stepsOf(history, picture).some(({ state, undoing }) => state === 'failed' || undoing)

/** Until when its counts are known: to the end of its last step. */
function untilOf(history: History, picture: Picture, { to }: Span): number {
  const ends = stepsOf(history, picture).flatMap(({ state, endedAt }) => (state === 'running' ? to : (endedAt ?? [])))
  return Math.max(history.samples.at(-1)?.at ?? to, ...(ends.length > 0 ? ends : [to]))
}

function stateOf(history: History, picture: Picture): Html | undefined {
  const states = stepsOf(history, picture)
  if (states.some(({ state }) => state === 'failed')) return html`<span class="badge bad">failed</span>`
  return states.some(({ state }) => state === 'running') ? html`<span class="badge warn">in progress</span>` : undefined
}
