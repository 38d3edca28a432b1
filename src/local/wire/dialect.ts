// What the wire protocols of AWS have in common: a request that is a call, and how it is answered.
import type { AwsFault } from '../world/fault.ts'
import type { Output, Unchecked } from '../world/operation.ts'

/** An HTTP request; the names of the headers are in lower case. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How an answer goes on that never ends by itself: what has come since it was called last. */
  readonly stream?: () => Uint8Array
}

/** What a request asks for, once its dialect has been understood. */
export interface Call {
  /** `ecs`, `events`, `sns`, `route53` and so on, or what an unknown service calls itself. */
  readonly service: string
  /** As AWS spells it: `RunTask`; method and path where they stand for none that we know. */
  readonly operation: string
  /** Reads the input out of the body; throws an AwsFault when there is none in it. */
  input(): Unchecked
}

/** A wire protocol of AWS. */
export interface Dialect {
  /** The call in a request, or undefined when the request is not in this dialect. */
  read(request: Request): Call | undefined
  /** `call` is absent when the request is not one to an API of AWS. */
  answer(call: Call | undefined, output: Output, requestId: string): Answer
  refuse(call: Call | undefined, fault: AwsFault, requestId: string): Answer
}

/** `RunTask` → `runTask`: how the local AWS names its operations. */
export const lowerCamel = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1)

/**
 * Access key id, region and service in a Signature Version 4 header. The signature itself is not verified:
 * the local AWS has no secrets to verify it with.
 */
export function credentialScope({ headers }: Request): {
  accessKeyId: string | undefined
  region: string
  service: string | undefined
} {
  const form = /Credential=([^/]+)\/\d+\/([\w-]+)\/([\w-]+)\//
  const [, accessKeyId, region, service] = form.exec(headers.authorization ?? '') ?? []
  return { accessKeyId, region: region ?? 'us-east-1', service }
}
