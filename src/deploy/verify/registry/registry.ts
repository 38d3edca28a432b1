/** Asks registries for images by the distribution API. https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
import { type HttpHandler, httpHandler } from '../../../aws/httpHandler.ts'
import { fullName, parseImage } from '../../../definition/image.ts'
import type { Clock } from '../../../ground/clock.ts'
import { withDeadline } from '../../../ground/deadline.ts'
import { mediaTypes } from '../../readImages.ts'
import { type Platform, platformIn, platformsIn } from '../platform.ts'
import { authorizationFor } from './authorization.ts'
import { type Credentials, dockerCredentials } from './dockerCredentials.ts'
import { type Fetch, type HttpAnswer, type Server, fetchFrom, serverOf } from './fetch.ts'

/** The platforms of an image, as far as its registry tells them; that it has no such image; or why nobody could look. */
export type ImageAnswer =
  | { readonly state: 'found'; readonly value: readonly Platform[] }
  | { readonly state: 'absent' }
  | { readonly state: 'unread'; readonly why: string }

/** Milliseconds that a registry may take: it may be out of reach of this machine, and not of ECS. */
const patience = 5_000

/** `env` says where Docker's own credentials are, and what runs its credential helpers. */
export function registryClient(
  clock: Clock,
  env: Readonly<Record<string, string | undefined>>,
): (reference: string) => Promise<ImageAnswer> {
  const credentialsOf = dockerCredentials(env)
  let shared: HttpHandler | undefined
  return async (reference) => {
    const image = parseImage(reference)
    if (!image) return { state: 'unread', why: 'it is not an image that a registry can have' }
    const [, host = '', path = ''] = /^([^/]+)\/(.+)$/.exec(fullName(image.repository)) ?? []
    if (path === '') return { state: 'unread', why: 'its registry is not known' }
    const handler = (shared ??= httpHandler(undefined, clock))
    let isLate = false
    try {
      return await withDeadline(clock, patience, (late) => {
        late.addEventListener('abort', () => (isLate = true))
        const server = serverOf(host === 'docker.io' ? 'registry-1.docker.io' : host)
        const at = `/v2/${path}`
        return asked(
          { server, at, path, tag: image.digest ?? image.tag ?? 'latest', host },
          credentialsOf,
          fetchFrom(handler, late),
        )
      })
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      const why = isLate ? `did not answer within ${patience / 1000} s` : `is out of reach (${code ?? message})`
      return { state: 'unread', why: `its registry ${host} ${why}` }
    }
  }
}

interface Place {
  readonly server: Server
  /** `/v2/library/nginx`. */
  readonly at: string
  readonly path: string
  readonly tag: string
  /** As Docker calls the registry. */
  readonly host: string
}

async function asked(
  { server, at, path, tag, host }: Place,
  credentialsOf: (host: string) => Promise<Credentials | undefined>,
  fetch: Fetch,
): Promise<ImageAnswer> {
  const accept = mediaTypes.join(', ')
  const manifest = `${at}/manifests/${tag}`
  let answer = await fetch(server, { method: 'HEAD', path: manifest, headers: { accept } })
  let authorization: string | undefined
  if (answer.status === 401) {
    const credentials = await credentialsOf(host)
    authorization = await authorizationFor(answer.headers['www-authenticate'], { path, credentials, fetch })
    const headers = { accept, ...(authorization !== undefined && { authorization }) }
    if (authorization !== undefined) answer = await fetch(server, { method: 'HEAD', path: manifest, headers })
  }
  if (answer.status === 404) return { state: 'absent' }
  if (answer.status !== 200) return { state: 'unread', why: `its registry ${host} ${refusal(answer, host)}` }
  const headers = authorization === undefined ? {} : { authorization }
  const whole = await fetch(server, { method: 'GET', path: manifest, headers: { ...headers, accept } })
  if (whole.status !== 200) return { state: 'found', value: [] }
  const platforms = platformsIn(whole.body)
  return { state: 'found', value: platforms.length > 0 ? platforms : await ownPlatform(whole.body) }

  /** An image of one platform names it in its configuration. */
  async function ownPlatform(text: string): Promise<Platform[]> {
    const digest = configIn(text)
    if (digest === undefined) return []
    const config = await fetch(server, { method: 'GET', path: `${at}/blobs/${digest}`, headers })
    return config.status === 200 ? platformIn(config.body) : []
  }
}

function configIn(manifest: string): string | undefined {
  try {
    const { config } = JSON.parse(manifest) as { config?: { digest?: unknown } }
    return typeof config?.digest === 'string' && /^\w+:[0-9a-f]+$/.test(config.digest) ? config.digest : undefined
  } catch {
    return undefined
  }
}

/** Many registries do not tell an image that is not there from one that is private. */
function refusal({ status }: HttpAnswer, host: string): string {
  if (status === 401 || status === 403) {
    return `shows it to nobody without credentials: it is private, or not there (docker login ${host})`
  }
  return status === 429 ? 'has had too many requests' : `answered with HTTP ${status}`
}
