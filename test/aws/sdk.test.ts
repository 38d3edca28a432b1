import { once } from 'node:events'
import { type RequestListener, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AwsSettings } from '../../src/aws/awsSettings.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { problemOf } from '../../src/engine/problem.ts'
import { withDefaults } from '../../src/engine/settings.ts'
import { createLocalAws } from '../../src/local/localAws.ts'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const opened: Server[] = []

afterEach(() => {
  vi.unstubAllEnvs()
  for (const server of opened.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** A server on a free port of this machine. */
async function serve(
  listener: (...of: Parameters<RequestListener>) => void | Promise<void>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => void listener(request, response))
  opened.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A local AWS behind a server, and what its requests were for. */
async function serveAws(): Promise<{ url: string; server: Server; asked: string[] }> {
  const aws = createLocalAws({ now: Date.now })
  const asked: string[] = []
  const { server, url } = await serve(async (request, response) => {
    asked.push(request.url ?? '')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const answer = aws.handle({ method: 'POST', path: '/', headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  return { url, server, asked }
}

const listTaskDefinitions = (settings: AwsSettings) =>
  sdkTransport({ region: 'us-east-1', credentials, ...settings })('listTaskDefinitions', {}, undefined)

describe('a body that stalls', () => {
  it('is given up when the answer has not come to its end in time, and its socket is closed', async () => {
    const { server, url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
      response.write('{"taskDefinitionArns":[')
    })
    const closed = once(server, 'connection').then(([socket]) => once(socket, 'close'))
    let end: (() => void) | undefined
    const clock = { now: () => 0, random: () => 0, sleep: () => new Promise<void>((resolve) => (end = resolve)) }
    const answer = sdkTransport({ region: 'us-east-1', credentials, endpoint: url }, { clock })(
      'listTaskDefinitions',
      {},
      undefined,
    )
    await once(server, 'request')
    end!()
    await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' })
    await closed
  })
})

describe('the region', () => {
  /** Where the first call goes, as a proxy that opens no tunnel is told. */
  async function asksFor(settings: AwsSettings): Promise<string[]> {
    const asked: string[] = []
    const { server, url } = await serve((_request, response) => void response.writeHead(502).end())
    server.on('connect', ({ url: to }, socket) => {
      asked.push(to ?? '')
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
    })
    vi.stubEnv('HTTPS_PROXY', url)
    await sdkTransport({ credentials, ...settings })('listTaskDefinitions', {}, undefined).catch(() => {})
    return asked
  }
  const inIreland = ['ecs.eu-west-1.amazonaws.com:443']

  it('is that of AWS_DEFAULT_REGION where AWS_REGION is not set, or empty', async () => {
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-1')
    vi.stubEnv('AWS_REGION', undefined)
    expect(await asksFor({})).toEqual(inIreland)
    vi.stubEnv('AWS_REGION', '')
    expect(await asksFor({})).toEqual(inIreland)
  })

  it('of a profile that is not there is told as that, with those that are, also from code', async () => {
    vi.stubEnv('AWS_CONFIG_FILE', fileURLToPath(new URL('regionOfProfile.ini', import.meta.url)))
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null')
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined)
    vi.stubEnv('AWS_REGION', undefined)
    vi.stubEnv('AWS_DEFAULT_REGION', undefined)
    for (const region of [undefined, 'eu-west-1']) {
      const asked = sdkTransport({ profile: 'tokio', region })('listServices', {}, undefined)
      await expect(asked).rejects.toMatchObject({
        code: 'NoCredentials',
        message: 'There is no AWS profile tokio.',
        why: expect.stringMatching(/: tokyo\.$/),
        fix: 'Did you mean tokyo?',
      })
    }
  })

  it('of AWS_DEFAULT_REGION comes before that of a profile, as with the AWS CLI', async () => {
    vi.stubEnv('AWS_CONFIG_FILE', fileURLToPath(new URL('regionOfProfile.ini', import.meta.url)))
    vi.stubEnv('AWS_REGION', undefined)
    vi.stubEnv('AWS_DEFAULT_REGION', undefined)
    expect(await asksFor({ profile: 'tokyo' })).toEqual(['ecs.ap-northeast-1.amazonaws.com:443'])
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-1')
    expect(await asksFor({ profile: 'tokyo' })).toEqual(inIreland)
  })

  it('that is given comes before AWS_REGION, and that before AWS_DEFAULT_REGION', async () => {
    vi.stubEnv('AWS_DEFAULT_REGION', 'us-west-2')
    vi.stubEnv('AWS_REGION', 'eu-west-1')
    expect(await asksFor({})).toEqual(inIreland)
    vi.stubEnv('AWS_REGION', 'us-east-2')
    expect(await asksFor({ region: 'eu-west-1' })).toEqual(inIreland)
  })

  it('of the environment is that of a deploy from code', async () => {
    vi.stubEnv('AWS_REGION', undefined)
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-1')
    expect(withDefaults({}).region).toBe('eu-west-1')
  })
})

describe('the proxy of the environment', () => {
  /** A proxy that opens no tunnel, and what it was asked for. */
  async function refusingProxy(): Promise<{ url: string; asked: object[] }> {
    const asked: object[] = []
    const { server, url } = await serve((_request, response) => void response.writeHead(502).end())
    server.on('connect', ({ url: to, headers }, socket) => {
      asked.push({ to, authorization: headers['proxy-authorization'] })
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
    })
    return { url, asked }
  }

  it('is asked for a tunnel to AWS, with its password, and what it answers is told', async () => {
    const { url, asked } = await refusingProxy()
    vi.stubEnv('HTTPS_PROXY', url.replace('//', '//anna:hidden@'))
    const problem = await listTaskDefinitions({}).catch(problemOf)
    expect(asked).toEqual([{ to: 'ecs.us-east-1.amazonaws.com:443', authorization: `Basic ${btoa('anna:hidden')}` }])
    expect(problem).toMatchObject({
      code: 'RefusedByAws',
      what: expect.stringContaining('HTTP 407'),
      fix: expect.stringContaining('HTTPS_PROXY'),
    })
    expect(JSON.stringify(problem)).not.toContain('hidden')
  })

  it('may be named without a scheme, as curl takes it, and in lower case', async () => {
    const { url, asked } = await refusingProxy()
    vi.stubEnv('https_proxy', url.replace('http://', ''))
    await listTaskDefinitions({}).catch(() => {})
    expect(asked).toHaveLength(1)
  })

  it('gets the requests for an endpoint without TLS whole', async () => {
    const { url, asked } = await serveAws()
    vi.stubEnv('HTTP_PROXY', url)
    expect((await listTaskDefinitions({ endpoint: 'http://ecs.test' })).taskDefinitionArns).toEqual([])
    expect(asked).toEqual(['http://ecs.test/'])
  })

  it('is not asked for what NO_PROXY names', async () => {
    const { url, asked } = await serveAws()
    vi.stubEnv('HTTP_PROXY', url)
    vi.stubEnv('NO_PROXY', 'example.com,.test')
    await expect(listTaskDefinitions({ endpoint: 'http://ecs.test' })).rejects.toThrow()
    expect(asked).toEqual([])
  })

  it.each(['127.0.0.1', 'localhost'])('is not asked for what runs on this machine: %s', async (name) => {
    const { url, asked } = await serveAws()
    const proxy = await refusingProxy()
    vi.stubEnv('HTTP_PROXY', proxy.url)
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    expect((await listTaskDefinitions({ endpoint: url.replace('127.0.0.1', name) })).taskDefinitionArns).toEqual([])
    expect([asked, proxy.asked]).toEqual([['/'], []])
  })

  it('that is no HTTP proxy is one clear error, and never shown', async () => {
    vi.stubEnv('HTTPS_PROXY', 'socks5://anna:hidden@proxy:1080')
    const problem = await listTaskDefinitions({}).catch(problemOf)
    expect(problem).toMatchObject({ code: 'BadArguments', what: 'HTTPS_PROXY is not the URL of an HTTP proxy.' })
    expect(JSON.stringify(problem)).not.toContain('hidden')
  })

  it('that cannot be reached is named among what to check', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1')
    const problem = await listTaskDefinitions({}).catch(problemOf)
    expect(problem).toMatchObject({ what: 'AWS cannot be reached.', fix: expect.stringContaining('HTTPS_PROXY') })
  })
})
