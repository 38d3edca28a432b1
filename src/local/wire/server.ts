// The HTTP server in front of a local AWS.
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Answer, Request } from './dialect.ts'
import { refuseWebPage } from './webPages.ts'

/** Answers requests; it never throws. */
interface Handler {
  readonly handle: (request: Request) => Answer
}

export interface LocalServer {
  /** `http://127.0.0.1:4570`, to be used as AWS_ENDPOINT_URL. */
  readonly url: string
  /**
   * Resolves when the port is free again, within a moment: what has been answered is sent to its end where somebody reads
   * it, half a request is not waited for.
   */
  readonly close: () => Promise<void>
}

/** RegisterTaskDefinition takes 64 KiB and PutLogEvents 1 MiB: nothing that AWS takes comes near. */
const largestBody = 10 * 1024 * 1024

/** Milliseconds that clients have, once the server closes, to read what has been answered. */
const patience = 500

/**
 * Serves a local AWS on 127.0.0.1 and on no other address: it believes every caller but web pages. Port 0 stands for any
 * free one. Rejects with an Error that says so when the port is in use.
 */
export async function startServer(local: Handler, { port }: { port: number }): Promise<LocalServer> {
  const server = createServer((request, response) => receive(local, request, response))
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unheard(error, port)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    close: () =>
      new Promise((resolve) => {
        // A client that never reads its answer must not keep the process from ending.
        const impatience = setTimeout(() => {
          for (const socket of sockets) socket.destroy()
        }, patience)
        server.close(() => {
          clearTimeout(impatience)
          resolve()
        })
        // Requests are answered as soon as they are whole, so all that a socket may still have to do is to send.
        for (const socket of sockets) socket.destroySoon()
      }),
  }
}

function receive(local: Handler, request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= largestBody) chunks.push(chunk)
  })
  // A client that goes away in the middle of a request has asked for nothing.
  request.on('error', () => {})
  request.on('end', () => {
    // Said only once everything has been read: a client that is still sending would see a broken connection instead.
    if (size > largestBody) {
      response.writeHead(413).end()
      return
    }
    const { method = 'GET', url: path = '/' } = request
    const headersOf = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    const asked = { method, path, headers: Object.fromEntries(headersOf), body: Buffer.concat(chunks).toString() }
    const { status, headers, body, stream } = refuseWebPage(asked) ?? local.handle(asked)
    if (stream) {
      response.writeHead(status, headers)
      goOn(response, stream)
      return
    }
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body)
  })
}

/** Milliseconds between two looks at what an answer has to go on with: a live tail is told once a second. */
const beat = 1000

/** Sends what an answer goes on with, until its client goes away. */
function goOn(response: ServerResponse, stream: () => Uint8Array): void {
  response.write(stream())
  const looking = setInterval(() => response.write(stream()), beat)
  response.on('close', () => clearInterval(looking))
}

function unheard(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(`Port ${port} of 127.0.0.1 is in use. Stop what listens there, or choose another port.`, {
    cause: error,
  })
}
