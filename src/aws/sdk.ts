/** The SDK behind the door: a client for each service, loaded for its first call. */
import { type ClientName, type Transport, calls, operationOf } from './aws.ts'
import { defined } from '../ground/defined.ts'
import { type Clock, systemClock } from '../ground/clock.ts'
import { lazy } from '../ground/lazy.ts'
import { httpHandler } from './httpHandler.ts'
import { regionOf } from './region.ts'

/** Where AWS is and who asks. What is left out or undefined, the SDK finds: environment, profiles, SSO, instance roles. */
export interface AwsSettings {
  /** `eu-west-1`. By default AWS_REGION, AWS_DEFAULT_REGION, then the profile's. */
  readonly region?: string | undefined
  /** A profile in the AWS configuration files. */
  readonly profile?: string | undefined
  /** The URL of another AWS than Amazon's, such as the local one: `http://127.0.0.1:4570`. */
  readonly endpoint?: string | undefined
  /** A key of its own. Better none: the SDK finds short-lived ones. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  /** The SDK's own setting: another way for requests to take than a socket of this machine, such as a proxy. */
  readonly requestHandler?: object | undefined
}

const services = {
  ecs: { package: '@aws-sdk/client-ecs', client: 'ECSClient', protocol: 'json' },
  ecr: { package: '@aws-sdk/client-ecr', client: 'ECRClient', protocol: 'json' },
  events: { package: '@aws-sdk/client-eventbridge', client: 'EventBridgeClient', protocol: 'json' },
  logs: { package: '@aws-sdk/client-cloudwatch-logs', client: 'CloudWatchLogsClient', protocol: 'json' },
  elbv2: {
    package: '@aws-sdk/client-elastic-load-balancing-v2',
    client: 'ElasticLoadBalancingV2Client',
    protocol: 'query',
  },
  route53: { package: '@aws-sdk/client-route-53', client: 'Route53Client', protocol: 'xml' },
  servicediscovery: { package: '@aws-sdk/client-servicediscovery', client: 'ServiceDiscoveryClient', protocol: 'json' },
  sns: { package: '@aws-sdk/client-sns', client: 'SNSClient', protocol: 'query' },
  autoscaling: { package: '@aws-sdk/client-auto-scaling', client: 'AutoScalingClient', protocol: 'query' },
  ec2: { package: '@aws-sdk/client-ec2', client: 'EC2Client', protocol: 'query' },
} as const satisfies Record<ClientName, object>

/** AWS through its SDK, and what finds out who asks before the first call does. */
export type SdkTransport = Transport & {
  /** Rejects where there are no credentials, or AWS does not accept what was given for them. */
  readonly signIn: () => Promise<void>
}

/**
 * AWS through its SDK. A client is loaded and made when its first call is sent. Its own retries are off: `aws.ts` retries,
 * on the clock it is given; `clock` is the machine's, which says how long an answer may take. `mfaCodeProvider` answers
 * with the code of an MFA device, by its serial number.
 */
export function sdkTransport(
  settings: AwsSettings,
  of: { readonly clock?: Clock; readonly mfaCodeProvider?: ((serial: string) => Promise<string>) | undefined } = {},
): SdkTransport {
  const { clock = systemClock(), mfaCodeProvider } = of
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
      const client = new sdk[service.client](shared)
      // Found out once for all clients: an MFA code is good for one time, and roles need not be assumed nine times.
      shared = { ...shared, credentials: client.config.credentials }
      if (service.protocol === 'json') passUnknownMembers(client.middlewareStack)
      known = { sdk, client }
      clients.set(name, known)
    }
    return known
  }

  const transport: Transport = async (method, input, signal) => {
    const operation = operationOf(method)
    const { sdk, client } = clientOf(calls[method].client)
    const command = new sdk[`${operation[0]?.toUpperCase()}${operation.slice(1)}Command`](input)
    return client.send(command, { abortSignal: signal })
  }
  return Object.assign(transport, { signIn: async () => void (await clientOf('ecs').client.config.credentials()) })
}

/** Lets members that the SDK does not know through, in requests and in answers; JSON protocols only. */
function passUnknownMembers(stack: any): void {
  stack.add(
    (next: any) => (args: any) => {
      const known = parsed(args.request.body)
      args.request.body = Buffer.from(JSON.stringify(withUnknownMembers(known, args.input)))
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

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
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
