import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import nodeModule from 'node:module'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { definition, endAll, program, project, serviceClass } from './support.ts'

afterAll(endAll)

const hasCache = 'enableCompileCache' in nodeModule && process.getuid !== undefined
const name = `ecs-task-${process.getuid?.()}`
const web = { 'web.ts': definition([`export ${serviceClass('Web')}`]) }

/** Runs `debug`, and answers what is in the folder of compiled code, and in the project. */
async function started(prepare: (temporary: string) => void = () => {}) {
  const { folder, run } = project(web)
  const temporary = join(project({}).folder, 'tmp')
  mkdirSync(temporary)
  prepare(temporary)
  const { exitCode, stderr } = await run([program, 'debug', 'web.ts'], { TMPDIR: temporary })
  expect(exitCode, stderr).toBe(0)
  expect(readdirSync(folder).toSorted()).toEqual(['package.json', 'web.ts'])
  return join(temporary, name)
}

describe('the folder in which Node keeps what it has compiled', () => {
  test.each(['/dev/null/none', '/proc'])('is not needed for a start: %s', async (temporary) => {
    const { run } = project({})
    const { exitCode, stderr } = await run([program, '--help'], { TMPDIR: temporary })
    expect([exitCode, stderr]).toEqual([0, ''])
  })

  test.skipIf(!hasCache)('is one that nobody else can write to', async () => {
    const folder = await started()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder)).not.toEqual([])
  })

  test.skipIf(!hasCache)('is not used where anybody can write to it', async () => {
    const folder = await started((temporary) => {
      mkdirSync(join(temporary, name))
      chmodSync(join(temporary, name), 0o777)
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test.skipIf(!hasCache)('is not used where it is a link', async () => {
    const folder = await started((temporary) => {
      mkdirSync(join(temporary, 'elsewhere'), { mode: 0o700 })
      symlinkSync(join(temporary, 'elsewhere'), join(temporary, name))
    })
    expect(readdirSync(folder)).toEqual([])
  })
})
