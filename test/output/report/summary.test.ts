import { describe, expect, test } from 'vitest'
import { summaryMarkdown } from '../../../src/output/report/summary.ts'
import { runLink } from '../../../src/ground/runLink.ts'
import { attacks } from '../../hostile/hostileText.ts'
import { everyEvent, at, spoilt } from '../everyEvent.ts'
import { logs } from '../logs/logs.ts'
import { blueGreen } from './blueGreen.ts'
import { collect } from './collect.ts'

const job = runLink('https://github.com/shop/web/actions/runs/42')

test.each(Object.entries({ ...logs, blueGreen }))('the summary of %s reads well', async (name, log) => {
  await expect(summaryMarkdown(collect(log), job)).toMatchFileSnapshot(`../golden/summary/${name}.md`)
})

test('a run that has no end says so', () => {
  expect(summaryMarkdown(collect(logs['goodDeploy']!.slice(0, 8)))).toMatch(/^## ✗ The run did not end\n/)
})

test('of hundreds of failures and services it stays small', () => {
  const failed = { ...everyEvent['step.failed'], at }
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...failed,
    id: `step ${index}`,
    subject: { type: 'service' as const, cluster: 'c', service: `s${index}` },
    forensics: {
      ...failed.forensics!,
      logs: [{ container: 'web', taskArn: 'task/1', lines: Array.from({ length: 70 }, () => 'x'.repeat(1_000)) }],
    },
  }))
  const text = summaryMarkdown(collect([{ ...everyEvent['run.started'], at }, ...many]))
  expect(Buffer.byteLength(text)).toBeLessThan(1_000_000)
  expect(text).toContain('… and 40 more failures')
})

/** What is left of Markdown when its code is taken out, as a reader of it would find that. */
function withoutCode(markdown: string): string {
  const lines: string[] = []
  let fence: string | undefined
  for (const line of markdown.split('\n')) {
    const [mark] = /^`{3,}(?=$)/.exec(line) ?? []
    if (fence !== undefined) {
      if (mark !== undefined && mark.length >= fence.length) fence = undefined
      continue
    }
    if (mark !== undefined) fence = mark
    else lines.push(line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, ''))
  }
  expect(fence).toBeUndefined()
  return lines.join('\n')
}

const ofMarkdown = [
  '<img src=https://evil.example/beacon.png>',
  '![x](https://evil.example/beacon.png)',
  '[click](https://evil.example)',
  '<script>alert(1)</script>',
  'https://evil.example www.evil.example mail@evil.example @somebody #1 :smile:',
  '`',
  '``',
  '```',
  '`````\n```\n# not ours',
  '``` \n<b>',
  '|x|y|\n|---|---|',
  '\\',
  '\\`',
  '|',
  '\\|',
  '\\|<b>|`<i>`',
  '# heading\n---\n* item\n1. one',
  '&lt;b&gt;',
  '<!--',
  '$$x$$',
  '[^1]: x',
  '~~~',
]

describe('with hostile text in everything', () => {
  const everything = [
    ...Object.values(everyEvent).map((event) => ({ ...event, at })),
    ...logs['failedRollout']!,
    ...blueGreen,
  ]

  test.each([...attacks, ...ofMarkdown].map((attack) => [JSON.stringify(attack).slice(0, 60), attack]))(
    '%s',
    (_name, attack) => {
      const text = summaryMarkdown(collect(spoilt(everything, attack)), job)
      const outside = withoutCode(text)
      expect(outside).not.toMatch(/<(?!https:\/\/)|!\[|evil|@|#\d|:smile|&/)
      const links = [...outside.matchAll(/\]\(<([^>]*)>\)/g)].map(([, url = '']) => url)
      expect(links.length).toBe([...outside.matchAll(/\]\(/g)].length)
      for (const url of links) {
        expect(url).toMatch(
          /^https:\/\/(github\.com\/shop\/web\/actions\/runs\/42|[a-z0-9-]+\.console\.aws\.amazon\.com\/ecs\/v2\/[\w/%?=.~-]+)$/,
        )
      }
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\u2028\u2029]/u)
      const bars = outside.split('\n').filter((line) => line.startsWith('|'))
      expect(bars.every((line) => [4, 5].includes([...line.replaceAll(/\\\\|\\\|/g, '').matchAll(/\|/g)].length))).toBe(
        true,
      )
    },
  )
})

test('only the address of a job that is one is linked', () => {
  expect(job).toBe('https://github.com/shop/web/actions/runs/42')
  expect(runLink('https://gitlab.example.com/shop/web/-/jobs/7')).toBe('https://gitlab.example.com/shop/web/-/jobs/7')
  for (const url of ['javascript:alert(1)', 'https://x/)(y', 'https://x/">', 'https://user@x/', ''])
    expect(runLink(url)).toBeUndefined()
})
