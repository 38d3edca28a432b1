import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../src/local/wire/server.ts'
import { start } from '../support.ts'

const mebibyte = 1024 * 1024

let server: LocalServer
let port: number
beforeEach(async () => {
  server = await startServer(createLocalAws({ now: () => start }), { port: 0 })
  port = Number(new URL(server.url).port)
})
afterEach(() => server.close())

const connected = async (): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  // The server may well drop what a test sends.
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

const worldAnswers = async (): Promise<void> => {
  const answer = await fetch(`${server.url}/_local/world`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ version: 1, now: start })
}

test('the server answers under its URL', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  await worldAnswers()
})

test('no other address of this machine answers', async () => {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const others = all.filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid).map(({ address }) => address)
  // The whole of 127.0.0.0/8 is this machine on Linux.
  if (process.platform === 'linux') others.push('127.0.0.2')
  for (const address of others) {
    const socket = connect(port, address)
    const outcome = await Promise.race([once(socket, 'connect').then(() => 'connected'), once(socket, 'error')]).catch(
      (error: NodeJS.ErrnoException) => error.code,
    )
    expect(outcome, address).not.toBe('connected')
    socket.destroy()
  }
})

test('a request that is not HTTP is answered with 400, and the server keeps running', async () => {
  const socket = await connected()
  socket.end('\u0016\u0003\u0001 this is not HTTP\r\n\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /)
  await worldAnswers()
})

test.each([
  ['before its headers are', 'POST / HTTP/1.1\r\nHost: localhost'],
  ['before its body is', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"cluster'],
])('the server keeps running when a request breaks off %s complete', async (_title, text) => {
  const socket = await connected()
  socket.write(text)
  await worldAnswers()
  socket.destroy()
  await worldAnswers()
})

const post = (body: string): Promise<Response> =>
  fetch(server.url, {
    method: 'POST',
    body,
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters' },
  })

test('a body of 10 MiB is read, a longer one is refused with 413', async () => {
  const read = await post('x'.repeat(10 * mebibyte))
  expect(read.status).toBe(400)
  expect(await read.json()).toMatchObject({ __type: 'SerializationException' })
  const refused = await post('x'.repeat(10 * mebibyte + 1))
  expect(refused.status).toBe(413)
  await refused.arrayBuffer()
  await worldAnswers()
})

test('text beyond ASCII comes through, even where a network packet ends in the middle of a character', async () => {
  const socket = await connected()
  const body = Buffer.from(JSON.stringify({ größe: 1 }))
  const middle = body.indexOf(0xc3) + 1
  socket.write(
    `POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n` +
      'X-Amz-Target: AmazonEC2ContainerServiceV20141113.ListClusters\r\n\r\n',
  )
  socket.write(body.subarray(0, middle))
  await worldAnswers()
  socket.write(body.subarray(middle))
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain("Unknown member 'größe' in the input.")
})

test('a port in use is an error that says so', async () => {
  await expect(startServer(createLocalAws({ now: () => start }), { port })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is in use. Stop what listens there, or choose another port.`,
  )
})

test('a closed server has freed its port', async () => {
  await server.close()
  const again = await startServer(createLocalAws({ now: () => start }), { port })
  await again.close()
})

test('closing does not wait for connections that are kept alive', async () => {
  const agent = new Agent({ keepAlive: true })
  const asked = request(`${server.url}/_local/world`, { agent }).end()
  const [answer] = await once(asked, 'response')
  answer.resume()
  await once(answer, 'end')
  await server.close()
  agent.destroy()
})

test('closing does not wait for the second half of a request', async () => {
  const [headers, body] = [await connected(), await connected()]
  headers.write('POST / HTTP/1.1\r\nHost: localho')
  body.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{')
  await worldAnswers()
  await server.close()
})

test('closing does not wait for a client that never reads its answer and has begun to ask again', async () => {
  const body = 'x'.repeat(20 * mebibyte)
  const other = await startServer({ handle: () => ({ status: 200, headers: {}, body }) }, { port: 0 })
  const reader = connect(Number(new URL(other.url).port), '127.0.0.1')
  reader.on('error', () => {})
  reader.pause()
  reader.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT')
  await once(reader, 'readable')
  await other.close()
  reader.destroy()
})

test('closing twice is the same as closing once', async () => {
  await Promise.all([server.close(), server.close()])
})
