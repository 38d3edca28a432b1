import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Destination, destinationOf } from '../../src/aws/destination.ts'
import { services } from '../../src/aws/services.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecs-task-destination-'))
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_'))) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** Where calls go in an environment. */
function under(environment: Readonly<Record<string, string>>, settings = {}): Promise<Destination> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  return destinationOf(settings)
}

describe('where calls go', () => {
  it('is Amazon’s AWS unless something else is configured, in the region and with the profile that somebody has named', async () => {
    expect(await under({ AWS_REGION: 'eu-west-1', AWS_PROFILE: 'shop' })).toEqual({
      region: 'eu-west-1',
      profile: 'shop',
      warnings: [],
      isStsThere: true,
    })
  })

  it('is the region of the profile where nothing else names one', async () => {
    writeFileSync(join(folder, 'config'), '[profile shop]\nregion = eu-central-1\n')
    expect(await under({}, { profile: 'shop' })).toMatchObject({ region: 'eu-central-1', profile: 'shop' })
  })

  it('names no profile where credentials were given', async () => {
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
    const { profile } = await under({ AWS_PROFILE: 'shop' }, { region: 'eu-west-1', credentials })
    expect(profile).toBeUndefined()
  })

  it('is another AWS where AWS_ENDPOINT_URL names one, without a password and whatever comes after the port', async () => {
    const url = 'http://anna:hidden@127.0.0.1:4570/hidden?token=hidden#hidden'
    const destination = await under({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: url })
    expect(destination).toEqual({
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:4570',
      warnings: [],
      isStsThere: true,
    })
  })

  it('is the endpoint of a profile’s services section', async () => {
    const section = '[services here]\necs =\n  endpoint_url = https://ecs.test\n'
    writeFileSync(join(folder, 'config'), `[profile shop]\nregion = eu-west-1\nservices = here\n${section}`)
    const { endpoint, warnings } = await under({ AWS_PROFILE: 'shop' })
    expect([endpoint, warnings.length]).toEqual(['https://ecs.test', 1])
  })

  it.each([
    'https://vpce-0a1b-2c3d.ecs.eu-west-1.vpce.amazonaws.com',
    'https://ecs.cn-north-1.amazonaws.com.cn',
    'https://ecs.eu-west-1.api.aws',
  ])('is Amazon’s AWS at %s, too, whether all services are there or one', async (url) => {
    const { endpoint, warnings, isStsThere } = await under({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_ECS: url })
    expect([endpoint, warnings, isStsThere]).toEqual([undefined, [], true])
  })

  it.each(['https://amazonaws.com.test', 'https://notamazonaws.com', 'https://127.0.0.1.amazonaws.co'])(
    'is not Amazon’s AWS at %s',
    async (url) => {
      expect((await under({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: url })).endpoint).toBe(url)
    },
  )

  it('of something that is no URL is left to whoever calls first', async () => {
    expect(await under({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'local' })).toMatchObject({ warnings: [] })
  })
})

describe('a warning', () => {
  it('names every service where ECS alone goes elsewhere, and STS is not asked for the account of another AWS', async () => {
    const { warnings, isStsThere } = await under({ AWS_ENDPOINT_URL_ECS: 'http://127.0.0.1:4570' })
    expect(warnings).toEqual([
      'Calls go to more than one AWS: ECS to 127.0.0.1:4570; ECR, EventBridge, CloudWatch Logs, ' +
        'Elastic Load Balancing v2, Route 53, ServiceDiscovery, IAM, Scheduler, Secrets Manager, SSM, SNS, Auto Scaling, EC2 to Amazon Web Services. ' +
        'To send all of them to one, set AWS_ENDPOINT_URL alone.',
    ])
    expect(isStsThere).toBe(false)
  })

  it('names each of three', async () => {
    const { warnings } = await under({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4570',
      AWS_ENDPOINT_URL_SNS: 'https://sns.test',
      AWS_ENDPOINT_URL_ROUTE_53: 'https://route53.amazonaws.com',
    })
    expect(warnings.join()).toMatch(/ to 127\.0\.0\.1:4570; Route 53 to Amazon Web Services; SNS to sns\.test\./)
  })

  it('says once that plain http to another host is not encrypted', async () => {
    const { warnings } = await under({ AWS_ENDPOINT_URL: 'http://anna:hidden@aws.test:5000' })
    expect(warnings).toEqual([
      'Calls to http://aws.test:5000 are not encrypted: anybody on the way can read and change them. Use https://.',
    ])
  })

  it.each(['http://localhost:4570', 'http://aws.localhost:4570', 'http://127.1.2.3:4570', 'http://[::1]:4570'])(
    'is not raised for plain http on this machine: %s',
    async (url) => {
      expect((await under({ AWS_ENDPOINT_URL: url })).warnings).toEqual([])
    },
  )
})

it.each(Object.entries(services))('the id of %s is the one by which its client finds its endpoint', (_name, one) => {
  // As text: the clients themselves take seconds to load.
  const file = `../../node_modules/${one.package}/dist-es/runtimeConfig.shared.js`
  const client = readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8')
  expect(client).toContain(`config?.serviceId ?? "${one.id}"`)
})
