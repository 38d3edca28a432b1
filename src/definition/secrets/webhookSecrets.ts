// What of the URL of a webhook is secret: whoever knows it can send messages.
import { isPlain as isObject } from '../../ground/shown.ts'
import { looksRandom } from './ordinary.ts'

/** The URLs in `notifications` of definitions, and their parts that may turn up alone. They need not have been checked. */
export function webhookSecrets(definitions: readonly object[]): string[] {
  return definitions.flatMap((one) => {
    const { notifications } = one as { readonly notifications?: unknown }
    if (!Array.isArray(notifications)) return []
    return notifications.flatMap((entry: unknown) => {
      const webhook = isObject(entry) ? entry['webhook'] : undefined
      return typeof webhook === 'string' ? secretsIn(webhook) : []
    })
  })
}

/** Words in a path are no secrets of their own, as `services` is in Slack's: they would make other texts unreadable. */
function secretsIn(webhook: string): string[] {
  const { href, pathname, search, hash } = URL.canParse(webhook) ? new URL(webhook) : { ...none, pathname: webhook }
  const path = pathname + search
  const parts = `${path}${hash}`.split(/[/?&=#]/).filter(looksRandom)
  return [webhook, href, ...(parts.length > 0 ? [path, ...parts] : [])].filter((one) => one !== '')
}

const none = { href: '', search: '', hash: '' }
