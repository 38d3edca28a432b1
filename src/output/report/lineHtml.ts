/** Lines of the log as HTML, with their colors as classes. */
import { visibleInLine } from '../../ground/visible.ts'
import { type Line, noBreak } from '../line.ts'
import { type Html, html } from './html.ts'

export function linesHtml(lines: readonly Line[]): Html {
  return html`<pre tabindex="0">${lines.map((line) => html`${line.map(spanHtml)}${'\n'}`)}</pre>`
}

function spanHtml(span: Line[number]): Html {
  const text = visibleInLine(typeof span === 'string' ? span : span[1]).replaceAll(noBreak, ' ')
  return typeof span === 'string' ? html`${text}` : html`<span class="${span[0]}">${text}</span>`
}
