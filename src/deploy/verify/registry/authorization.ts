/** What a registry wants to see: Docker's own credentials, or a token that its token server gives for them. */
import type { Credentials } from './dockerCredentials.ts'
import { type Fetch, serverOfUrl } from './fetch.ts'

/**
 * The header for a registry that has answered with this challenge; undefined where none can be had.
 * https://distribution.github.io/distribution/spec/auth/token/
 */
export async function authorizationFor(
  challenge: string | undefined,
  { path, credentials, fetch }: { path: string; credentials: Credentials | undefined; fetch: Fetch },
): Promise<string | undefined> {
  const basic =
    credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
  const [, scheme = '', rest = ''] = /^\s*(\w+)\s*(.*)$/.exec(challenge ?? '') ?? []
  if (scheme.toLowerCase() === 'basic') return basic
  if (scheme.toLowerCase() !== 'bearer') return undefined
  const { realm = '', service, scope = `repository:${path}:pull` } = parametersIn(rest)
  const target = serverOfUrl(realm)
  if (!target) return undefined
  const query = new URLSearchParams({ ...(service !== undefined && { service }), scope })
  const separator = target.path.includes('?') ? '&' : '?'
  const { status, body } = await fetch(target.server, {
    method: 'GET',
    path: `${target.path}${separator}${query}`,
    headers: basic === undefined ? {} : { authorization: basic },
  })
  const token = status === 200 ? tokenIn(body) : undefined
  return token === undefined ? undefined : `Bearer ${token}`
}

/** `realm="https://auth.example/token",service="registry.example"`. */
function parametersIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))
}

function tokenIn(body: string): string | undefined {
  try {
    const { token, access_token } = JSON.parse(body) as { token?: unknown; access_token?: unknown }
    const found = token ?? access_token
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : undefined
  } catch {
    return undefined
  }
}
