// The CI runners, and what each says of its job in the environment.

/** Those whose logs have groups. */
export type Grouped = 'github' | 'gitlab' | 'buildkite' | 'azure'

export type Environment = Readonly<Record<string, string | undefined>>

/** What a runner says; `{NAME}` stands for a variable. Of several texts the first counts of which all variables are set. */
interface Runner {
  /** As it is called. */
  readonly title: string
  /** The variable that it alone sets, to `true` or, where it has none such, to anything. */
  readonly is: string
  readonly isAnything?: true
  readonly commit: readonly string[]
  /** Who started the job. */
  readonly actor: readonly string[]
  /** The page of the job. */
  readonly page?: string
  /** What names the job where the value of a tag can't hold the address of its page, because of a `?` in it. */
  readonly run?: string
}

/**
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 * https://circleci.com/docs/reference/variables/
 * https://buildkite.com/docs/pipelines/configure/environment-variables
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 * https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
 * https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables
 */
const runners = {
  github: {
    title: 'GitHub Actions',
    is: 'GITHUB_ACTIONS',
    commit: ['{GITHUB_SHA}'],
    actor: ['{GITHUB_TRIGGERING_ACTOR}', '{GITHUB_ACTOR}'],
    page: '{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}',
  },
  gitlab: {
    title: 'GitLab CI',
    is: 'GITLAB_CI',
    commit: ['{CI_COMMIT_SHA}'],
    actor: ['{GITLAB_USER_LOGIN}'],
    page: '{CI_JOB_URL}',
  },
  buildkite: {
    title: 'Buildkite',
    is: 'BUILDKITE',
    commit: ['{BUILDKITE_COMMIT}'],
    actor: ['{BUILDKITE_BUILD_CREATOR}'],
    page: '{BUILDKITE_BUILD_URL}',
  },
  azure: {
    title: 'Azure Pipelines',
    is: 'TF_BUILD',
    commit: ['{BUILD_SOURCEVERSION}'],
    actor: ['{BUILD_REQUESTEDFOR}'],
    run: '{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECTID}/_apis/build/builds/{BUILD_BUILDID}',
  },
  circleci: {
    title: 'CircleCI',
    is: 'CIRCLECI',
    commit: ['{CIRCLE_SHA1}'],
    actor: ['{CIRCLE_USERNAME}'],
    page: '{CIRCLE_BUILD_URL}',
  },
  codebuild: {
    title: 'CodeBuild',
    is: 'CODEBUILD_CI',
    commit: ['{CODEBUILD_RESOLVED_SOURCE_VERSION}'],
    actor: ['{CODEBUILD_INITIATOR}'],
    run: '{CODEBUILD_BUILD_ARN}',
  },
  jenkins: {
    title: 'Jenkins',
    is: 'JENKINS_URL',
    isAnything: true,
    commit: ['{GIT_COMMIT}'],
    actor: ['{BUILD_USER_ID}'],
    page: '{BUILD_URL}',
  },
} satisfies Readonly<Record<string, Runner>>

type Name = keyof typeof runners

/** The names of all runners, for people. */
export const runnerTitles: readonly string[] = Object.values(runners).map(({ title }) => title)

/** What a job says of itself, as far as it does. */
export interface Job {
  readonly title: string
  readonly commit: string | undefined
  readonly actor: string | undefined
  readonly page: string | undefined
  readonly run: string | undefined
}

/** The job of which this is the environment; undefined outside of a CI that is known. */
export function jobIn(env: Environment): Job | undefined {
  const name = nameIn(env)
  if (name === undefined) return undefined
  const { title, commit, actor, page, run = page }: Runner = runners[name]
  const first = (texts: readonly (string | undefined)[]): string | undefined =>
    texts.map((text) => filledIn(text, env)).find((text) => text !== undefined)
  return { title, commit: first(commit), actor: first(actor), page: first([page]), run: first([run]) }
}

/** The runner whose log has groups; undefined elsewhere. */
export function runnerIn(env: Environment): Grouped | undefined {
  const name = nameIn(env)
  return name === 'github' || name === 'gitlab' || name === 'buildkite' || name === 'azure' ? name : undefined
}

export const isGithub = (env: Environment): boolean => nameIn(env) === 'github'

function nameIn(env: Environment): Name | undefined {
  return (Object.keys(runners) as Name[]).find((name) => {
    const { is, isAnything }: Runner = runners[name]
    return isAnything ? Boolean(env[is]) : env[is]?.toLowerCase() === 'true'
  })
}

/** The text with the variables in their places; undefined where one of them is not set. */
function filledIn(text: string | undefined, env: Environment): string | undefined {
  const names = [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (text === undefined || names.some((name) => !env[name]?.trim())) return undefined
  return text.replace(/\{(\w+)\}/g, (_, name: string) => env[name]?.trim() ?? '')
}
