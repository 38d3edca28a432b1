/** Why a profile has no credentials, or no region; the SDK asks on elsewhere, and then says only that nobody had any. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { EcsTaskError } from '../ground/errors.ts'
import { nearest } from '../ground/nearest.ts'

type Env = Readonly<Record<string, string | undefined>>

/** The error for a profile that somebody has named and that is in no file, with those that are; undefined where it is in one. */
export function unknownProfile(profile: string | undefined, env: Env): EcsTaskError | undefined {
  const name = profile ?? env['AWS_PROFILE']
  const files = filesIn(env)
  const known = [...new Set(sectionsIn(files).map((section) => section.name))]
  if (!name || known.includes(name)) return undefined
  const where = files.map(({ file }) => file).join(' and ')
  const meant = nearest(name, known)
  return new EcsTaskError('NoCredentials', `There is no AWS profile ${name}.`, {
    why: known.length > 0 ? `In ${where}: ${known.join(', ')}.` : `There is none in ${where}.`,
    fix: meant === undefined ? 'Name one with --profile or AWS_PROFILE.' : `Did you mean ${meant}?`,
  })
}

/** One sentence; undefined where the AWS configuration files explain nothing. */
export function whyNoCredentials(profile: string | undefined, env: Env): string | undefined {
  const name = profile ?? env['AWS_PROFILE']
  const found = sectionsIn(filesIn(env)).filter((section) => section.name === (name ?? 'default'))
  const source = ['credential_process', 'source_profile', 'credential_source'].find((key) =>
    found.some(({ keys }) => keys.includes(key)),
  )
  return source && `The ${source} of profile ${name ?? 'default'} gives none.`
}

/** A file, and what stands before the names of profiles in it. */
interface ProfileFile {
  readonly file: string
  readonly prefix: RegExp
}

function filesIn({ AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE }: Env): readonly ProfileFile[] {
  return [
    {
      file: AWS_CONFIG_FILE || join(homedir(), '.aws/config'),
      prefix: /^(?:profile\s+(?=\S)|(?=default$))/,
    },
    { file: AWS_SHARED_CREDENTIALS_FILE || join(homedir(), '.aws/credentials'), prefix: /^/ },
  ]
}

function sectionsIn(files: readonly ProfileFile[]): Section[] {
  return files.flatMap(({ file, prefix }) => sectionsOf(textOf(file), prefix))
}

interface Section {
  readonly name: string
  readonly keys: string[]
}

function sectionsOf(text: string, prefix: RegExp): Section[] {
  const sections: Section[] = []
  let section: Section | undefined
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line.startsWith('[')) {
      const title = line.slice(1, line.includes(']') ? line.indexOf(']') : undefined).trim()
      section = prefix.test(title) ? { name: title.replace(prefix, '').trim(), keys: [] } : undefined
      if (section) sections.push(section)
    } else section?.keys.push(line.split('=')[0]!.trim())
  }
  return sections
}

/** A file that is not there, or cannot be read, has no profiles for the SDK either. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
