// Keeps names from AWS for a minute, in files of this user's alone: a second key press is answered without AWS.
import type * as Crypto from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import process from 'node:process'
import { lazy } from '../../ground/lazy.ts'
import type { Context } from '../program/command.ts'
import { isAwsName } from './awsName.ts'

/** Milliseconds. */
const lifetime = 60_000
const forgotten = 24 * 60 * 60_000

/** What decides whose AWS it is. The keys alone have no other name than themselves: only a hash of the whole is kept. */
const variables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_CONFIG_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_ECS',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_SHARED_CREDENTIALS_FILE',
]

/** The names that were read for the same question less than a minute ago, or else those that are read now. */
export async function remembered(
  asked: object,
  { env, now }: { readonly env: Context['env']; readonly now: () => number },
  read: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const folder = folderOf(env)
  const file = folder && join(folder, `${keyOf([asked, variables.map((name) => env[name] ?? null)])}.json`)
  const known = file && namesIn(file, now())
  if (known) return known
  const names = await read()
  if (folder && file) keep(folder, file, { at: now(), names })
  return names
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function folderOf(env: Context['env']): string | undefined {
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = env
  if (isAbsolute(cache)) return join(cache, 'ecs-task')
  return isAbsolute(home) ? join(home, '.cache', 'ecs-task') : undefined
}

function keyOf(question: unknown): string {
  const { createHash }: typeof Crypto = lazy('node:crypto')
  return createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 32)
}

/** Undefined where there are none, they are too old, or the file holds anything else. */
function namesIn(file: string, now: number): readonly string[] | undefined {
  try {
    const { at, names } = JSON.parse(readFileSync(file, 'utf8')) as { at?: unknown; names?: unknown }
    const isFresh = typeof at === 'number' && at <= now && now - at < lifetime
    return isFresh && Array.isArray(names) && names.every(isAwsName) ? names : undefined
  } catch {
    return undefined
  }
}

/** Whole or not at all, as two shells may do it at once. Where nothing can be written AWS is asked again. */
function keep(folder: string, file: string, content: object): void {
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(unfinished, { force: true })
    writeFileSync(unfinished, JSON.stringify(content), { flag: 'wx', mode: 0o600 })
    renameSync(unfinished, file)
    forget(folder)
  } catch {
    // Half a file is deleted in a day.
  }
}

/** Deletes what nobody has asked for in a day. */
function forget(folder: string): void {
  const ours = readdirSync(folder).filter((name) => /^[\da-f]{32}\.json(?:\.\d+\.tmp)?$/.test(name))
  for (const path of ours.map((name) => join(folder, name))) {
    if (statSync(path).mtimeMs < statSync(folder).mtimeMs - forgotten) rmSync(path, { force: true })
  }
}
