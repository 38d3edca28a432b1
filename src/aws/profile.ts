/** Why a profile has no credentials; the SDK asks on elsewhere, and then says only that nobody had any. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { nearest } from '../ground/nearest.ts'

/** One sentence; undefined where the AWS configuration files explain nothing. */
export function whyNoCredentials(
  profile: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { AWS_PROFILE, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = env
  const name = profile ?? AWS_PROFILE
  const files = [
    [AWS_CONFIG_FILE || join(homedir(), '.aws/config'), /^(?:profile\s+(?=\S)|(?=default$))/],
    [AWS_SHARED_CREDENTIALS_FILE || join(homedir(), '.aws/credentials'), /^/],
  ] as const
  const sections = files.flatMap(([file, prefix]) => sectionsOf(textOf(file), prefix))
  const found = sections.filter((section) => section.name === (name ?? 'default'))
  if (name !== undefined && found.length === 0) {
    const meant = nearest(name, [...new Set(sections.map((section) => section.name))])
    const where = `Neither ${files[0][0]} nor ${files[1][0]} has a profile ${name}`
    return meant === undefined ? `${where}.` : `${where}; did you mean ${meant}?`
  }
  const source = ['credential_process', 'source_profile', 'credential_source'].find((key) =>
    found.some(({ keys }) => keys.includes(key)),
  )
  return source && `The ${source} of profile ${name ?? 'default'} gives none.`
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
