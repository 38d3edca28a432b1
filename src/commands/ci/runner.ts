// Which CI runner reads the log, by the variables that each sets.
import type { Grouped } from '../../output/groups.ts'

type Environment = Readonly<Record<string, string | undefined>>

const variables: Readonly<Record<Grouped, string>> = {
  github: 'GITHUB_ACTIONS',
  gitlab: 'GITLAB_CI',
  buildkite: 'BUILDKITE',
  azure: 'TF_BUILD',
}

/** The runner whose log has groups; undefined elsewhere. */
export function runnerIn(env: Environment): Grouped | undefined {
  const names = Object.keys(variables) as Grouped[]
  return names.find((name) => env[variables[name]]?.toLowerCase() === 'true')
}

export const isGithub = (env: Environment): boolean => runnerIn(env) === 'github'
