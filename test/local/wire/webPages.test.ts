import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../src/local/wire/server.ts'
import { start } from '../support.ts'

const aws = () => createLocalAws({ now: () => start, throttle: false })
let local: ReturnType<typeof aws>
let server: LocalServer
let port: number
beforeEach(async () => {
  local = aws()
  server = await startServer(local, { port: 0 })
  port = Number(new URL(server.url).port)
})
afterEach(() => server.close())

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** As a browser sends it: fetch of Node would not let the Host header be set. */
const send = ({ method = 'POST', path = '/', headers, body = '' }: Sent) =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }))
      })
      asked.on('error', reject).end(body)
    },
  )

/** What a page can send without asking first (text/plain, a form), and what is asked for before anything else is sent. */
const requests: Record<string, Sent> = {
  'reads the world': { method: 'GET', path: '/_local/world', headers: {} },
  'makes a cluster with text/plain': {
    path: '/_local/provision',
    headers: { 'content-type': 'text/plain' },
    body: '{"clusters":["theirs"]}',
  },
  'creates a topic with a form': {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=CreateTopic&Version=2010-03-31&Name=theirs',
  },
  'creates a hosted zone with text/plain': {
    path: '/2013-04-01/hostedzone',
    headers: { 'content-type': 'text/plain' },
    body: '<CreateHostedZoneRequest><Name>theirs.example</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>',
  },
  'creates a cluster': {
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.CreateCluster',
    },
    body: '{"clusterName":"theirs"}',
  },
  'asks what it may send': {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-amz-target' },
  },
}

const pages: Record<string, Record<string, string>> = {
  'a page of another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'a page of another port': { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
  'a page in a sandbox': { origin: 'null' },
  'a page of this port under https': { origin: 'https://localhost' },
  'an image or a script of a page': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  'a page whose own name leads here': { host: 'evil.example', origin: 'http://evil.example' },
  'a page whose own name leads here, with the port': { host: 'evil.example:4570' },
  'a name that begins as an address': { host: '127.0.0.1.evil.example' },
  'a name that ends almost as localhost': { host: 'evillocalhost' },
  'an address of the network': { host: '192.168.0.7:4570' },
  'the address of all': { host: '0.0.0.0:4570' },
}

describe.each(Object.entries(pages))('%s', (_page, headers) => {
  test.each(Object.entries(requests))('that %s is refused and has changed nothing', async (_what, sent) => {
    const answer = await send({ ...sent, headers: { ...sent.headers, ...headers } })
    expect(answer.status).toBe(403)
    expect(answer.body).toMatch(/The local AWS (does not answer web pages|only answers requests for localhost)/)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect([local.world.regions, local.world.global.hostedZones]).toEqual([{}, {}])
  })
})

test('the refusal says who was refused, in the protocol of the caller', async () => {
  const headers = { host: 'aws.test:4570' }
  const asJson = await send({
    ...requests['creates a cluster']!,
    headers: { ...requests['creates a cluster']!.headers, ...headers },
  })
  expect(JSON.parse(asJson.body)).toEqual({
    __type: 'AccessDeniedException',
    message: 'The local AWS only answers requests for localhost or 127.0.0.1; this one is for aws.test:4570.',
  })
  const form = requests['creates a topic with a form']!
  const asXml = await send({ ...form, headers: { ...form.headers, ...headers } })
  expect(asXml.body).toContain('<Code>AccessDeniedException</Code>')
})

test.each([
  'localhost',
  'LOCALHOST:4570',
  'localhost.',
  'data-x.localhost:4570',
  '127.0.0.1',
  '127.8.9.1:1',
  '[::1]:4570',
])('a client that knows it as %s is answered, whatever it sends', async (host) => {
  for (const [what, sent] of Object.entries(requests)) {
    const { status } = await send({ ...sent, headers: { ...sent.headers, host } })
    expect(status, what).toSatisfy((found: number) => found < 300 || sent.method === 'OPTIONS')
  }
})

test.each([
  ['typed into a browser', { 'sec-fetch-site': 'none' }],
  ['from a page of its own', { host: 'localhost:9', origin: 'http://localhost:9', 'sec-fetch-site': 'same-origin' }],
])('a request %s is answered', async (_how, headers) => {
  expect((await send({ ...requests['reads the world']!, headers })).status).toBe(200)
})

test('nothing of a request reaches the log that a terminal would obey', async () => {
  const warnings: string[] = []
  const { handle } = createLocalAws({ now: () => start, warn: (line) => warnings.push(line) })
  const target = '\u001b]0;owned\u0007\u202e\u009b2J'
  handle({ method: 'POST', path: '/', headers: { 'x-amz-target': `${target}.${target}` }, body: '' })
  handle({ method: 'GET', path: `/${target}`, headers: {}, body: '' })
  handle({ method: 'GET', path: `/2013-04-01/${target}`, headers: {}, body: '' })
  handle({ method: 'GET', path: `/_local/${target}`, headers: {}, body: '' })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  handle({ method: 'POST', path: '/', headers: form, body: `Action=${encodeURIComponent(target)}&Version=%1b[31m` })
  expect(warnings).toHaveLength(5)
  for (const warning of warnings) {
    expect(warning).toContain('\\u{1b}')
    expect(warning).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  }
})
