/** The credentials that `docker login` has left: in Docker's configuration file, or with its credential helpers. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { lazy } from '../../../ground/lazy.ts'
import { isPlain } from '../../../ground/shown.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
}

type Env = Readonly<Record<string, string | undefined>>

/** Looks them up by the name of a registry; undefined where there are none, or they cannot be had. */
export function dockerCredentials(env: Env): (host: string) => Promise<Credentials | undefined> {
  let config: Record<string, unknown> | undefined
  return async (host) => {
    config ??= configOf(env)
    // Docker keeps those of Docker Hub under a name of old.
    const names = host === 'docker.io' ? ['https://index.docker.io/v1/', host] : [host, `https://${host}`]
    for (const name of names) {
      const helper = member(config['credHelpers'], name) ?? config['credsStore']
      const found =
        (typeof helper === 'string' ? await helped(helper, name, env) : undefined) ??
        inFile(member(config['auths'], name))
      if (found) return found
    }
    return undefined
  }
}

/** A file that is not there or cannot be read is one without credentials. */
function configOf({ DOCKER_CONFIG }: Env): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(
      readFileSync(join(DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json'), 'utf8'),
    )
    return isPlain(value) ? value : {}
  } catch {
    return {}
  }
}

const member = (value: unknown, name: string): unknown => (isPlain(value) ? value[name] : undefined)

function inFile(entry: unknown): Credentials | undefined {
  const auth = member(entry, 'auth')
  if (typeof auth !== 'string') return undefined
  const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? []
  return username === undefined || password === undefined ? undefined : { username, password }
}

const loadChildProcess = (): typeof import('node:child_process') => lazy('node:child_process')

/** https://github.com/docker/docker-credential-helpers#development */
function helped(helper: string, name: string, env: Env): Promise<Credentials | undefined> {
  if (!/^[\w-]+$/.test(helper)) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const child = loadChildProcess().execFile(
      `docker-credential-${helper}`,
      ['get'],
      { env, timeout: 4_000 },
      (error, stdout) => resolve(error ? undefined : answered(stdout)),
    )
    // One that ends without reading is no fault.
    child.stdin?.on('error', () => undefined).end(name)
  })
}

function answered(text: string): Credentials | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const [username, password] = [member(value, 'Username'), member(value, 'Secret')]
    // An identity token is not a password.
    if (typeof username !== 'string' || typeof password !== 'string' || username === '<token>') return undefined
    return { username, password }
  } catch {
    return undefined
  }
}
