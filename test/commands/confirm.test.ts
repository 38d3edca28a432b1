import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askBeforeRun } from '../../src/commands/program/confirm.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { capturing } from './inProcess.ts'

/** A terminal to type at, and what is written to it. */
function terminal({ isTTY = true } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY })
  const stderr = Object.assign(new PassThrough(), { text: '' })
  stderr.on('data', (chunk: Buffer) => (stderr.text += chunk.toString()))
  return { stdin, stderr }
}

/** Asks there whether a plan of this title, without a step, is to be run. */
async function asked(
  streams: ReturnType<typeof terminal>,
  title = 'Destroy it',
  { signal } = new AbortController(),
): Promise<boolean> {
  const context = { ...capturing({ program: 'ecs-task', declared: [], env: {} }), ...streams }
  return askBeforeRun(context, [], signal).agree({
    command: 'cluster destroy',
    title,
    done: 'Destroyed it',
    stages: [],
    warnings: [],
  })
}

describe('asking for confirmation', () => {
  it.each([
    ['y\n', true],
    ['YES\n', true],
    [' yes \n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
    ['no\nyes\n', false],
  ])('%j is read as %s', async (typed, agreed) => {
    const { stdin, stderr } = terminal()
    const answer = asked({ stdin, stderr })
    stdin.write(typed)
    expect(await answer).toBe(agreed)
    expect(stderr.text).toBe('Destroy it\n\nNothing to do.\n\nDestroy it? [y/N] ')
  })

  it('reads an input that ends without a line as a no', async () => {
    const { stdin, stderr } = terminal()
    const answer = asked({ stdin, stderr })
    stdin.end()
    expect(await answer).toBe(false)
  })

  it('takes a terminal that is gone for a no', async () => {
    const { stdin, stderr } = terminal()
    const answer = asked({ stdin, stderr })
    stdin.on('error', () => {})
    stdin.destroy(Object.assign(new Error('read EIO'), { code: 'EIO' }))
    expect(await answer).toBe(false)
  })

  it('refuses where there is no terminal, and asks nothing', async () => {
    const { stdin, stderr } = terminal({ isTTY: false })
    stdin.write('yes\n')
    const refused = await asked({ stdin, stderr }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(EcsTaskError)
    expect(refused).toMatchObject({ code: 'BadArguments', fix: expect.stringContaining('--yes') })
    expect(stderr.text).toBe('')
  })

  it('rejects with the reason when it is interrupted', async () => {
    const { stdin, stderr } = terminal()
    const stop = new AbortController()
    const answer = asked({ stdin, stderr }, 'Destroy it', stop)
    stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
    await expect(answer).rejects.toThrow('Interrupted by SIGINT.')
    expect(stdin.isPaused()).toBe(true)
  })

  it('shows no escape sequence of a title', async () => {
    const { stdin, stderr } = terminal()
    const answer = asked({ stdin, stderr }, 'Destroy \u001b[2J')
    stdin.write('\n')
    await answer
    expect(stderr.text).not.toContain('\u001b')
  })
})
