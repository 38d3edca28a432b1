import { afterAll, describe, expect, test } from 'vitest'
import { ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { type Ended, definition, endAll, project, serviceClass } from './support.ts'

const aws = serveAws({ services: ['web', 'api'] })

afterAll(endAll)

const web = definition([serviceClass('Web')], 'await new Web().main()')

/** Runs `status` of a class that updates the service of its name. */
function status(
  words: readonly string[] = [],
  of: { name?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const { name = 'Web', env = {} } = of
  return ofClasses({ [name]: serviceOf(name.toLowerCase()) })(['status', ...words], { ...aws().env, ...env })
}

describe.concurrent('status', () => {
  test('ends 0 and prints one JSON document when every service has settled', async () => {
    const { exitCode, stdout, stderr } = await status(['--json'])
    const place = `Using local AWS at ${new URL(aws().url).host}, account 123456789012, us-east-1\n`
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: place })
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      state: 'settled',
      definitions: [{ name: 'Web', family: 'web', services: [{ service: 'my_cluster/web', revision: 'web:1' }] }],
    })
  })

  test('ends 4 while a service is in progress', async () => {
    await aws().call('UpdateService', { cluster: 'my_cluster', service: 'api', forceNewDeployment: true })
    const { exitCode, stdout } = await status([], { name: 'Api' })
    expect(exitCode).toBe(4)
    expect(stdout).toContain('\nService my_cluster/api: in progress\n')
  })

  test('ends 2 when something does not exist, and says what', async () => {
    const { exitCode, stdout, stderr } = await status(['--json'], { name: 'Missing' })
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('Missing/updateServices/0/service: there is no service missing in cluster my_cluster.')
  })

  test('ends 2 without credentials', async () => {
    const env = { ...aws().env, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    const { exitCode, stdout, stderr } = await project({ 'web.ts': web }).run(['web.ts', 'status'], env)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('No AWS credentials found.')
  })

  test('takes the region of AWS_DEFAULT_REGION, as the AWS CLI does, unless --region names one', async () => {
    const env = { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' }
    const ended = await Promise.all([status([], { env }), status(['--region', 'us-east-1'], { env })])
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([2, 0])
  })

  test('of several classes shows all of them', async () => {
    const { stdout } = await ofClasses({ Web: serviceOf('web'), Api: serviceOf('api') })(
      ['status', '--json'],
      aws().env,
    )
    expect(JSON.parse(stdout).definitions.map(({ name }: any) => name)).toEqual(['Web', 'Api'])
  })

  test('shows no secret that AWS repeats', async () => {
    const secret = 'correct-horse-battery'
    const leaky = {
      ...serviceOf('web', { environment: [{ name: 'DB_PASSWORD', value: secret }] }),
      eventTargets: [{ Rule: 'nightly', Targets: [{ Id: secret, Arn: 'a', RoleArn: 'b', EcsParameters: {} }] }],
    }
    const run = ofClasses({ Leaky: leaky })
    const ended = await Promise.all([run(['status'], aws().env), run(['status', '--json'], aws().env)])
    for (const { exitCode, stdout } of ended) {
      expect(exitCode).toBe(0)
      expect(stdout).toContain('default/nightly/•••')
      expect(stdout).not.toContain(secret)
    }
  })

  test('with --local reads its own state, and says what it has created', async () => {
    const { run } = project({ 'web.ts': web })
    const { exitCode, stdout, stderr } = await run(['web.ts', 'status', '--local'])
    expect(exitCode).toBe(0)
    expect(stderr).toContain('Created in the local AWS: service my_cluster/web.\n')
    expect(stdout).toContain('Service my_cluster/web: settled\n  web:1 (initial), running 2 of 2\n')
  })
})
