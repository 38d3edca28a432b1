/** HTTP to registries, through the proxy of the environment and with the deadlines of all other requests. */
import type { HttpHandler } from '../../../aws/httpHandler.ts'
import { isLoopback } from '../../../ground/loopback.ts'

/** A host to ask, and how. */
export interface Server {
  readonly protocol: 'http:' | 'https:'
  readonly hostname: string
  readonly port?: number
}

interface HttpRequest {
  readonly method: 'HEAD' | 'GET'
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

export interface HttpAnswer {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Fetch = (server: Server, request: HttpRequest) => Promise<HttpAnswer>

/** As Docker does it: only a registry on this machine may do without TLS. */
export function serverOf(host: string): Server {
  const { hostname, port } = new URL(`https://${host}`)
  return {
    protocol: isLoopback(hostname) ? 'http:' : 'https:',
    hostname,
    ...(port !== '' && { port: Number(port) }),
  }
}

/** The server of a URL that a registry has named; undefined where it is none to send anything to. */
export function serverOfUrl(text: string): { readonly server: Server; readonly path: string } | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, host, pathname, search } = new URL(text)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return undefined
  return { server: { ...serverOf(host), protocol }, path: `${pathname}${search}` }
}

/** Blobs are often elsewhere: such a redirect is followed, without the credentials. */
export function fetchFrom(handler: HttpHandler, abortSignal: AbortSignal): Fetch {
  const fetch = async (server: Server, request: HttpRequest, redirects: number): Promise<HttpAnswer> => {
    const { response } = await handler.handle({ ...server, ...request, query: {} }, { abortSignal })
    const {
      statusCode: status,
      headers = {},
      body = new Uint8Array(),
    } = response as typeof response & {
      headers?: Record<string, string>
    }
    const target = status >= 300 && status < 400 ? serverOfUrl(headers['location'] ?? '') : undefined
    if (!target || redirects === 0) return { status, headers, body: Buffer.from(body as Uint8Array).toString() }
    const { authorization: _, ...others } = request.headers
    return fetch(target.server, { ...request, path: target.path, headers: others }, redirects - 1)
  }
  return (server, request) => fetch(server, request, 2)
}
