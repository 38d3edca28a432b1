/** A notification as Slack's incoming webhooks take it. Nothing in it is a link, a mention or markup but what is ours. */
import { noBreak } from '../line.ts'
import { visible } from '../../ground/visible.ts'
import type { Told } from './message.ts'

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
const mostCharacters = 3000

const isCut = '… (truncated; the log of the run has the rest)'

/** The lines as plain text, which Slack shows as it is, and a link to the CI job. */
export function slackMessage({ message, lines }: Told): object {
  const shown = lines.map((line) => visible(line.replaceAll(noBreak, ' ')))
  const { run } = message
  return {
    // For notices of phones, and for whatever takes Slack's messages without its blocks.
    text: escaped(shown[0] ?? ''),
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    blocks: [
      { type: 'section', text: { type: 'plain_text', text: escaped(shown.join('\n')), emoji: false } },
      ...(run === undefined
        ? []
        : [{ type: 'context', elements: [{ type: 'mrkdwn', text: `<${run}|CI job>`, verbatim: true }] }]),
    ],
  }
}

/** What would notify everybody in a channel, of Slack's own and of programs that take the same messages. */
const mention = /@(?=(?:here|channel|everyone|all|group)\b)/gi

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Text of others as Slack asks for it, and no longer than it takes; what is cut off says so. An invisible space keeps a mention
 * from being one. https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
function escaped(text: string): string {
  const units = Array.from(text.replace(mention, '@\u200b'), (one) => entities[one] ?? one)
  if (units.join('').length <= mostCharacters) return units.join('')
  let kept = ''
  for (const unit of units) {
    if (kept.length + unit.length > mostCharacters - isCut.length) break
    kept += unit
  }
  return kept + isCut
}
