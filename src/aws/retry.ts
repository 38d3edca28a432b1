/** What to send again, and when. */
import { OddAnswer } from './answer.ts'

/** What AWS says when it is asked too often: under a name of its own, or in the text of a client error. */
const throttlingNames = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  // Route 53 takes one change of a hosted zone after another.
  'PriorRequestNotComplete',
  // What Auto Scaling answers while another change of the same group is still under way.
  'ResourceContentionFault',
  'ScalingActivityInProgressFault',
  // What Application Auto Scaling answers while another change of the same target is still under way.
  'ConcurrentUpdateException',
])

const transientNames = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServerException',
  'InternalException',
  'InternalError',
])
const connectionCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whether a code of the operating system is one of the network: `ENOSPC` and `EMFILE` begin with an E, too. */
export function isConnectionCode(code: string): boolean {
  return connectionCodes.has(code) || /^(E(CONN|HOST|NET|ADDR|AI_)[A-Z]*|EPROTO)$/.test(code)
}

/** AWS was asked too often and did nothing. */
export function isThrottling(error: unknown): boolean {
  const { name, message, status } = facts(error)
  // RegisterTaskDefinition refuses concurrent registrations of a family with a plain ClientException.
  return (
    throttlingNames.has(name) ||
    status === 429 ||
    message.includes('Too many concurrent attempts to create a new revision')
  )
}

/** The answer was lost or AWS failed inside: nobody knows whether it acted. */
export function isTransient(error: unknown): boolean {
  const { name, status, code } = facts(error)
  if (name === 'AbortError') return false
  return (status !== undefined && status >= 500) || transientNames.has(name) || connectionCodes.has(code)
}

/** Nobody knows whether AWS acted: the answer was lost, or says nothing that AWS would. */
export function isLost(error: unknown): boolean {
  return isTransient(error) || error instanceof OddAnswer
}

/** What AWS says of a signature whose date it does not accept. */
const skewNames = new Set([
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
])

/** AWS did nothing because of the machine's clock; the SDK has set its own right by the answer's date, and signs with that. */
export function isCorrectedClock(error: unknown): boolean {
  const { $metadata } = (error ?? {}) as { $metadata?: { clockSkewCorrected?: boolean } }
  return $metadata?.clockSkewCorrected === true && skewNames.has(facts(error).name)
}

/**
 * The error of a call whose answer was lost, and which AWS has refused when it was sent again: it may have acted on the
 * first, so the loss is what is thrown, with the refusal beside it.
 */
export function lostThenRefused(loss: unknown, refusal: unknown): unknown {
  return loss instanceof Error ? Object.assign(loss, { refusal }) : loss
}

/** What AWS has answered in the end: that something is there already, or gone, tells that the lost call has done it. */
export function refusalOf(error: unknown): Error {
  return (error as { refusal?: Error }).refusal ?? (error as Error)
}

/**
 * Milliseconds to wait before the next attempt: exponential with full jitter from 1 s when throttled and from 100 ms
 * when a connection was lost, at most 20 s. `random` is in [0, 1).
 */
export function waitBefore(attempt: number, error: unknown, random: number): number {
  const base = isThrottling(error) ? 1000 : 100
  return Math.floor((0.1 + 0.9 * random) * Math.min(base * 2 ** (attempt - 1), 20_000))
}

function facts(error: unknown): { name: string; message: string; status: number | undefined; code: string } {
  const seen = (error ?? {}) as {
    name?: string
    message?: string
    code?: string
    cause?: { code?: string }
    $metadata?: { httpStatusCode?: number }
  }
  return {
    name: seen.name ?? '',
    message: seen.message ?? '',
    status: seen.$metadata?.httpStatusCode,
    code: seen.code ?? seen.cause?.code ?? '',
  }
}
