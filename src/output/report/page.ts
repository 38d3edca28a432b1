/** A run as one page of HTML that needs nothing else: no network, no other file. */
import { sha256 } from '../../ground/sha256.ts'
import { elapsed, placeText, whatIsDone } from '../phrases.ts'
import { dateTime } from '../time.ts'
import type { Collected } from './collected.ts'
import { type Html, html, trusted } from './html.ts'
import { rolloutsHtml } from './rollouts.ts'
import { callsHtml, diffHtml, eventsHtml, failuresHtml, servicesHtml, timelineHtml } from './sections.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** What a page has beside the run: the address of its job, and a remark on the log that it was made from. */
export interface Beside {
  readonly job?: string | undefined
  readonly remark?: string | undefined
}

/** Only this style and this script: whatever else may have got into the page does nothing, and asks nobody. */
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export function reportPage(collected: Collected, beside: Beside = {}): string {
  const { picture, plan, from, to, calls } = collected
  const { run, end } = picture
  const title = end?.summary ?? (run ? `${whatIsDone(run)}: the run has no end` : 'No run')
  const span = Number.isNaN(from) ? { from: 0, to: 0 } : { from, to }
  const sections = [
    ['failures', 'What failed', failuresHtml(picture)],
    ['services', 'Services', servicesHtml(picture)],
    ['timeline', 'Steps', timelineHtml(picture, span)],
    ['rollouts', 'Tasks', rolloutsHtml(collected, span)],
    ['diff', 'Changes', diffHtml(plan)],
    ['calls', 'Calls', callsHtml(calls)],
    ['events', 'Events', eventsHtml(collected)],
  ] as const
  const there = sections.filter(([, , section]) => section !== undefined)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${facts(collected, beside)} ${beside.remark !== undefined && html`<p class="warn">${beside.remark}</p>`}
          <nav aria-label="Sections">
            <ul>
              ${there.map(([id, name]) => html`<li><a href="#${id}">${id === 'failures' && end?.exitCode === 0 ? 'To know' : name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>${there.map(([, , section]) => html`${section} `)}</main>
        <footer>Made by ecs-task. Times are UTC.</footer>
        ${trusted(`<script>${script}</script>`)}
      </body>
    </html> `.html
}

function facts({ picture: { run, end }, from, to }: Collected, { job }: Beside): Html {
  const look = end === undefined ? 'warn' : end.exitCode === 0 ? 'good' : 'bad'
  const outcome = end === undefined ? 'no end' : `${end.outcome}, exit code ${end.exitCode}`
  const entries: [string, Html | string | undefined | false][] = [
    ['Outcome', html`<span class="badge ${look}">${outcome}</span>`],
    ['Run', run && whatIsDone(run)],
    ['In', run && placeText(run)],
    ['Started', run && dateTime(run.startedAt)],
    ['Took', end ? elapsed(end.milliseconds) : Number.isNaN(from) ? undefined : elapsed(to - from)],
    ['Job', job !== undefined && html`<a href="${job}" rel="noreferrer noopener">${job}</a>`],
  ]
  return html`<dl>
    ${entries.map(
      ([name, value]) =>
        value &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

function hashOf(text: string): string {
  return `'sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}'`
}
