import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Message } from '../../../src/output/webhooks/message.ts'
import { slackMessage } from '../../../src/output/webhooks/slack.ts'
import { hostileText } from '../../hostile/hostileText.ts'

const message = { version: 1, event: 'failed', summary: '', services: [] } as unknown as Message
const told = (lines: readonly string[], more: Partial<Message> = {}): any =>
  slackMessage({ message: { ...message, ...more }, lines })
const texts = (lines: readonly string[]): string[] => {
  const { text, blocks } = told(lines)
  return [text, blocks[0].text.text]
}

test('the first line is the text of a notice, and all lines are one block of plain text', () => {
  expect(told(['✓ Deployed v2 of Web. (40 s)', 'my_cluster/web: web:7 → web:8'])).toEqual({
    text: '✓ Deployed v2 of Web. (40 s)',
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    blocks: [
      {
        type: 'section',
        text: { type: 'plain_text', text: '✓ Deployed v2 of Web. (40 s)\nmy_cluster/web: web:7 → web:8', emoji: false },
      },
    ],
  })
})

test('the CI job is a link, the only one', () => {
  const { blocks } = told(['x'], { run: 'https://ci.example.com/jobs/7' })
  expect(blocks[1].elements[0].text).toBe('<https://ci.example.com/jobs/7|CI job>')
})

test.each([
  ['<!channel> a & b', '&lt;!channel&gt; a &amp; b'],
  ['<https://evil.example|AWS>', '&lt;https://evil.example|AWS&gt;'],
  ['<@U024BE7LH> &lt;!here&gt;', '&lt;@U024BE7LH&gt; &amp;lt;!here&amp;gt;'],
  ['@here @channel @everyone me@hereford.example', '@\u200bhere @\u200bchannel @\u200beveryone me@hereford.example'],
  ['two\nlines\u202e', 'two lines\\u{202e}'],
])('text of others is no link, no mention and no second line: %j', (text, shown) => {
  expect(texts([text])).toEqual([shown, shown])
})

test('a text that is too long is cut, says so, and has no half of an escape', () => {
  for (const [text, unit] of [
    ['<', '&lt;'],
    ['&', '&amp;'],
    ['🚀', '🚀'],
  ] as const) {
    for (const cut of texts([text.repeat(3_001)])) {
      expect(cut.length).toBeLessThanOrEqual(3_000)
      const kept = cut.replace('… (truncated; the log of the run has the rest)', '')
      expect(kept).not.toBe(cut)
      expect(kept).toBe(unit.repeat(kept.length / unit.length))
    }
  }
})

test('whatever others write, no block is too long, and nothing of theirs is Slack’s markup', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 50 }), (lines) => {
      for (const text of texts(lines)) {
        expect(text.length).toBeLessThanOrEqual(3_000)
        expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|@(?:here|channel|everyone)\b/)
      }
    }),
    { numRuns: 50 },
  )
})
