/** Tells webhooks of the start and the end of a deploy or rollback, and of deployments that are paused. */
import { abortController } from '../../ground/abortController.ts'
import type { Webhook } from '../../definition/definition.ts'
import type { Listener } from '../../engine/events.ts'
import type { Clock } from '../../ground/clock.ts'
import { isLoopback } from '../../ground/loopback.ts'
import { emptyPicture, reduce } from '../picture.ts'
import { type Post, Undelivered, deliver } from '../webhooks/deliver.ts'
import { type Told, momentOf, toldAt } from '../webhooks/message.ts'
import { slackMessage } from '../webhooks/slack.ts'

/** Milliseconds that the end of a process waits for the last messages. */
const patience = 10_000

interface WebhookOptions {
  readonly webhooks: readonly Webhook[]
  readonly post: Post
  /** That of the network, which is not a local AWS's. */
  readonly clock: Clock
  readonly warn: (text: string) => void
  /** The page of the CI job. */
  readonly run: string | undefined
}

/**
 * Creates a listener that tells each webhook in the order of the events. The first failure of each webhook is a warning that
 * names its host and nothing else of the URL. `close` waits for the last message, at most 10 s. With `--local` it tells only
 * webhooks on this machine.
 */
export function webhooks({ webhooks: all, post, clock, warn, run }: WebhookOptions): Listener {
  const stop = abortController()
  const receivers = all.map((one) => receiver(one, { post, clock, warn, signal: stop.signal }))
  let picture = emptyPicture
  let hasStarted = false
  return {
    hear(event) {
      picture = reduce(picture, event)
      if (picture.run?.command !== 'deploy' && picture.run?.command !== 'rollback') return
      const moment = momentOf(event, hasStarted)
      if (moment === undefined) return
      hasStarted = true
      const told = toldAt(moment, event, picture, run)
      for (const one of receivers) if (!picture.run.local || one.isHere) one.tell(told)
    },
    async close() {
      const over = abortController()
      const late = new Undelivered(`no answer within ${patience / 1000} s of the end of the run`)
      clock.sleep(patience, over.signal).then(
        () => stop.abort(late),
        () => undefined,
      )
      await Promise.all(receivers.map((one) => one.done()))
      over.abort()
    },
  }
}

interface Receiver {
  /** Whether it is on this machine. */
  readonly isHere: boolean
  tell(told: Told): void
  /** Resolves when nothing is on its way any more. */
  done(): Promise<void>
}

function receiver(
  { webhook, events, format }: Webhook,
  { warn, ...by }: Parameters<typeof deliver>[2] & Pick<WebhookOptions, 'warn'>,
): Receiver {
  const url = new URL(webhook)
  let last = Promise.resolve()
  let hasWarned = false

  async function send(told: Told): Promise<void> {
    try {
      await deliver(url, JSON.stringify(format === 'slack' ? slackMessage(told) : told.message), by)
    } catch (error) {
      if (hasWarned) return
      hasWarned = true
      const why = error instanceof Error ? error.message : 'it was ended'
      warn(`A notification (${told.message.event}) did not reach ${url.host}: ${why}`)
    }
  }

  return {
    isHere: isLoopback(url.hostname),
    tell(told) {
      if (events.includes(told.message.event)) last = last.then(() => send(told))
    },
    done: () => last,
  }
}
