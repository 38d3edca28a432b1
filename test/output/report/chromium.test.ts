// Reports in a headless Chromium: what its elements are once its script has run, and that nothing else was let in.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { ToldEvent } from '../../../src/engine/events.ts'
import { reportPage } from '../../../src/output/report/page.ts'
import { onPath } from '../../commands/support.ts'
import { attacks } from '../../hostile/hostileText.ts'
import { at, everyEvent, spoilt } from '../everyEvent.ts'
import { logs } from '../logs/logs.ts'
import { blueGreen } from './blueGreen.ts'
import { collect } from './collect.ts'

const chromium = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => onPath(name) ?? [])[0]
if (chromium === undefined)
  process.stderr.write('Skipped: no Chromium on the PATH, so that no report is opened in one.\n')

const folder = mkdtempSync(join(tmpdir(), 'chromium-'))

/** Opens a page, and answers with its elements and with what the console says. */
function opened(
  name: string,
  page: string,
  { hash = '', words = [] as readonly string[] } = {},
): { dom: string; console: string[] } {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, page)
  const { stdout, stderr } = spawnSync(
    chromium!,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--enable-logging=stderr',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--virtual-time-budget=3000',
      ...words,
      '--dump-dom',
      `${pathToFileURL(file).href}${hash}`,
    ],
    { encoding: 'utf8', maxBuffer: 100_000_000 },
  )
  return { dom: stdout, console: stderr.split('\n').filter((line) => line.includes(':CONSOLE:')) }
}

const pageOf = (log: readonly ToldEvent[]): string => reportPage(collect(log))
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length

describe.skipIf(chromium === undefined)('in Chromium', () => {
  // Tests that are skipped are collected, too.
  const { dom, console } = chromium ? opened('blueGreen', pageOf(blueGreen)) : { dom: '', console: [] }

  test('the page runs its script and has its style, and nothing is amiss', () => {
    expect(console).toEqual([])
    expect(dom).toContain('<html lang="en" data-ready="true">')
  })

  test('it has its sections, a bar for each step, a chart for each service, its stages and its traffic', () => {
    const ids = [...dom.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual(['services', 'timeline', 'rollouts', 'diff', 'calls', 'events'])
    expect(count(dom, /<svg class="bar"/g)).toBe(2)
    expect(count(dom, /<path class="(?:running|desired|traffic)"/g)).toBe(3)
    expect(count(dom, /<rect class="(?:even|odd)"/g)).toBe(5)
    expect([...dom.matchAll(/<li>\s*<b>(\w+)<\/b>/g)].map(([, name]) => name)).toEqual([
      'SCALE_UP',
      'TEST_TRAFFIC_SHIFT',
      'PRODUCTION_TRAFFIC_SHIFT',
      'BAKE_TIME',
      'CLEAN_UP',
    ])
    expect(dom).toContain('~ containerDefinitions/web/image: my_image:v1.2.2 → my_image:v1.2.3')
  })

  test('the events can be filtered, and the filter says how many are left', () => {
    const rows = count(dom, /<tr data-type=/g)
    expect(dom).toContain(`${rows} of ${rows} events`)
    const filtered = opened('filtered', pageOf(blueGreen), { hash: '#filter=throttl' }).dom
    expect(count(filtered, /<tr data-type="[\w.]+" hidden="">/g)).toBe(rows - 2)
    expect(filtered).toContain(`2 of ${rows} events`)
  })

  test('all of it can be reached without a mouse: what scrolls has the focus, every field a label', () => {
    expect(count(dom, /<div class="scroll"(?![^>]*tabindex="0")/g)).toBe(0)
    expect(count(dom, /<pre(?! tabindex="0")/g)).toBe(0)
    expect(count(dom, /<label>[^<]*<(?:input|select)/g)).toBe(2)
    expect(count(dom, /<svg(?![^>]*(?:aria-label|aria-hidden))/g)).toBe(0)
    expect(dom).not.toMatch(/tabindex="[1-9]/)
  })

  test('a failed rollout comes first, with the log lines of its tasks', () => {
    const failed = opened('failedRollout', pageOf(logs['failedRollout']!)).dom
    expect(/<section id="([\w-]+)"/.exec(failed)?.[1]).toBe('failures')
    expect(failed).toContain('    | Killed')
    expect(count(failed, /<path class="failed"/g)).toBe(1)
  })

  test('a page with hostile text in everything has the elements of one without, loads nothing and runs nothing', () => {
    const everything = [...Object.values(everyEvent).map((event) => ({ ...event, at })), ...blueGreen]
    const elements = (page: string): string[] =>
      [...page.replace(/<(style|script)>[^]*?<\/\1>/g, '').matchAll(/<(\w+)/g)].map(([, name = '']) => name)
    const hostile = `${attacks.join('')}"'><img src=https://evil.example/x onerror=document.title='owned'><script>document.title='owned'</script><base href=https://evil.example/>`
    const { dom: spoiltDom, console: said } = opened('hostile', pageOf(spoilt(everything, hostile)))
    const usual = new Set(elements(opened('usual', pageOf(everything)).dom))
    expect(elements(spoiltDom).filter((name) => !usual.has(name))).toEqual([])
    expect(said).toEqual([])
    expect(spoiltDom).not.toContain('<title>owned')
  })

  test('what came in by a hole all the same would neither run nor load: the policy holds', () => {
    const page = pageOf(blueGreen).replace(
      '<main>',
      `<main><script>document.title='owned'</script><img src="https://evil.example/x"><p style="color:red" onclick="x()">`,
    )
    const { dom: holed, console: said } = opened('holed', page)
    expect(holed).not.toContain('<title>owned')
    expect(said.length).toBeGreaterThanOrEqual(3)
    expect(said.every((line) => line.includes('Content Security Policy'))).toBe(true)
  })

  test.each([
    ['light', '1200,2400', []],
    ['dark', '1200,2400', ['--blink-settings=preferredColorScheme=0']],
    ['narrow', '400,4000', []],
  ])('a picture of it can be taken: %s', (name, size, words) => {
    const picture = join(folder, `${name}.png`)
    opened(name, pageOf(logs['failedRollout']!), {
      words: [`--window-size=${size}`, `--screenshot=${picture}`, '--hide-scrollbars', ...words],
    })
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG')
  })

  test('it prints', () => {
    const pdf = join(folder, 'report.pdf')
    opened('print', pageOf(blueGreen), { words: [`--print-to-pdf=${pdf}`] })
    expect(readFileSync(pdf).subarray(0, 4).toString()).toBe('%PDF')
  })
})
