import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { World } from '../../src/local/world/world.ts'
import { definition, endAll, program, project, serviceClass } from './support.ts'

afterAll(endAll)

/**
 * A disk on which there is no space any more once a file `full` is there: as Node's own calls behave on one, half of what
 * is written is there, and the error of a write to a descriptor has no path. There is room for so many writes before.
 */
const disk = (room: number): string => `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const write = fs.writeFileSync
let room = ${room}
fs.writeFileSync = (file, data, options) => {
  if (!fs.existsSync('full') || room-- > 0) return write(file, data, options)
  write(file, String(data).slice(0, String(data).length / 2), options)
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { errno: -28, code: 'ENOSPC', syscall: 'write' })
}
syncBuiltinESMExports()`

const onDisk = (room = 0): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(disk(room))}`,
})

const web = definition([serviceClass('Web')], 'await new Web().main()')

describe.concurrent('on a full disk', () => {
  test.each([0, 1])('init writes nothing, or all, when there is room for %d files', async (room) => {
    const { folder, run } = project({ full: '' })
    const { exitCode, stdout, stderr } = await run([program, 'init', 'stack'], onDisk(room))
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('✗ No space left on the disk.')
    expect(readdirSync(folder).toSorted()).toEqual(['full', 'package.json'])
  })

  test('--local does not start, says why, and leaves no lock', async () => {
    const { folder, run } = project({ full: '', 'web.ts': web, '.ecs-task/theirs': '' })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v1', '--local'], onDisk())
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('No space left on the disk for ')])
    expect(stderr).not.toContain('AWS cannot be reached')
    expect(readdirSync(join(folder, '.ecs-task'))).toEqual(['theirs'])
  })

  test('a deploy with --local whose state cannot be saved says so, and does not end with 0', async () => {
    // There is room for its lock and no more.
    const { folder, run } = project({ full: '', 'web.ts': web, '.ecs-task/theirs': '' })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v1', '--local'], onDisk(1))
    expect(stderr).toContain('cannot save its state to .ecs-task/local.json: No space left on the disk')
    expect(exitCode).toBe(3)
    expect(readdirSync(join(folder, '.ecs-task'))).toEqual(['theirs'])
  })

  test('ecs-task local goes on in memory, says so, frees its lock and ends with 3', async () => {
    const { folder, start } = project({})
    const { said, child, ended, kill } = start([program, 'local', '--port', '0', '--state', 'world.json'], onDisk())
    let url = ''
    child.stdout?.on('data', (chunk: string) => (url += chunk))
    await said('\n')
    const make = async (cluster: string): Promise<number> => {
      const body = JSON.stringify({ clusters: [cluster] })
      return (await fetch(`${url.trim()}/_local/provision`, { method: 'POST', body })).status
    }
    expect(await make('kept')).toBe(200)
    writeFileSync(join(folder, 'full'), '')
    expect([await make('lost'), await make('lost-too')]).toEqual([200, 200])
    await said('cannot save its state to world.json: No space left on the disk')
    kill('SIGTERM')
    const { exitCode, stderr } = await ended
    expect([exitCode, stderr.trim().split('\n').length]).toEqual([3, 1])
    expect(existsSync(join(folder, 'world.json.lock'))).toBe(false)
    const { regions } = JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8')) as World
    expect(Object.keys(regions['us-east-1']!.clusters)).toEqual(['kept'])
    expect(readdirSync(folder).toSorted()).toEqual(['full', 'package.json', 'world.json'])
  })
})
