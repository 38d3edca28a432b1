/** The SDK behind the door: a client for each service, loaded for its first call. */
import { accountFinder } from './account.ts'
import type { AwsSettings } from './awsSettings.ts'
import { type ClientName, type Transport, calls, operationOf } from './aws.ts'
import { type Destination, destinationOf } from './destination.ts'
import { defined } from '../ground/defined.ts'
import { type Clock, systemClock } from '../ground/clock.ts'
import { lazy } from '../ground/lazy.ts'
import { OddAnswer, checkAnswer, whyUnread } from './answer.ts'
import { httpHandler } from './httpHandler.ts'
import { readObjects } from './objects.ts'
import { unknownProfile, whyNoCredentials } from './profile.ts'
import { environment, regionOf } from './region.ts'
import { services } from './services.ts'

type Env = Readonly<Record<string, string | undefined>>

/** AWS through its SDK, and what finds out who asks, and whom, before the first call does. */
export type SdkTransport = Transport & {
  /** Rejects where there are no credentials, or AWS does not accept what was given for them. */
  readonly signIn: () => Promise<void>
  readonly destination: () => Promise<Destination>
  /** Resolves when the first request is on its way. */
  readonly sent: Promise<void>
  /** The account that calls reach, once AWS has named it; until `signal` is aborted STS is asked for it, beside the calls. */
  readonly account: (signal: AbortSignal) => Promise<string>
}

/** Anybody's transport; the SDK's alone knows where its calls go. */
export type KnownTransport = Transport & Partial<Pick<SdkTransport, 'destination' | 'account'>>

/**
 * AWS through its SDK. A client is loaded and made when its first call is sent. Its own retries are off: `aws.ts` retries,
 * on the clock it is given; `clock` is the machine's, which says how long an answer may take. `mfaCodeProvider` answers
 * with the code of an MFA device, by its serial number.
 */
export function sdkTransport(
  settings: AwsSettings,
  of: {
    readonly clock?: Clock
    readonly mfaCodeProvider?: ((serial: string) => Promise<string>) | undefined
    readonly env?: Env
  } = {},
): SdkTransport {
  const { clock = systemClock(), mfaCodeProvider, env = environment } = of
  let shared: object | undefined
  const clients = new Map<ClientName, { sdk: any; client: any }>()

  function clientOf(name: ClientName): { sdk: any; client: any } {
    let known = clients.get(name)
    if (!known) {
      const service = services[name]
      const sdk = lazy(service.package)
      shared ??= {
        ...defined({ ...settings, region: regionOf(settings.region), mfaCodeProvider }),
        requestHandler: httpHandler(settings.requestHandler, clock),
        maxAttempts: 1,
      }
      const client = new sdk[service.client]({ ...shared, ...service.settings })
      // Found out once for all clients: an MFA code is good for one time, and roles need not be assumed nine times.
      shared = { ...shared, credentials: client.config.credentials }
      if (service.protocol === 'json') passUnknownMembers(client.middlewareStack, service.inPath)
      if (name === 's3') readObjects(client.middlewareStack)
      tellSent(client.middlewareStack, finder.tellSent)
      known = { sdk, client }
      clients.set(name, known)
    }
    return known
  }

  const transport: Transport = async (method, input, signal) => {
    const operation = operationOf(method)
    const { sdk, client } = clientOf(calls[method].client)
    const name = `${operation[0]?.toUpperCase()}${operation.slice(1)}`
    const command = new sdk[`${name}Command`](input)
    const answer = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
      throw thrown(error, name, settings.profile, env)
    })
    checkAnswer(sdk[`${name}$`], answer)
    finder.tellAnswer(calls[method].client, answer)
    return answer
  }
  let destination: Promise<Destination> | undefined
  const whereTo = (): Promise<Destination> => (destination ??= destinationOf(settings))
  const finder = accountFinder(async (signal) => {
    const { isStsThere } = await whereTo()
    return isStsThere ? (await transport('getCallerIdentity', {}, signal)).Account : undefined
  }, clock)
  return Object.assign(transport, {
    signIn: async () => void (await clientOf('ecs').client.config.credentials()),
    destination: whereTo,
    sent: finder.sent,
    account: finder.account,
  })
}

/** Calls when a request is signed and on its way. */
function tellSent(stack: any, sent: () => void): void {
  const tell = (next: any) => (args: any) => {
    const answer = next(args)
    sent()
    return answer
  }
  stack.add(tell, { step: 'deserialize', name: 'tellSent', priority: 'low' })
}

/** What the SDK throws; three errors of its own say too little. */
function thrown(error: unknown, operation: string, profile: string | undefined, env: Env): unknown {
  const { $metadata, $fault, name, message = '' } = error as Partial<Error> & Pick<HttpError, '$metadata' | '$fault'>
  // A date that is none, JSON or XML that breaks off.
  const isSuccess = ($metadata?.httpStatusCode ?? 500) < 300
  if (isSuccess && $fault === undefined) {
    return new OddAnswer(operation, whyUnread(error as Error), { cause: error })
  }
  const isWithoutCredentials = name === 'CredentialsProviderError' && !/SSO|MFA/i.test(message)
  const isWithoutRegion = /region is missing/i.test(message)
  const unknown = isWithoutCredentials || isWithoutRegion ? unknownProfile(profile, env) : undefined
  if (unknown) return unknown
  const why = isWithoutCredentials ? whyNoCredentials(profile, env) : undefined
  return why === undefined ? error : Object.assign(new Error(why, { cause: error }), { name })
}

interface HttpError {
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $fault?: string
}

/** Lets members that the SDK does not know through, in requests and in answers; JSON protocols only. */
function passUnknownMembers(stack: any, inPath: readonly string[] = []): void {
  stack.add(
    (next: any) => (args: any) => {
      const known = parsed(args.request.body)
      const inBody = Object.fromEntries(Object.entries(args.input).filter(([member]) => !inPath.includes(member)))
      // A read of a REST protocol has no body.
      if (known !== undefined) args.request.body = Buffer.from(JSON.stringify(withUnknownMembers(known, inBody)))
      return next(args)
    },
    { step: 'build', name: 'sendUnknownMembers', priority: 'high' },
  )
  const whole = new WeakMap<object, unknown>()
  // The SDK's deserializer runs around this one; the body is whole already (`httpHandler.ts`).
  stack.add(
    (next: any) => async (args: any) => {
      const result = await next(args)
      const { statusCode, body } = result.response
      if (statusCode < 300) whole.set(args.request, parsed(body))
      return result
    },
    { step: 'deserialize', name: 'keepBody', priority: 'low' },
  )
  stack.add(
    (next: any) => async (args: any) => {
      const result = await next(args)
      const { $metadata, ...known } = result.output
      return { ...result, output: { ...(withUnknownMembers(known, whole.get(args.request)) as object), $metadata } }
    },
    { step: 'deserialize', name: 'receiveUnknownMembers', priority: 'high' },
  )
}

function parsed(body: Uint8Array | string | undefined): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/**
 * `known` with every member that only `whole` has, at any depth. The SDK drops members that it does not know, in both
 * directions; what AWS has learned since this version was made must pass all the same.
 */
function withUnknownMembers(known: unknown, whole: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(whole)) {
    return known.map((item, index) => withUnknownMembers(item, whole[index]))
  }
  if (!isPlain(known) || !isPlain(whole)) return known
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(known)) result[key] = withUnknownMembers(value, whole[key])
  for (const [key, value] of Object.entries(whole)) {
    if (value !== null && value !== undefined && !(key in known)) result[key] = value
  }
  return result
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
}
