/** The SDK behind the door: a client for each service, loaded for its first call. */
import { type ClientName, type Transport, calls, operationOf } from './aws.ts'
import { lazy } from '../ground/lazy.ts'

/** Where AWS is and who asks. What is left out, the SDK finds: environment, profiles, SSO, instance roles. */
export interface AwsSettings {
  readonly region?: string | undefined
  readonly profile?: string | undefined
  /** Another AWS than Amazon's, such as the local one. */
  readonly endpoint?: string | undefined
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  /** The SDK's own setting: another way for requests to take than a socket of this machine, such as a proxy. */
  readonly requestHandler?: object | undefined
}

/** A dead peer must not hang a deploy; 200 sockets let 100 services be followed at once. */
const requestHandler = {
  connectionTimeout: 3_000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
  httpAgent: { maxSockets: 200, keepAlive: true },
  httpsAgent: { maxSockets: 200, keepAlive: true },
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

/**
 * AWS through its SDK. A client is loaded and made when its first call is sent. Its own retries are off: `aws.ts` retries,
 * on the clock it is given.
 */
export function sdkTransport(settings: AwsSettings): Transport {
  const clients = new Map<ClientName, { sdk: any; client: any }>()

  function clientOf(name: ClientName): { sdk: any; client: any } {
    let known = clients.get(name)
    if (!known) {
      const service = services[name]
      const sdk = lazy(service.package)
      const client = new sdk[service.client]({ requestHandler, ...defined(settings), maxAttempts: 1 })
      if (service.protocol === 'json') passUnknownMembers(client.middlewareStack)
      known = { sdk, client }
      clients.set(name, known)
    }
    return known
  }

  return async (method, input, signal) => {
    const operation = operationOf(method)
    const { sdk, client } = clientOf(calls[method].client)
    const command = new sdk[`${operation[0]?.toUpperCase()}${operation.slice(1)}Command`](input)
    return client.send(command, { abortSignal: signal })
  }
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
  // The SDK's deserializer runs around this one and reads the body that is left here for it.
  stack.add(
    (next: any) => async (args: any) => {
      const result = await next(args)
      const bytes = await bytesOf(result.response.body)
      result.response.body = bytes
      if (result.response.statusCode < 300) whole.set(args.request, parsed(bytes))
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

async function bytesOf(body: any): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function defined(settings: AwsSettings): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

/**
 * `known` with every member that only `whole` has, at any depth. The SDK drops members that it does not know, in both
 * directions; what AWS has learned since this version was made must pass all the same.
 */
export function withUnknownMembers(known: unknown, whole: unknown): unknown {
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
