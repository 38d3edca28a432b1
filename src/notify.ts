/** Tells an SNS topic of every call that AWS has answered; and who else is told of a run, webhooks. */
import { type Aws, isBeside } from './aws/aws.ts'
import type { Definition, Webhook } from './definition/definition.ts'
import type { Emit, Listener, ToldEvent } from './engine/events.ts'
import { type Clock, systemClock } from './ground/clock.ts'
import { webhooks } from './output/listeners/webhooks.ts'
import { jobIn } from './ground/runner.ts'
import { runLink } from './ground/runLink.ts'
import { poster } from './output/webhooks/post.ts'

/**
 * The most an SNS message may hold: 256 KiB of UTF-8.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
const mostBytes = 262_144

type FinishedCall = Extract<ToldEvent, { type: 'call.finished' }>

/**
 * Publishes one message to the topic after each call that AWS has answered: `{ client, method, input, result }`, `method` in
 * snake case, unless `blacklist` matches the method at its start. Messages go out in the order of the calls; `close` waits
 * for the last. A publish that fails is told to `warn`, once for each different error, and never throws.
 */
export function notify(of: {
  readonly aws: Pick<Aws, 'call'>
  readonly topicArn: string
  readonly blacklist: RegExp
  readonly warn: (text: string) => void
}): Listener {
  const { aws, topicArn, blacklist, warn } = of
  const silent = atStart(blacklist)
  const warned = new Set<string>()
  let last = Promise.resolve()

  async function publish(event: FinishedCall): Promise<void> {
    try {
      await aws.call('publish', { TopicArn: topicArn, Message: messageOf(event) })
    } catch (error) {
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      if (warned.has(text)) return
      warned.add(text)
      warn(`No notification could be published to ${topicArn}: ${text}`)
    }
  }

  return {
    hear(event) {
      // The notices themselves are calls too: a notice of a notice would never end. Locks are no part of what is deployed.
      if (event.type !== 'call.finished' || isBeside(event.client)) return
      // Only what was called when the expressions were written is told: BatchGetImage reads, and none of them knows it.
      if (event.client === 'ecr') return
      if (silent.test(snakeCase(event.method))) return
      last = last.then(() => publish(event))
    },
    close: () => last,
  }
}

/**
 * A notifier for each topic and expression in some definitions, so that a unit of several classes tells each topic once, and
 * one for their webhooks. `env` names the CI job. Webhooks are waited for by `clock`: the machine's, also where a run has a faster one.
 */
export function notifiers(
  definitions: readonly Definition[],
  env: Readonly<Record<string, string | undefined>> = {},
  clock: Clock = systemClock(),
): (aws: Aws, emit: Emit) => Listener[] {
  const told = distinctWebhooks(definitions)
  return (aws, emit) => {
    const distinct = new Map<string, Listener>()
    const warn = (text: string): void => emit({ type: 'warning.raised', text })
    for (const { snsNotificationTopicArn: topicArn, notificationMethodBlacklistRegex: blacklist } of definitions) {
      if (topicArn === undefined) continue
      distinct.set(`${topicArn} ${blacklist}`, notify({ aws, topicArn, blacklist, warn }))
    }
    if (told.length === 0) return [...distinct.values()]
    const ofWebhooks = webhooks({ webhooks: told, post: poster(clock), clock, warn, run: runLink(jobIn(env)?.page) })
    return [...distinct.values(), ofWebhooks]
  }
}

/** Each webhook and format once, with all that any class wants it to be told of. */
function distinctWebhooks(definitions: readonly Definition[]): Webhook[] {
  const distinct = new Map<string, Webhook>()
  for (const one of definitions.flatMap(({ notifications }) => notifications)) {
    const key = `${one.format} ${new URL(one.webhook).href}`
    const events = new Set([...(distinct.get(key)?.events ?? []), ...one.events])
    distinct.set(key, { ...one, events: [...events] })
  }
  return [...distinct.values()]
}

/** The message, cut where SNS would refuse it: first the result gives way, then the input. */
function messageOf({ client, method, input, result }: FinishedCall): string {
  const whole = { client, method: snakeCase(method), input, result: asBoto(result) }
  const message = JSON.stringify(whole)
  if (bytes(message) <= mostBytes) return message
  const withoutResult = JSON.stringify({ ...whole, result: cutText('result', whole.result) })
  if (bytes(withoutResult) <= mostBytes) return withoutResult
  return JSON.stringify({ ...whole, input: cutText('input', input), result: cutText('result', whole.result) })
}

/** The answer as subscribers know it from boto3: `ResponseMetadata` where the SDK for JavaScript has `$metadata`. */
function asBoto(result: object): object {
  const { $metadata: metadata, ...answer } = result as {
    $metadata?: { requestId?: string; httpStatusCode?: number; attempts?: number }
  }
  return {
    ...answer,
    ResponseMetadata: {
      RequestId: metadata?.requestId,
      HTTPStatusCode: metadata?.httpStatusCode,
      RetryAttempts: (metadata?.attempts ?? 1) - 1,
    },
  }
}

function cutText(what: string, value: object): string {
  return `The ${what} was left out: it is ${bytes(JSON.stringify(value))} bytes long, and an SNS message holds ${mostBytes} in all.`
}

/** Matches where Python's `re.match` does: every alternative at the start. */
function atStart(regex: RegExp): RegExp {
  return new RegExp(`^(?:${regex.source})`, regex.flags.replace(/[gy]/g, ''))
}

function snakeCase(method: string): string {
  return method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
