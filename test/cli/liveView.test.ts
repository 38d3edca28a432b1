import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyEnvironment, endAll, onPath, pointedAt, project, startProcess, webExample } from './support.ts'

afterAll(endAll)

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'
const script = process.platform === 'linux' ? onPath('script') : undefined

describe.concurrent('on a terminal', () => {
  beforeEach(({ skip }) => skip(!script, 'there is no program `script` here to make a terminal with'))

  test('a deploy is a view that is redrawn in place, and leaves its steps, its last line and the cursor', async () => {
    const { exitCode, screen, region } = await onTerminal('deploy v1 --local')
    expect(exitCode).toBe(0)
    expect(screen.indexOf(hideCursor)).toBeGreaterThanOrEqual(0)
    expect(screen.lastIndexOf(showCursor)).toBeGreaterThan(screen.lastIndexOf(hideCursor))
    const frames = screen.match(/Update service web in my_cluster/g) ?? []
    expect(frames.length).toBeGreaterThan(3)
    expect(screen).toMatch(/2\/2/)
    expect(ending(screen)).toMatch(/✓ Deployed v1 of WebTask\. \([^)]*\)$/)
    expect(pointedAt(region())['my_cluster/web']).toBe('web:2')
  })

  test('an interrupted deploy gives the cursor back, too', async () => {
    // The terminal sends SIGINT for Ctrl-C to everything that runs in it.
    const { exitCode, screen, region } = await onTerminal('deploy slow-10m --local', { until: '0/2', key: '\u0003' })
    expect(exitCode).toBe(130)
    expect(screen.lastIndexOf(showCursor)).toBeGreaterThan(screen.lastIndexOf(hideCursor))
    expect(ending(screen)).toMatch(/Deploy slow-10m of WebTask was interrupted; everything is as it was\. \([^)]*\)$/)
    expect(pointedAt(region())['my_cluster/web']).toBe('web:1')
  })
})

/** Runs the example on a terminal of 80 by 24 and answers with everything that was sent to it. */
async function onTerminal(words: string, { until, key }: { until?: string; key?: string } = {}) {
  const { folder, region } = project({ 'web.ts': webExample.replace(/  runTasks[^]*?\n  \]\n/, '') })
  const command = `stty cols 80 rows 24; exec '${process.execPath}' --import '${import.meta.resolve('tsx')}' web.ts ${words}`
  const started = startProcess(script!, ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: { ...emptyEnvironment(folder), TERM: 'xterm-256color', SHELL: '/bin/sh' },
  })
  if (until !== undefined && key !== undefined) {
    await started.said(until)
    started.child.stdin?.write(key)
  }
  const { exitCode, stdout } = await started.ended
  return { exitCode, screen: stdout, region }
}

/** What is left standing at the end, as it reads without the terminal's own language and however it is broken into lines. */
function ending(screen: string): string {
  return stripVTControlCharacters(screen).replaceAll(/\s+/g, ' ').trimEnd().slice(-200)
}
