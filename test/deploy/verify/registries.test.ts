import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/ground/clock.ts'
import { systemClock } from '../../../src/ground/clock.ts'
import { registryClient } from '../../../src/deploy/verify/registry/registry.ts'
import { type Registry, startRegistry } from './registry.ts'

let registry: Registry
const folder = mkdtempSync(join(tmpdir(), 'ecs-task-docker-'))
beforeAll(async () => void (registry = await startRegistry()))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await registry.close()
})

/** As `docker login` leaves them. */
function loggedIn(config: object): Record<string, string> {
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  return { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env['PATH']}` }
}

const auth = Buffer.from('me:secret').toString('base64')
const nobody = { DOCKER_CONFIG: '/nowhere' }
const ask = (image: string, env: Record<string, string> = nobody, clock: Clock = systemClock()) =>
  registryClient(clock, env)(`${registry.host}/${image}`)

const linux = (architecture: string) => ({ os: 'linux', architecture })
const found = { state: 'found', value: [linux('amd64'), linux('arm64')] }

describe('a registry', () => {
  it('names the platforms of an image, and of one without a list its own', async () => {
    expect(await ask('open/web:v1')).toEqual(found)
    expect(await ask('open/web:arm')).toEqual({ state: 'found', value: [linux('arm64')] })
  })

  it('says that it has no such tag, or no such repository', async () => {
    expect(await ask('open/web:v2')).toEqual({ state: 'absent' })
    expect(await ask('open/other:v1')).toEqual({ state: 'absent' })
  })

  it.each(['basic', 'bearer'])('that wants credentials (%s) gets those of docker login', async (door) => {
    const env = loggedIn({ auths: { [registry.host]: { auth } } })
    expect(await ask(`${door}/web:v1`, env)).toEqual(found)
  })

  it.each(['basic', 'bearer'])('that wants credentials (%s), and gets none, leaves it unknown', async (door) => {
    expect(await ask(`${door}/web:v1`)).toEqual({
      state: 'unread',
      why: `its registry ${registry.host} shows it to nobody without credentials: it is private, or not there (docker login ${registry.host})`,
    })
  })

  it.runIf(process.platform !== 'win32')('gets those of a credential helper', async () => {
    const helper = join(folder, 'docker-credential-mine')
    const answer = JSON.stringify({ ServerURL: '', Username: 'me', Secret: 'secret' })
    writeFileSync(helper, `#!/bin/sh\nread host\n[ "$1 $host" = "get ${registry.host}" ] && echo '${answer}'\n`)
    chmodSync(helper, 0o755)
    expect(await ask('basic/web:v1', loggedIn({ credHelpers: { [registry.host]: 'mine' } }))).toEqual(found)
    expect(await ask('basic/web:v1', loggedIn({ credsStore: 'mine' }))).toEqual(found)
    // Docker's own fall back on the file where the helper has none, or is not there.
    const both = { credsStore: 'absent', auths: { [registry.host]: { auth } } }
    expect(await ask('basic/web:v1', loggedIn(both))).toEqual(found)
  })

  it('that breaks, is out of reach or does not answer in time leaves it unknown', async () => {
    expect(await ask('broken/web:v1')).toMatchObject({ why: `its registry ${registry.host} answered with HTTP 500` })
    expect(await registryClient(systemClock(), nobody)('127.0.0.1:1/web:v1')).toEqual({
      state: 'unread',
      why: 'its registry 127.0.0.1:1 is out of reach (ECONNREFUSED)',
    })
    // Five seconds that pass at once.
    const hasty: Clock = {
      ...systemClock(),
      sleep: (milliseconds) => (milliseconds > 5_000 ? new Promise(() => {}) : Promise.resolve()),
    }
    expect(await ask('silent/web:v1', nobody, hasty)).toMatchObject({
      why: `its registry ${registry.host} did not answer within 5 s`,
    })
  })

  it('never sends credentials on where it is redirected', async () => {
    registry.requests.length = 0
    await ask('basic/web:arm', loggedIn({ auths: { [registry.host]: { auth } } }))
    const [blob, moved] = registry.requests.filter((one) => one.includes('/blobs/'))
    expect([blob, moved]).toEqual([expect.stringMatching(/ with credentials$/), expect.stringMatching(/\?moved$/)])
  })

  it('is asked with HEAD first, which no registry counts as a pull', async () => {
    registry.requests.length = 0
    await ask('open/web:v2')
    expect(registry.requests).toEqual(['HEAD /v2/open/web/manifests/v2'])
  })
})
