/** Finds out which account calls reach, beside them and without holding any of them up. */
import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts'
import type { Clock } from '../ground/clock.ts'
import type { ClientName } from './callFacts.ts'

/** Hears what is sent and answered, and asks STS once. */
interface AccountFinder {
  /** Resolves when the first request is on its way. */
  readonly sent: Promise<void>
  /** To be told that a request is on its way. */
  readonly tellSent: () => void
  /** To be told what AWS has answered. */
  readonly tellAnswer: (client: ClientName, answer: object) => void
  /** Resolves with the account once AWS has named it; never where it does not, or `signal` of the first call is aborted. */
  readonly account: (signal: AbortSignal) => Promise<string>
}

/**
 * Asks STS, which may be out of reach, beside the first request, unless an answer of ECS names the account before: that is
 * as good. `ask` answers with what STS says.
 */
export function accountFinder(
  ask: (signal: AbortSignal) => Promise<string | undefined>,
  { sleep }: Pick<Clock, 'sleep'>,
): AccountFinder {
  const [sent, tellSent] = signalled<void>()
  const [named, tellName] = signalled<string>()
  let account: Promise<string> | undefined
  let isNamed = false

  async function askOnceSent(signal: AbortSignal): Promise<void> {
    await sent
    await sleep(headStart, signal, false)
    if (isNamed) return
    const answer = await ask(signal)
    if (answer !== undefined) tellName(answer)
  }

  return {
    sent,
    tellSent,
    tellAnswer(client, answer) {
      // Only those two say whose calls they answer: others may name what belongs to somebody else.
      const ofCaller = client === 'sts' ? (answer as GetCallerIdentityCommandOutput).Account : undefined
      const found = client === 'ecs' ? accountIn(answer) : ofCaller
      if (found === undefined) return
      isNamed = true
      tellName(found)
    },
    account(signal) {
      if (!account) askOnceSent(signal).catch(() => {})
      return (account ??= named)
    },
  }
}

/** A promise, and what resolves it the first time. */
function signalled<T>(): [Promise<T>, (value: T) => void] {
  let tell!: (value: T) => void
  const told = new Promise<T>((resolve) => (tell = resolve))
  return [told, tell]
}

/** Milliseconds in which the first request reaches its socket: loading the client for STS would hold it up. */
const headStart = 20

const ofEcs = /^arn:aws[\w-]*:ecs:[\w-]*:(\d{12}):/

/** The account in the first ARN of ECS, looking at one thing of each list. */
function accountIn(answer: object): string | undefined {
  for (const [name, value] of Object.entries(answer)) {
    const one: unknown = Array.isArray(value) ? value[0] : value
    const isNested = typeof one === 'object' && one !== null
    const arn = typeof one === 'string' && /arns?$/i.test(name) ? one : ''
    const account = isNested ? accountIn(one) : ofEcs.exec(arn)?.[1]
    if (account !== undefined) return account
  }
  return undefined
}
