import { describe, expect, it } from 'vitest'
import { openAws } from '../../../src/aws/aws.ts'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import { recordSettings } from '../../../src/commands/ci/record.ts'
import { readHistory } from '../../../src/deploy/look/readHistory.ts'
import { planText } from '../../../src/output/planText.ts'
import { fileOf, migrate } from '../../cluster/stacks.ts'
import { clusterStage } from '../../cluster/support.ts'
import { web } from '../declared.ts'
import { running, service } from '../service/support.ts'
import { type Meddle, ofType, stage } from '../support.ts'

const commit = '3f2a9c1e4b5d6f708192a3b4c5d6e7f809a1b2c3'
const env = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SHA: commit,
  GITHUB_ACTOR: 'alice',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'shop/web',
  GITHUB_RUN_ID: '42',
}
/** What a deploy is given; what is tagged does not depend on how long it is followed. */
const recorded = (of: Readonly<Record<string, string>> = env) => ({ ...recordSettings(true, { env: of }), wait: false })

const team = { key: 'team', value: 'shop' }
const plain = (tags = [team]) =>
  web({ taskDefinition: { ...web().taskDefinition, tags }, runTasks: [], eventTargets: [] })

/** The class with a declared tag, and the tags of its newest revision. */
function staged(declared = plain(), meddle?: Meddle) {
  const made = stage(declared, { ...(meddle && { meddle }) })
  const look = openAws({ transport: sdkTransport(made.settings, { clock: made.clock }), clock: made.clock })
  const asked = { cluster: 'my_cluster', services: [] }
  return {
    ...made,
    tags: (revision: string): Record<string, string> => {
      const input = { taskDefinition: revision, include: ['TAGS'] }
      const { tags = [] } = made.call('ecs', 'DescribeTaskDefinition', input)
      return Object.fromEntries(tags.map(({ key, value }: { key: string; value: string }) => [key, value]))
    },
    newest: async () => (await readHistory(look, asked, made.clock.now)).history.services[0]?.deployments[0],
  }
}

const warnings = ({ events }: Awaited<ReturnType<ReturnType<typeof stage>['deploy']>>) =>
  ofType(events, 'warning.raised').map(({ text }) => text)

describe('deploy --record', () => {
  it.each([
    {
      ci: 'GitHub Actions',
      of: { ...env, GITHUB_TRIGGERING_ACTOR: 'bob' },
      says: { commit, actor: 'bob', run: 'https://github.com/shop/web/actions/runs/42' },
    },
    {
      ci: 'GitLab CI',
      of: {
        GITLAB_CI: 'true',
        CI_COMMIT_SHA: commit,
        GITLAB_USER_LOGIN: 'alice',
        CI_JOB_URL: 'https://gitlab.example.com/shop/web/-/jobs/7',
      },
      says: { commit, actor: 'alice', run: 'https://gitlab.example.com/shop/web/-/jobs/7' },
    },
    {
      ci: 'CircleCI',
      of: {
        CIRCLECI: 'true',
        CIRCLE_SHA1: commit,
        CIRCLE_USERNAME: 'alice',
        CIRCLE_BUILD_URL: 'https://circleci.com/gh/shop/web/7',
      },
      says: { commit, actor: 'alice', run: 'https://circleci.com/gh/shop/web/7' },
    },
    {
      ci: 'Buildkite',
      of: {
        BUILDKITE: 'true',
        BUILDKITE_COMMIT: commit,
        BUILDKITE_BUILD_CREATOR: 'Zoë Müller',
        BUILDKITE_BUILD_URL: 'https://buildkite.com/shop/web/builds/7',
      },
      says: { commit, actor: 'Zoë Müller', run: 'https://buildkite.com/shop/web/builds/7' },
    },
    {
      ci: 'CodeBuild',
      of: {
        CODEBUILD_CI: 'true',
        CODEBUILD_RESOLVED_SOURCE_VERSION: commit,
        CODEBUILD_INITIATOR: 'codepipeline/web',
        CODEBUILD_BUILD_ARN: 'arn:aws:codebuild:us-east-1:123456789012:build/web:b1e6661e',
      },
      says: {
        commit,
        actor: 'codepipeline/web',
        run: 'arn:aws:codebuild:us-east-1:123456789012:build/web:b1e6661e',
      },
    },
    {
      ci: 'Azure Pipelines',
      of: {
        TF_BUILD: 'True',
        BUILD_SOURCEVERSION: commit,
        BUILD_REQUESTEDFOR: 'Alice Doe',
        SYSTEM_COLLECTIONURI: 'https://dev.azure.com/shop/',
        SYSTEM_TEAMPROJECTID: '1c2d',
        BUILD_BUILDID: '7',
      },
      says: { commit, actor: 'Alice Doe', run: 'https://dev.azure.com/shop/1c2d/_apis/build/builds/7' },
    },
    {
      ci: 'Jenkins',
      of: {
        JENKINS_URL: 'http://ci.shop/',
        GIT_COMMIT: commit,
        BUILD_USER_ID: 'alice',
        BUILD_URL: 'http://ci.shop/7/',
      },
      says: { commit, actor: 'alice', run: 'http://ci.shop/7/' },
    },
  ])('tags the revision with what $ci says, beside the declared tags, and history shows it', async ({ of, says }) => {
    const { deploy, tags, newest } = staged()
    const result = await deploy('v2', recorded(of))
    expect([result.exitCode, warnings(result)]).toEqual([0, []])
    expect(tags('web:2')).toEqual({
      team: 'shop',
      'ecs-task:commit': says.commit,
      'ecs-task:actor': says.actor,
      'ecs-task:ci-run': says.run,
    })
    expect(await newest()).toMatchObject({ revision: 'web:2', ...says })
  })

  it('shows the tags in a dry run, and holds them as data', async () => {
    const { plan } = await staged().deploy('v2', { ...recorded(), dryRun: true })
    const shown = planText(plan!, { color: false, columns: Infinity })
    expect(shown).toContain(
      `\n     tags: ecs-task:commit=${commit}, ecs-task:actor=alice, ecs-task:ci-run=https://github.com/shop/web/actions/runs/42\n`,
    )
    expect(plan!.record?.map(({ key }) => key)).toEqual(['ecs-task:commit', 'ecs-task:actor', 'ecs-task:ci-run'])
    expect(plan!.stages[0]!.steps[0]!.call.input).toMatchObject({ tags: [team, ...plan!.record!] })
    expect(plan!.stages[0]!.steps[0]!.differences?.map(({ path }) => path)).toEqual(['containerDefinitions/web/image'])
  })

  it('makes no difference: another commit registers nothing with --skip-unchanged', async () => {
    const { deploy, active, tags } = staged()
    await deploy('v2', { ...recorded(), wait: true })
    const { exitCode, writes } = await deploy('v2', {
      ...recorded({ ...env, GITHUB_SHA: 'abcdef0' }),
      skipUnchanged: true,
    })
    expect([exitCode, writes, active('web')]).toEqual([0, [], ['web:1', 'web:2']])
    expect(tags('web:2')['ecs-task:commit']).toBe(commit)
  })

  it('leaves the revision of a deploy without it without these tags', async () => {
    const { deploy, tags } = staged()
    await deploy('v2', recorded())
    await deploy('v3', { wait: false })
    expect(tags('web:3')).toEqual({ team: 'shop' })
  })

  it('keeps declared tags of its own keys, and leaves out what has no room, with a warning each', async () => {
    const mine = { key: 'ecs-task:commit', value: 'mine' }
    const many = Array.from({ length: 48 }, (_, index) => ({ key: `tag${index}`, value: '' }))
    const { deploy, tags } = staged(plain([mine, ...many]))
    const result = await deploy('v2', recorded())
    expect(result.exitCode).toBe(0)
    expect(tags('web:2')).toMatchObject({ 'ecs-task:commit': 'mine', 'ecs-task:actor': 'alice' })
    expect(tags('web:2')).not.toHaveProperty('ecs-task:ci-run')
    expect(warnings(result)).toEqual([
      'Declared tags stay where --record has the same key: web.',
      'Tags of --record are left out, because AWS takes at most 50: web.',
    ])
  })

  it('finds the revision again whose answer was lost, and takes no other run for its own', async () => {
    let isLost = false
    const { deploy, active, tags, call } = staged(plain(), ({ operation, input }) => {
      if (operation !== 'RegisterTaskDefinition' || isLost) return undefined
      isLost = true
      const others = [
        ...input['tags'].filter(({ key }: { key: string }) => key !== 'ecs-task:commit'),
        { key: 'ecs-task:commit', value: 'abcdef0' },
      ]
      call('ecs', 'RegisterTaskDefinition', { ...input, tags: others })
      return 'cut'
    })
    const { exitCode } = await deploy('v2', recorded())
    expect([exitCode, active('web')]).toEqual([0, ['web:1', 'web:2', 'web:3']])
    expect(tags('web:3')['ecs-task:commit']).toBe(commit)
  })
})

describe('what a CI says that is no value of a tag', () => {
  const refused = 'has characters that AWS takes in no tag'

  it.each([
    [{ GITHUB_ACTOR: 'renovate[bot]' }, 'ecs-task:actor', `the actor: renovate[bot] ${refused}`],
    [
      { GITHUB_ACTOR: 'x'.repeat(257) },
      'ecs-task:actor',
      `the actor: ${'x'.repeat(80)}… is longer than the 256 characters of a tag`,
    ],
    [{ GITHUB_REPOSITORY: 'a?b' }, 'ecs-task:ci-run', `the run: https://github.com/a?b/actions/runs/42 ${refused}`],
    [{ GITHUB_SHA: 'HEAD' }, 'ecs-task:commit', 'the commit: HEAD is not the hash of a commit'],
  ])('is left out with a warning: %o', async (more, left, why) => {
    const { record, warnings: told } = recorded({ ...env, ...more })
    expect(told).toEqual([`--record leaves out ${why}.`])
    expect(record.map(({ key }) => key)).not.toContain(left)
    expect(record).toHaveLength(2)
  })

  it('is not there at all: the deploy goes on, with a warning', async () => {
    const { deploy, tags } = staged()
    const result = await deploy('v2', recorded({ PATH: '/bin' }))
    expect([result.exitCode, tags('web:2')]).toEqual([0, { team: 'shop' }])
    expect(warnings(result)).toEqual([
      '--record found no CI job, so it adds no tags. It knows GitHub Actions, GitLab CI, Buildkite, Azure Pipelines, CircleCI, CodeBuild and Jenkins.',
    ])
    expect(recorded({ JENKINS_URL: 'x', GIT_COMMIT: ' ' })).toMatchObject({
      record: [],
      warnings: ['--record adds no tags: Jenkins names no commit, actor or run.'],
    })
  })
})

describe('the next revision does not pass for the work of the same commit', () => {
  it('when service update makes it, nor is the other commit a change', async () => {
    const { update, definitionOf } = running([service('doorman')])
    await update({ image: ['web=my_image:v2'] }, { ...recorded(), wait: true })
    expect(definitionOf().tags.map(({ key }: { key: string }) => key)).toContain('ecs-task:commit')
    const same = await update(
      { image: ['web=my_image:v2'], skipUnchanged: true },
      recorded({ ...env, GITHUB_SHA: 'abcdef0' }),
    )
    expect([same.exitCode, same.writes]).toEqual([0, []])
    await update({ image: ['web=my_image:v3'] }, { wait: false })
    expect(definitionOf().tags ?? []).toEqual([])
  })

  it('when it is a copy to go back to', async () => {
    const { deploy, call, tags, runs } = staged()
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: false, rollback: false } }
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', deploymentConfiguration })
    await deploy('v2', { ...recorded(), wait: true })
    call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:2' })
    const { exitCode } = await deploy('crash', { ...recorded({ ...env, GITHUB_SHA: 'abcdef0' }), wait: true })
    expect([exitCode, runs('my_cluster/web')]).toEqual([1, 'web:4'])
    expect(tags('web:4')).toEqual({ team: 'shop' })
  })
})

it('cluster deploy --record tags what it registers, and another commit changes nothing', async () => {
  const { given, deploy, region } = clusterStage()
  const stack = fileOf({ migrate })
  given(stack)
  const first = await deploy([stack], {}, recorded())
  expect(first.result.exitCode).toBe(0)
  const tagged = () => Object.values(region().tags).filter((tags) => tags.some((tag) => tag.key === 'ecs-task:ci-run'))
  expect(tagged()).toHaveLength(1)
  const again = await deploy([stack], {}, recorded({ ...env, GITHUB_SHA: 'abcdef0' }))
  expect([again.result.exitCode, again.writes]).toEqual([0, []])
})
