import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ToldEvent } from '../../../src/engine/events.ts'
import { html, trusted } from '../../../src/output/report/html.ts'
import { reportPage } from '../../../src/output/report/page.ts'
import { attacks } from '../../hostile/hostileText.ts'
import { at, everyEvent, spoilt } from '../everyEvent.ts'
import { logs } from '../logs/logs.ts'
import { blueGreen } from './blueGreen.ts'
import { collect } from './collect.ts'

const pageOf = (log: readonly ToldEvent[]): string => reportPage(collect(log), { job: 'https://ci.example.com/1' })

test.each([
  ['failedRollout', logs['failedRollout']!],
  ['blueGreen', blueGreen],
])('the report of %s is this page', async (name, log) => {
  await expect(pageOf(log)).toMatchFileSnapshot(`../golden/report/${name}.html`)
})

test('its policy allows its own style and script, and nothing else', () => {
  const page = pageOf(blueGreen)
  const hashOf = (tag: string): string => {
    const [, text = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page) ?? []
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  }
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? []
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${hashOf('style')}`,
    `script-src ${hashOf('script')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ])
  expect(page).not.toMatch(/\s(?:src|style|on\w+)=/)
})

test('every link leads to a section, to the console or to the job', () => {
  const page = pageOf(blueGreen)
  const ids = [...page.matchAll(/ id="([\w-]+)"/g)].map(([, id]) => `#${id}`)
  const links = [...page.matchAll(/ href="([^"]*)"/g)].map(([, url = '']) => url)
  const outside = links.filter((url) => !ids.includes(url))
  expect(outside.toSorted()).toEqual([
    'https://ci.example.com/1',
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/my_cluster/services/web/health?region=eu-west-1',
  ])
})

test('a run without an end says so; nothing at all is a page, too', () => {
  expect(pageOf(blueGreen.slice(0, 12))).toContain('Deploying v1.2.3: WebTask: the run has no end')
  expect(pageOf([])).toContain('<h1>No run</h1>')
})

test('a deployment that ECS no longer lists has no counts', () => {
  const gone = { ...everyEvent['service.progressed'], at, running: 0, desired: 0, failed: 0, rolloutState: 'GONE' }
  const [history] = collect([{ ...everyEvent['service.progressed'], at }, gone]).histories
  expect(history?.samples).toMatchObject([{ desired: 2, running: 1, failed: 3 }])
})

test('of more events than a page can hold it says what is left out, calls first', () => {
  const call = { ...everyEvent['call.finished'], at }
  const text = { ...everyEvent['service.reported'], at }
  const rows = (calls: number, texts: number) =>
    collect([...Array.from({ length: calls }, () => call), ...Array.from({ length: texts }, () => text)])
  expect(rows(100, 4_900)).toMatchObject({ leftOut: undefined })
  expect(rows(101, 4_900)).toMatchObject({ leftOut: '101 successful calls' })
  const many = rows(10, 5_100)
  expect(many.leftOut).toBe('10 successful calls and 100 events in the middle')
  expect(many.rows).toHaveLength(5_000)
  expect(many.calls[0]).toMatchObject({ done: 10 })
})

const ofHtml = [
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</pre></td><script>alert(1)</script>',
  '<!--',
  '</title><base href=//evil>',
  '&#60;b&#62;',
  '`',
  '</style><style>*{}',
  '</script>',
]

describe('with hostile text in everything', () => {
  const everything = [...Object.values(everyEvent).map((event) => ({ ...event, at })), ...blueGreen]
  /** The markup of a page: its tags, without the texts between them and in their attributes. */
  const markup = (page: string): string[] =>
    [...page.replace(/<(style|script)>[^]*?<\/\1>/g, '<$1></$1>').matchAll(/<[^>]*>/g)].map(([tag]) =>
      tag.replaceAll(/"[^"]*"/g, '""'),
    )
  const usual = new Set(markup(pageOf(everything)))

  test.each([...attacks, ...ofHtml].map((attack) => [JSON.stringify(attack).slice(0, 60), attack]))(
    '%s',
    (_name, attack) => {
      const page = pageOf(spoilt(everything, attack))
      expect(markup(page).filter((tag) => !usual.has(tag))).toEqual([])
      expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u202e]/u)
      expect([...page.matchAll(/<script/g)]).toHaveLength(1)
    },
  )

  test('what looks like a piece of a template is none unless a template made it', () => {
    const forged = JSON.parse('{"html":"<b>"}')
    expect(html`<p title="${'"<'}">${forged}${trusted('<i>')}</p>`.html).toBe(
      '<p title="&#34;&#60;">{&#34;html&#34;:&#34;&#60;b&#62;&#34;}<i></p>',
    )
  })
})
