import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { endAll, pointedAt, project, webExample } from './support.ts'
import { onTerminal, plainText, script } from './terminal.ts'

afterAll(endAll)

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'

describe.concurrent('on a terminal', () => {
  beforeEach(({ skip }) => skip(!script, 'there is no program `script` here to make a terminal with'))

  test('a deploy redraws its view in place, and leaves its steps, its last line and the cursor', async () => {
    const web = project({ 'web.ts': webExample.replace(/  override runTasks[^]*?\n  \]\n/, '') })
    const { exitCode, screen } = await onTerminal(web, 'web.ts deploy v1 --local').ended
    expect(exitCode).toBe(0)
    expect(screen.indexOf(hideCursor)).toBeGreaterThanOrEqual(0)
    expect(screen.lastIndexOf(showCursor)).toBeGreaterThan(screen.lastIndexOf(hideCursor))
    const frames = screen.match(/Update service web in my_cluster/g) ?? []
    expect(frames.length).toBeGreaterThan(3)
    expect(screen).toMatch(/2\/2/)
    expect(plainText(screen)).toMatch(/✓ Deployed v1 of WebTask\. \([^)]*\)$/)
    expect(pointedAt(web.region())['my_cluster/web']).toBe('web:2')
  })
})
