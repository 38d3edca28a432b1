// A registry on this machine, for as long as a test runs: the distribution API, with and without credentials.
import { createHash } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const index = 'application/vnd.oci.image.index.v1+json'
const image = 'application/vnd.oci.image.manifest.v1+json'

/** How one answers to whoever has no credentials. */
type Door = 'open' | 'basic' | 'bearer' | 'silent' | 'broken'

export interface Registry {
  readonly host: string
  /** `GET /v2/web/manifests/v1`, in order. */
  readonly requests: string[]
  readonly close: () => Promise<void>
}

const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`

/** The repository of a path decides how it answers: `open/web`, `basic/web`. It has the tags `v1` (several platforms) and `arm`. */
export async function startRegistry(): Promise<Registry> {
  const requests: string[] = []
  const server = createServer((request, response) => answer(request, response, requests))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(request: IncomingMessage, response: ServerResponse, requests: string[]): void {
  const { method = '', url = '', headers } = request
  requests.push(`${method} ${url}${headers.authorization === undefined ? '' : ' with credentials'}`)
  const { pathname, searchParams } = new URL(url, 'http://registry')
  if (pathname === '/token') {
    const token =
      searchParams.get('scope')?.includes('bearer/') && headers.authorization !== basic ? 'nobody' : 'somebody'
    return send(response, 200, JSON.stringify({ token }))
  }
  const [, door = 'open', repository, kind, what = ''] =
    /^\/v2\/(?:(open|basic|bearer|silent|broken)\/)?(\w+)\/(manifests|blobs)\/(.+)$/.exec(pathname) ?? []
  if ((door as Door) === 'silent') return
  if ((door as Door) === 'broken') return send(response, 500, '')
  const allowed = { open: undefined, basic, bearer: 'Bearer somebody' }[door as 'open' | 'basic' | 'bearer']
  if (allowed !== undefined && headers.authorization !== allowed) {
    const challenge =
      door === 'basic' ? 'Basic realm="me"' : `Bearer realm="http://${headers.host}/token",service="registry"`
    return send(response, 401, '', { 'www-authenticate': challenge })
  }
  if (kind === 'blobs') {
    // As Docker Hub does it.
    if (!searchParams.has('moved')) return send(response, 307, '', { location: `http://${headers.host}${url}?moved` })
    return send(response, 200, JSON.stringify({ os: 'linux', architecture: 'arm64' }))
  }
  const found = repository === 'web' ? manifests[what] : undefined
  return found
    ? send(response, 200, method === 'HEAD' ? '' : found.body, { 'content-type': found.type })
    : send(response, 404, '')
}

const digest = `sha256:${createHash('sha256').update('config').digest('hex')}`
const platforms = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
  { os: 'unknown', architecture: 'unknown' },
]

const manifests: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  v1: { type: index, body: JSON.stringify({ manifests: platforms.map((platform) => ({ digest, platform })) }) },
  arm: { type: image, body: JSON.stringify({ config: { digest } }) },
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end(body)
}
