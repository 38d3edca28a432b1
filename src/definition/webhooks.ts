// The webhooks of a class: what they must be, and their defaults. Their URLs are secrets: no sentence here has one in it.
import { isLoopback } from '../ground/loopback.ts'
import { nearest } from '../ground/nearest.ts'
import { isPlain, shown } from '../ground/shown.ts'
import type { NotificationEvent, Webhook, WebhookNotification } from './definition.ts'
import type { Draft } from './select.ts'
import { unsetInName } from './unset.ts'

const events: readonly NotificationEvent[] = ['started', 'succeeded', 'failed', 'paused']
const formats: readonly Webhook['format'][] = ['slack', 'json']
const members = ['webhook', 'events', 'format']

/** The webhooks with their defaults. One without a URL is skipped, and `unsetWebhooks` warns of it. */
export function webhooksOf(declared: readonly WebhookNotification[] = []): Webhook[] {
  return declared.flatMap(({ webhook, events: wanted = events, format = 'json' }) =>
    isSet(webhook) ? { webhook, events: [...new Set(wanted)], format } : [],
  )
}

/** A secret that CI does not have is an empty text there. */
const isSet = (webhook: string | undefined): webhook is string => webhook !== undefined && webhook !== ''

/** Warnings: a deploy is not refused because nobody can be told of it. */
export function unsetWebhooks(draft: Draft): string[] {
  return entriesOf(draft)
    .filter(({ value }) => isPlain(value) && Object.hasOwn(value, 'webhook'))
    .filter(({ value }) => value['webhook'] === undefined || value['webhook'] === '')
    .map(
      ({ path, value }) =>
        `${path}/webhook: is ${value['webhook'] === '' ? 'empty' : 'undefined'}; this notification is skipped`,
    )
}

/** A rule, as those in `rules.ts`. */
export function notificationsAreWebhooks(draft: Draft): string[] {
  const isList = draft['notifications'] === undefined || Array.isArray(draft['notifications'])
  if (!isList) return [`notifications: must be a list, as in [${example}], not ${shown(draft['notifications'])}`]
  return entriesOf(draft).flatMap(({ path, value }) =>
    isPlain(value)
      ? [
          ...membersAreKnown(value, path),
          ...webhookIsAUrl(value, path),
          ...eventsAreKnown(value, path),
          ...formatIsKnown(value, path),
        ]
      : [`${path}: must be an object, as in ${example}, not ${shown(value)}`],
  )
}

const example = "{ webhook, format: 'slack' }"

type Entry = Readonly<Record<string, unknown>>

/** Every entry, whatever it is: `select` finds none that is undefined. */
function entriesOf(draft: Draft): { path: string; value: Entry }[] {
  const list: unknown = draft['notifications']
  return Array.isArray(list) ? list.map((value: Entry, index) => ({ path: `notifications/${index}`, value })) : []
}

function membersAreKnown(entry: Entry, path: string): string[] {
  return Object.keys(entry)
    .filter((member) => !members.includes(member))
    .map((member) => {
      const meant = nearest(member, members)
      const instead = meant ? `did you mean ${meant}?` : `it has ${members.join(', ')}`
      return `${path}/${member}: is not a member of a notification; ${instead}`
    })
}

function webhookIsAUrl(entry: Entry, path: string): string[] {
  const at = `${path}/webhook`
  const { webhook } = entry
  if (!Object.hasOwn(entry, 'webhook')) return [`${at}: is missing`]
  if (webhook === undefined || webhook === '') return []
  if (typeof webhook !== 'string') return [`${at}: must be a URL, not ${shown(webhook)}`]
  const word = unsetInName(webhook)
  if (word !== undefined) return [`${at}: has ${word} in it, which an unset variable leaves behind`]
  if (!URL.canParse(webhook) || !/^https?:\/\//i.test(webhook))
    return [`${at}: must be a URL that begins with https://`]
  const { protocol, hostname, username, password } = new URL(webhook)
  if (username !== '' || password !== '') return [`${at}: must not contain a user name or a password`]
  return protocol === 'https:' || isLoopback(hostname)
    ? []
    : [`${at}: must begin with https://; http is allowed only to this machine`]
}

function eventsAreKnown(entry: Entry, path: string): string[] {
  const at = `${path}/events`
  const wanted = entry['events']
  if (wanted === undefined) return []
  if (!Array.isArray(wanted)) return [`${at}: must be a list, as in ['failed'], not ${shown(wanted)}`]
  if (wanted.length === 0) return [`${at}: is empty; leave it out for all of ${events.join(', ')}`]
  return wanted.flatMap((one: unknown, index) => oneOf(one, events, `${at}/${index}`))
}

function formatIsKnown(entry: Entry, path: string): string[] {
  return entry['format'] === undefined ? [] : oneOf(entry['format'], formats, `${path}/format`)
}

function oneOf(value: unknown, known: readonly string[], path: string): string[] {
  if (typeof value === 'string' && known.includes(value)) return []
  const meant = typeof value === 'string' ? nearest(value, known) : undefined
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`
  return [
    `${path}: must be one of ${known.join(', ')}, not ${typeof value === 'string' ? JSON.stringify(value) : shown(value)}${hint}`,
  ]
}
