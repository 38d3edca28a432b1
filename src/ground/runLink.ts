/** Where the CI job that a run is part of can be seen. */
type Environment = Readonly<Record<string, string | undefined>>

/** The page of the job, where the runner says it: a plain address of the web and nothing else. */
export function runLink(env: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env
  const ofGithub = server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined
  const found = ofGithub ?? env['CI_JOB_URL'] ?? env['BUILDKITE_BUILD_URL'] ?? env['CIRCLE_BUILD_URL']
  return found !== undefined && /^https?:\/\/[\w.:-]+(\/[\w.~%#-]+)*\/?$/.test(found) ? found : undefined
}
