import { Writable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { flushed, outliveOutput } from '../../src/commands/program/lostOutput.ts'
import {
  definition,
  emptyEnvironment,
  endAll,
  lines,
  pointedAt,
  program,
  project,
  serviceClass,
  startProcess,
} from './support.ts'

afterAll(endAll)

const file = definition([serviceClass('Web')], 'await new Web().main()')
/** The device of Linux that is always full. */
const full = '/dev/full'

/** Runs a definition whose output goes where the shell sends it. */
function deploy(words: string) {
  const web = project({ 'web.ts': file })
  const command = `exec '${process.execPath}' --import '${import.meta.resolve('tsx')}' web.ts ${words}`
  const { ended } = startProcess('/bin/sh', ['-c', command], { cwd: web.folder, env: emptyEnvironment(web.folder) })
  return { ...web, ended }
}

describe.runIf(process.platform === 'linux').concurrent('a full disk under the output', () => {
  test.each([
    ['v1', 0, 'web:2'],
    ['crash', 1, 'web:1'],
  ])('of events changes neither the deploy of %s nor its exit code, and is told once', async (tag, expected, runs) => {
    const { ended, region } = deploy(`deploy ${tag} --local --json > ${full}`)
    const { exitCode, stderr } = await ended
    expect(exitCode, stderr).toBe(expected)
    expect(lines(stderr).filter((line) => line.includes('cannot be written'))).toEqual([
      '! Standard output cannot be written and is incomplete: ENOSPC: no space left on device, write',
    ])
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': runs })
  })

  test.each([`2> ${full}`, `> ${full} 2>&1`])('for people changes nothing either: %s', async (where) => {
    const { ended, region } = deploy(`deploy crash --local ${where}`)
    expect((await ended).exitCode).toBe(1)
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
  })

  test('of a help text is told, and is no crash', async () => {
    const { folder } = project({})
    const command = `exec '${process.execPath}' '${program}' --help > ${full}`
    const { ended } = startProcess('/bin/sh', ['-c', command], { cwd: folder, env: emptyEnvironment(folder) })
    const { exitCode, stderr } = await ended
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Standard output cannot be written')])
  })
})

describe('streams that fail', () => {
  const failing = (code: string): Writable =>
    new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(`${code}: no`), { code })) })

  test.each([
    ['EPIPE', 'ENOSPC', ''],
    ['EIO', '', '! Standard output cannot be written and is incomplete: EIO: no\n'],
  ])('end nothing: %s on the standard output, %s on the standard error', async (out, err, expected) => {
    let told = ''
    const stderr = err
      ? failing(err)
      : new Writable({ write: (chunk, _encoding, done) => ((told += String(chunk)), done()) })
    const stdout = failing(out)
    outliveOutput({ stdout, stderr })
    outliveOutput({ stdout, stderr })
    stdout.write('result')
    stderr.write(err)
    await flushed(stdout, stderr)
    expect(told).toBe(expected)
  })
})
