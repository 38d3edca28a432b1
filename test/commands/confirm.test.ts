import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { confirm } from '../../src/commands/program/confirm.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'

/** A terminal at which somebody types, and what is written to it. */
function terminal({ isTTY = true } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY })
  const stderr = Object.assign(new PassThrough(), { text: '' })
  stderr.on('data', (chunk: Buffer) => (stderr.text += chunk.toString()))
  return { stdin, stderr }
}

describe('asking before something is done', () => {
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
    const answer = confirm({ stdin, stderr }, 'Destroy it?')
    stdin.write(typed)
    expect(await answer).toBe(agreed)
    expect(stderr.text).toBe('Destroy it? [y/N] ')
  })

  it('takes an input that ends without a line for a no', async () => {
    const { stdin, stderr } = terminal()
    const answer = confirm({ stdin, stderr }, 'Destroy it?')
    stdin.end()
    expect(await answer).toBe(false)
  })

  it('takes a terminal that is gone for a no', async () => {
    const { stdin, stderr } = terminal()
    const answer = confirm({ stdin, stderr }, 'Destroy it?')
    stdin.on('error', () => {})
    stdin.destroy(Object.assign(new Error('read EIO'), { code: 'EIO' }))
    expect(await answer).toBe(false)
  })

  it('refuses where there is no terminal, and asks nothing', async () => {
    const { stdin, stderr } = terminal({ isTTY: false })
    stdin.write('yes\n')
    const refused = await confirm({ stdin, stderr }, 'Destroy it?').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(EcsTaskError)
    expect(refused).toMatchObject({ code: 'BadArguments', fix: expect.stringContaining('--yes') })
    expect(stderr.text).toBe('')
  })

  it('ends when it is interrupted, with the reason', async () => {
    const { stdin, stderr } = terminal()
    const stop = new AbortController()
    const answer = confirm({ stdin, stderr }, 'Destroy it?', stop.signal)
    stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
    await expect(answer).rejects.toThrow('Interrupted by SIGINT.')
    expect(stdin.isPaused()).toBe(true)
  })

  it('shows no escape sequence of somebody else', async () => {
    const { stdin, stderr } = terminal()
    const answer = confirm({ stdin, stderr }, 'Destroy \u001b[2J?')
    stdin.write('\n')
    await answer
    expect(stderr.text).not.toContain('\u001b')
  })
})
