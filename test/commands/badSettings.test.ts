import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ecsTask } from './inProcess.ts'
import { type Ended, endAll, lines, program, project } from './support.ts'

afterAll(endAll)

const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
const notValid = '✗ The AWS settings are not valid.'
const howToWrite = '  → Write a region as eu-west-1, and an endpoint as https://HOST or http://HOST:PORT.'

/** All that it says. */
function refused({ exitCode, stdout, stderr }: Ended, expected: readonly unknown[]): void {
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(lines(stderr)).toEqual(expected)
}

describe('settings that say nothing of where AWS is end 2 before anything is asked', () => {
  test.each<[string, string[], Record<string, string>, string[]]>([
    ['a region with a path', ['--region', '../../x'], {}, ['--region: ../../x is not a region.']],
    [
      'a region with a path, with --local',
      ['--region', '../../x', '--local'],
      {},
      ['--region: ../../x is not a region.'],
    ],
    ['a region of two words', [], { AWS_REGION: 'eu west' }, ['AWS_REGION: eu west is not a region.']],
    ['the region of boto3', [], { AWS_DEFAULT_REGION: 'a.b' }, ['AWS_DEFAULT_REGION: a.b is not a region.']],
    [
      'endpoints and a region, all at once',
      ['--region', '-'],
      {
        AWS_ENDPOINT_URL: '127.0.0.1:4570',
        AWS_ENDPOINT_URL_ECS: 'http://127.0.0.1:99999',
        AWS_ENDPOINT_URL_SNS: 'ftp://x',
      },
      [
        '--region: - is not a region.',
        'AWS_ENDPOINT_URL: does not begin with http:// or https://.',
        'AWS_ENDPOINT_URL_ECS: is not a URL with a host and a port up to 65535.',
        'AWS_ENDPOINT_URL_SNS: does not begin with http:// or https://.',
      ],
    ],
    [
      'an endpoint with a password, which is not shown',
      ['--region', 'us-east-1'],
      { AWS_ENDPOINT_URL: 'http://anna:hidden@host:port' },
      ['AWS_ENDPOINT_URL: is not a URL with a host and a port up to 65535.'],
    ],
  ])('%s', async (_what, words, env, problems) => {
    const ended = await ecsTask(['cluster', 'describe', 'shop', ...words], env)
    refused(ended, [notValid, ...problems.map((problem) => `  ${problem}`), howToWrite])
  })
})

describe.concurrent('what only the SDK finds ends 2 as well', () => {
  test.each<[string, { config?: string; env?: Record<string, string>; words?: string[] }, unknown[]]>([
    [
      'an endpoint without a scheme in the profile',
      { config: '[default]\nregion = us-east-1\nendpoint_url = 127.0.0.1:4570\n', env: keys },
      [notValid, '  An endpoint is not a URL: endpoint_url of the profile, or AWS_ENDPOINT_URL.', howToWrite],
    ],
    [
      'FIPS beside an endpoint',
      {
        env: {
          ...keys,
          AWS_REGION: 'us-east-1',
          AWS_USE_FIPS_ENDPOINT: 'true',
          AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
        },
      },
      [notValid, expect.stringContaining('FIPS and custom endpoint'), expect.stringContaining('AWS_USE_FIPS_ENDPOINT')],
    ],
    [
      'a defaults mode that there is not',
      { env: { ...keys, AWS_REGION: 'us-east-1', AWS_DEFAULTS_MODE: 'zzz' } },
      [notValid, expect.stringContaining('zzz'), expect.stringContaining('AWS_DEFAULTS_MODE')],
    ],
    [
      'a profile that is not there, with the one that was meant',
      {
        config: '[profile prod]\nregion = us-east-1\n',
        env: { AWS_REGION: 'us-east-1' },
        words: ['--profile', 'prdo'],
      },
      [
        '✗ There is no AWS profile prdo.',
        expect.stringMatching(/^  In \S+config and \S+credentials: prod\.$/),
        '  → Did you mean prod?',
      ],
    ],
    [
      'a profile that is not there, and no region',
      { config: '[profile prod]\nregion = us-east-1\n[default]\n', env: { AWS_PROFILE: 'staging' } },
      [
        '✗ There is no AWS profile staging.',
        expect.stringMatching(/: prod, default\.$/),
        '  → Name one with --profile or AWS_PROFILE.',
      ],
    ],
    [
      'a credential process that fails, in a file with lines that are none',
      { config: '[x\n=\n]]\n[default]\nregion = us-east-1\ncredential_process = false\n' },
      ['✗ No AWS credentials found.', '  The credential_process of profile default gives none.', expect.anything()],
    ],
    [
      'SSO that nobody has logged in to',
      {
        config:
          '[default]\nregion = us-east-1\nsso_session = my\nsso_account_id = 1\nsso_role_name = r\n[sso-session my]\nsso_region = us-east-1\nsso_start_url = https://x.awsapps.com/start\n',
      },
      ['✗ No AWS credentials found.', expect.stringContaining("'aws sso login'"), expect.anything()],
    ],
  ])('%s', async (_what, { config, env = {}, words = [] }, expected) => {
    const { folder, run } = project({})
    mkdirSync(join(folder, '.aws'))
    if (config !== undefined) writeFileSync(join(folder, '.aws/config'), config)
    refused(await run([program, 'cluster', 'describe', 'shop', ...words], env), expected)
    expect(existsSync(join(folder, '.ecs-task'))).toBe(false)
  })

  test('a local AWS is asked all the same where FIPS and dual-stack endpoints are wanted of Amazon’s', async () => {
    const env = { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_ENDPOINT_URL: 'nonsense' }
    const { exitCode, stdout, stderr } = await project({}).run([program, 'cluster', 'describe', 'shop', '--local'], env)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^Using local AWS, us-east-1\n✗ There is no cluster shop\./)
  })
})
