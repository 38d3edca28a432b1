import { afterAll, describe, expect, test } from 'vitest'
import { emptyEnvironment, endAll, onPath, pointedAt, project, startProcess, webExample } from './support.ts'

afterAll(endAll)

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'
const noTerminal = 'there is no program `script` here to make a terminal with'
const script = process.platform === 'linux' ? onPath('script') : undefined

describe.concurrent('on a terminal', () => {
  test('a deploy is a view that is redrawn in place, and leaves its steps, its last line and the cursor', async ({
    skip,
  }) => {
    if (!script) skip(noTerminal)
    const { exitCode, screen, region } = await onTerminal('deploy v1 --local')
    expect(exitCode).toBe(0)
    expect(screen.indexOf(hideCursor)).toBeGreaterThanOrEqual(0)
    expect(screen.lastIndexOf(showCursor)).toBeGreaterThan(screen.lastIndexOf(hideCursor))
    const frames = screen.match(/Update service web in my_cluster/g) ?? []
    expect(frames.length).toBeGreaterThan(3)
    expect(screen).toMatch(/2\/2/)
    expect(lastLine(screen)).toMatch(/✓ Deployed v1 of WebTask\./)
    expect(pointedAt(region())['my_cluster/web']).toBe('web:2')
  })

  test('an interrupted deploy gives the cursor back, too', async ({ skip }) => {
    if (!script) skip(noTerminal)
    // The terminal sends SIGINT for Ctrl-C to everything that runs in it.
    const { exitCode, screen, region } = await onTerminal('deploy slow-10m --local', { until: '0/2', key: '\u0003' })
    expect(exitCode).toBe(130)
    expect(screen.lastIndexOf(showCursor)).toBeGreaterThan(screen.lastIndexOf(hideCursor))
    expect(lastLine(screen)).toMatch(/Deploy slow-10m of WebTask was interrupted; everything is as it was\./)
    expect(pointedAt(region())['my_cluster/web']).toBe('web:1')
  })

  test('nothing is redrawn in CI, where the terminal is a log', async ({ skip }) => {
    if (!script) skip(noTerminal)
    const { exitCode, screen } = await onTerminal('deploy v1 --local --dry-run', { env: { CI: 'true' } })
    expect(exitCode).toBe(0)
    expect(screen).not.toContain(hideCursor)
    expect(screen).toContain('v1: WebTask (local AWS, us-east-1)')
  })
})

/** Runs the example on a terminal of 80 by 24 and answers with everything that was sent to it. */
async function onTerminal(
  words: string,
  { until, key, env = {} }: { until?: string; key?: string; env?: Record<string, string> } = {},
) {
  const { folder, region } = project({ 'web.ts': webExample.replace(/  runTasks[^]*?\n  \]\n/, '') })
  const command = `stty cols 80 rows 24; exec '${process.execPath}' --import '${import.meta.resolve('tsx')}' web.ts ${words}`
  const started = startProcess(script!, ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: { ...emptyEnvironment(folder), TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
  })
  if (until !== undefined && key !== undefined) {
    await started.said(until)
    started.child.stdin?.write(key)
  }
  const { exitCode, stdout } = await started.ended
  return { exitCode, screen: stdout, region }
}

/** The last line with anything on it, as it reads without the terminal's own language. */
function lastLine(screen: string): string | undefined {
  // oxlint-disable-next-line no-control-regex
  const text = screen.replaceAll(/\u001B\[[?\d;]*[A-Za-z]/g, '').trimEnd()
  return text.split(/\r?\n/).at(-1)
}
