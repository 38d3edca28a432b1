/** Where calls go before the first is sent: region, profile, and any endpoint that is not Amazon's. */
import type { AwsSettings } from './awsSettings.ts'
import type { ClientName } from './callFacts.ts'
import { defined } from '../ground/defined.ts'
import { lazy } from '../ground/lazy.ts'
import { isLoopback } from '../ground/loopback.ts'
import { regionOf } from './region.ts'
import { services } from './services.ts'

/** Where calls go. What the settings leave to the SDK is what the SDK finds: environment and profiles. */
export interface Destination {
  readonly region?: string
  /** Only one that somebody has named. */
  readonly profile?: string
  /** Where the calls to ECS go if that is not Amazon's, without a name and a password: `http://127.0.0.1:4570`. */
  readonly endpoint?: string
  /** What a person should know of it, a sentence or two each. */
  readonly warnings: readonly string[]
  /** Whether STS answers for the AWS that ECS is in. */
  readonly isStsThere: boolean
}

/** Each service's endpoint as it is configured; undefined for Amazon's own. */
type Endpoints = ReadonlyMap<ClientName, URL | undefined>

/**
 * Sends nothing. What is wrong with the settings is not told here: whoever calls first is told by the SDK.
 */
export async function destinationOf(settings: AwsSettings): Promise<Destination> {
  const endpoints: Endpoints = new Map(
    await Promise.all(
      names.map(async (name) => [name, await configured(settings.endpoint, services[name].id)] as const),
    ),
  )
  const [ecs, sts] = [endpoints.get('ecs'), endpoints.get('sts')]
  const profile = settings.credentials ? undefined : (settings.profile ?? namedProfile())
  return {
    ...defined({
      region: regionOf(settings.region) ?? (await regionOfProfile(settings)),
      profile,
      endpoint: ecs && !isAmazons(ecs) ? shownUrl(ecs) : undefined,
    }),
    warnings: [...mixed(endpoints), ...unencrypted(endpoints)],
    isStsThere: placeOf(ecs) === placeOf(sts),
  }
}

/** Objects may be kept in another store than Amazon's, whatever the rest is. */
const names = (Object.keys(services) as ClientName[]).filter((name) => name !== 's3')
const loadEndpoints = (): typeof import('@smithy/core/endpoints') => lazy('@smithy/core/endpoints')
const loadConfig = (): typeof import('@smithy/core/config') => lazy('@smithy/core/config')

/** The SDK's own answer, without loading the service's client. */
async function configured(given: string | undefined, serviceId: string): Promise<URL | undefined> {
  const { serviceConfiguredEndpoint } = loadEndpoints().resolveEndpointConfig({ serviceId } as any)
  const text = given ?? (await serviceConfiguredEndpoint?.().catch(() => undefined))
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined
}

async function regionOfProfile({ profile }: AwsSettings): Promise<string | undefined> {
  const { loadConfig: load, NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS } = loadConfig()
  const from = { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...defined({ profile }) }
  return load(NODE_REGION_CONFIG_OPTIONS, from)().catch(() => undefined)
}

/** Who names no profile may have credentials from anywhere. */
function namedProfile(): string | undefined {
  const { getProfileName, DEFAULT_PROFILE } = loadConfig()
  const name = getProfileName({})
  return name === DEFAULT_PROFILE ? undefined : name
}

/** The domains of all partitions: https://docs.aws.amazon.com/general/latest/gr/rande.html, and the SDK's `partitions.json`. */
const domains = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'api.aws',
  'api.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
  'c2s.ic.gov',
  'api.aws.ic.gov',
  'sc2s.sgov.gov',
  'api.aws.scloud',
  'cloud.adc-e.uk',
  'api.cloud-aws.adc-e.uk',
  'csp.hci.ic.gov',
  'api.aws.hci.ic.gov',
]

function isAmazons({ hostname }: URL): boolean {
  return domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
}

/** Which AWS it is: Amazon's has an endpoint for each service, any other has one host. */
function placeOf(endpoint: URL | undefined): string {
  return !endpoint || isAmazons(endpoint) ? 'Amazon Web Services' : endpoint.host
}

/** A URL may hold a password, and a token in its path and its query. */
function shownUrl({ protocol, host }: URL): string {
  return `${protocol}//${host}`
}

/** Names every service where they go to more than one AWS. STS changes nothing there. */
function mixed(endpoints: Endpoints): string[] {
  const called = names.filter((name) => name !== 'sts')
  const places = new Set(called.map((name) => placeOf(endpoints.get(name))))
  if (places.size < 2) return []
  const parts = [...places].map((place) => {
    const there = called.filter((name) => placeOf(endpoints.get(name)) === place)
    return `${there.map((name) => services[name].id).join(', ')} to ${place}`
  })
  return [`Calls go to more than one AWS: ${parts.join('; ')}. To send all of them to one, set AWS_ENDPOINT_URL alone.`]
}

function unencrypted(endpoints: Endpoints): string[] {
  const open = [...endpoints.values()].filter((one) => one?.protocol === 'http:' && !isLoopback(one.hostname))
  return [...new Set(open.map((one) => shownUrl(one!)))].map(
    (url) => `Calls to ${url} are not encrypted: anybody on the way can read and change them. Use https://.`,
  )
}
