import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalAws } from '../../src/local/localAws.ts'
import { operations } from '../../src/local/operations.ts'
import { bindings, inputs } from '../../src/local/wire/shapes.ts'
import { startServer } from '../../src/local/wire/server.ts'
import type { LocalServer } from '../../src/local/wire/server.ts'
import { start } from '../local/support.ts'

let server: LocalServer
const broken: string[] = []
const local = createLocalAws({ now: () => start, throttle: false, warn: (line) => broken.push(line) })
beforeAll(async () => {
  server = await startServer(local, { port: 0 })
})
afterAll(() => server.close())

const mebibyte = 1024 * 1024
const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n'
const listClusters = 'X-Amz-Target: AmazonEC2ContainerServiceV20141113.ListClusters\r\n'

describe('over a socket', () => {
  it('the server survives any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        const socket = await connected()
        socket.end(bytes)
        await closed(socket)
      }),
      { numRuns: 12 },
    )
    await answersAll()
  })

  it('any method, path, headers and body get an answer that is HTTP', async () => {
    const word = fc.stringMatching(/^[!-~]{1,20}$/)
    const header = fc.tuple(fc.stringMatching(/^[A-Za-z-]{1,20}$/), fc.stringMatching(/^[ -~]{0,60}$/))
    const request = fc.record({
      method: word,
      path: word,
      headers: fc.array(header, { maxLength: 4 }),
      body: fc.string(),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, headers, body }) => {
        const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
        expect(
          await answerTo(
            `${method} /${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines}\r\n${body}`,
            true,
          ),
        ).toMatch(/^HTTP\/1\.1 [2-5]\d\d /)
      }),
      { numRuns: 12 },
    )
    await answersAll()
  })

  it.each([
    ['headers of 20 KiB', `${head}X-Long: ${'x'.repeat(20 * 1024)}\r\n\r\n`, 431],
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    [
      'a length and chunks, which two servers would read differently',
      `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a negative length', `${head}Content-Length: -1\r\n\r\n`, 400],
    ['a chunk whose size is no number', `${head}Transfer-Encoding: chunked\r\n\r\nsize\r\n`, 400],
    ['no HTTP version, and so no host', 'GET /\r\n\r\n', 403],
    ['a header without a name', `${head}: value\r\n\r\n`, 400],
    ['a line break in a header', `${head}X-Amz-Target: a\rb\r\n\r\n`, 400],
    ['a NUL in a header', `${head}X-Amz-Target: a\u0000b\r\n\r\n`, 400],
    ['a body in chunks of 11 MiB together', chunked(11), 413],
    ['no API that is known', `${head}Content-Length: 0\r\n\r\n`, 400],
  ])('a request with %s is refused with its status', async (_what, request, status) => {
    expect(await answerTo(request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    await answersAll()
  })

  it('a request that comes byte by byte is answered when it is whole', async () => {
    const socket = await connected()
    socket.setNoDelay(true)
    for (const byte of `${head}${listClusters}Content-Length: 2\r\n\r\n{}`) {
      socket.write(byte)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await textOf(socket)).toContain('{"clusterArns":[]')
  })

  it('a hundred half requests block no other', async () => {
    const halves = await Promise.all(Array.from({ length: 100 }, connected))
    for (const [index, socket] of halves.entries()) {
      socket.write(index % 2 === 0 ? head : `${head}${listClusters}Content-Length: 100\r\n\r\n{"clu`)
    }
    await answersAll()
    for (const socket of halves) socket.destroy()
    await answersAll()
  })

  it('fifty requests on one connection get fifty answers in order', async () => {
    const socket = await connected()
    socket.write(
      `${'GET /_local/world HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(49)}${head}${listClusters}Content-Length: 2\r\n\r\n{}`,
    )
    const answers = (await textOf(socket)).match(/HTTP\/1\.1 200 OK/g)
    expect(answers).toHaveLength(50)
  })
})

/** What is no input of any operation, or far too much of one. */
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
const bodies = [
  'null',
  '[]',
  '1',
  '"x"',
  '{',
  '\u0000',
  deep,
  `{"tags":${deep}}`,
  `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
]
const prototypes = ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"toString":"x"}']
const prefixes = {
  ecs: 'AmazonEC2ContainerServiceV20141113',
  events: 'AWSEvents',
  logs: 'Logs_20140328',
  servicediscovery: 'Route53AutoNaming_v20170314',
  ecr: 'AmazonEC2ContainerRegistry_V20150921',
  applicationautoscaling: 'AnyScaleFrontendService',
  secretsmanager: 'secretsmanager',
  ssm: 'AmazonSSM',
} as const

describe.each(Object.keys(prefixes) as (keyof typeof prefixes)[])('every operation of %s', (service) => {
  it.each(Object.keys(operations[service]!))('%s refuses garbage, and nothing breaks', (name) => {
    const operation = name[0]!.toUpperCase() + name.slice(1)
    broken.length = 0
    for (const body of [...bodies, ...prototypes]) {
      const { status, body: answer } = json(`${prefixes[service]}.${operation}`, body)
      expect(status).toBe(400)
      expect(JSON.parse(answer)).toMatchObject({ __type: expect.stringMatching(/Exception$|^InvalidInput$/) })
    }
    expect(broken).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('the Query protocol', () => {
  const names = [
    'a.'.repeat(50_000),
    `Attributes.entry.1.${'a.'.repeat(50_000)}`,
    'Tags.member.x.Key',
    '__proto__.constructor.x',
    '%00%FF',
    'Message.member.1',
  ]
  const known = Object.entries({
    '2010-03-31': 'sns',
    '2010-05-08': 'iam',
    '2011-01-01': 'autoscaling',
    '2011-06-15': 'sts',
    '2015-12-01': 'elbv2',
    '2016-11-15': 'ec2',
  } as const)
  const all = known.flatMap(([version, service]) =>
    Object.keys(operations[service]!).map((name) => [name, service, version] as const),
  )

  it.each(all)('%s of %s refuses garbage, and nothing breaks', (name, _service, version) => {
    broken.length = 0
    for (const wrong of names) {
      const { status, body } = local.handle({
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `Action=${name[0]!.toUpperCase()}${name.slice(1)}&Version=${version}&${wrong}=x`,
      })
      expect(status, body).toBeGreaterThanOrEqual(400)
      expect(status, body).toBeLessThan(500)
      expect(body).toMatch(/^<ErrorResponse |\n<Response><Errors>/)
    }
    expect(broken).toEqual([])
  })
})

describe('The REST XML protocol', () => {
  const paths = ['x', '%00', '%FF', '__proto__', 'constructor', 'x'.repeat(100_000)]
  const queries = ['', '?maxitems=x', '?name=%FF&type', '?__proto__=1&maxitems=-1']
  const wrong = (structure: string): string[] => [
    'null',
    '<',
    '\u0000',
    `<${structure}>`,
    `<${structure}>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</${structure}>`,
    `<${structure}><__proto__><polluted>1</polluted></__proto__><Name/><ChangeBatch>x</ChangeBatch></${structure}>`,
    `<${structure}><ChangeBatch><Changes><Change/><Change>x</Change></Changes></ChangeBatch></${structure}>`,
    `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><${structure}>&b;</${structure}>`,
  ]

  it.each(Object.keys(bindings['route53']!))('%s of route53 answers garbage, and nothing breaks', (name) => {
    const { method, path } = bindings['route53']![name]!
    broken.length = 0
    for (const label of paths) {
      for (const query of queries) {
        for (const body of wrong(inputs['route53']![name]!)) {
          const target = `${path.replace(/\{\w+\}/g, label)}${query}`
          const { status, body: answer } = local.handle({ method, path: target, headers: {}, body })
          expect(status, answer).toBeLessThan(500)
          expect(answer).toMatch(/^<\?xml version="1.0"\?>\n<\w+ xmlns=/)
        }
      }
    }
    expect(broken).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('The REST JSON protocol', () => {
  const paths = ['x', '%00', '%FF', '__proto__', 'constructor', 'x'.repeat(100_000)]
  const queries = ['', '?MaxResults=x', '?groupName=%FF&namePrefix', '?__proto__=1&MaxResults=-1', '?TagKeys&TagKeys=x']
  const authorization = 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/scheduler/aws4_request'

  it.each(Object.keys(bindings['scheduler']!))('%s of scheduler answers garbage, and nothing breaks', (name) => {
    const { method, path } = bindings['scheduler']![name]!
    broken.length = 0
    for (const label of paths) {
      for (const query of queries) {
        for (const body of [...bodies, ...prototypes]) {
          const target = `${path.replace(/\{\w+\}/g, label)}${query}`
          const { status, body: answer } = local.handle({ method, path: target, headers: { authorization }, body })
          expect(status, answer).toBeLessThan(500)
          expect(JSON.parse(answer)).toBeTypeOf('object')
        }
      }
    }
    expect(broken).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'things called %s are things like others',
  (name) => {
    const ecs = (operation: string, input: object): any => {
      const { status, body } = json(`${prefixes.ecs}.${operation}`, JSON.stringify(input))
      return { status, ...JSON.parse(body) }
    }
    broken.length = 0
    expect(ecs('DescribeClusters', { clusters: [name] }).clusters).toEqual([])
    expect(ecs('CreateCluster', { clusterName: name }).status).toBe(200)
    const containerDefinitions = [{ name: 'web', image: 'web:v1', memory: 4, dockerLabels: { constructor: 'x' } }]
    expect(ecs('DescribeTaskDefinition', { taskDefinition: name }).status).toBe(400)
    expect(ecs('RegisterTaskDefinition', { family: name, containerDefinitions }).taskDefinition.revision).toBe(1)
    const service = { cluster: name, serviceName: name, taskDefinition: name, desiredCount: 1 }
    expect(ecs('DescribeServices', { cluster: name, services: [name] }).failures).toHaveLength(1)
    expect(ecs('CreateService', service).service.serviceName).toBe(name)
    expect(ecs('RunTask', { cluster: name, taskDefinition: name, clientToken: name }).tasks).toHaveLength(1)
    expect(ecs('DescribeTasks', { cluster: name, tasks: [name] }).failures).toHaveLength(1)
    expect(json(`${prefixes.events}.ListTargetsByRule`, JSON.stringify({ Rule: name })).status).toBe(400)
    expect(
      json(`${prefixes.logs}.GetLogEvents`, JSON.stringify({ logGroupName: name, logStreamName: name })).status,
    ).toBe(400)
    expect(ecs('ListClusters', {}).clusterArns).toContainEqual(expect.stringMatching(new RegExp(`:cluster/${name}$`)))
    const elsewhere = `AWS4-HMAC-SHA256 Credential=A/20260101/${name}/ecs/aws4_request, Signature=0`
    expect(JSON.parse(json(`${prefixes.ecs}.ListClusters`, '{}', { authorization: elsewhere }).body)).toEqual({
      clusterArns: [],
    })
    expect(broken).toEqual([])
  },
)

function json(target: string, body: string, headers: Record<string, string> = {}): ReturnType<typeof local.handle> {
  return local.handle({ method: 'POST', path: '/', headers: { 'x-amz-target': target, ...headers }, body })
}

async function connected(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  // The server may well drop what a test sends.
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** All that the server says until it closes the connection. */
async function textOf(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  await closed(socket)
  return text
}

async function closed(socket: Socket): Promise<void> {
  socket.resume()
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}

/** With `ends`, nothing more is said after the request, so that the server does not wait for a body. */
async function answerTo(request: string, ends = false): Promise<string> {
  const socket = await connected()
  const answer = textOf(socket)
  if (ends) socket.end(request)
  else socket.write(request)
  return answer
}

/** A valid request is still answered. */
async function answersAll(): Promise<void> {
  const answer = await fetch(`${server.url}/_local/world`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ version: 1, now: start })
}

function chunked(mebibytes: number): string {
  const chunk = `${mebibyte.toString(16)}\r\n${'x'.repeat(mebibyte)}\r\n`
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(mebibytes)}0\r\n\r\n`
}
