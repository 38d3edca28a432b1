/** What is wrong with where AWS is said to be, found before anything is asked or written. */
import { EcsTaskError } from '../ground/errors.ts'

/** A region becomes part of a host's name. */
const regionName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** The services that are called, and those that answer with credentials, as the SDK names them in variables. */
const services = [
  'AUTO_SCALING',
  'CLOUDWATCH_LOGS',
  'EC2',
  'ECR',
  'ECS',
  'ELASTIC_LOAD_BALANCING_V2',
  'EVENTBRIDGE',
  'ROUTE_53',
  'SERVICEDISCOVERY',
  'SNS',
  'SSO',
  'SSO_OIDC',
  'STS',
]

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const variables = ['AWS_ENDPOINT_URL', ...services.map((service) => `AWS_ENDPOINT_URL_${service}`)]

/** What a region is called where it was found: `--region`. */
interface RegionAsked {
  readonly name: string
  readonly value: string | undefined
}

/** Throws `BadArguments` with all that is wrong with the region and the endpoints. */
export function checkSettings(region: RegionAsked, env: Readonly<Record<string, string | undefined>>): void {
  const isIgnored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true'
  const problems = [
    ...(region.value && !regionName.test(region.value) ? [`${region.name}: ${region.value} is not a region.`] : []),
    ...(isIgnored ? [] : variables).flatMap((name) => {
      const problem = endpointProblem(env[name])
      // Not the value: it may hold a password.
      return problem === undefined ? [] : [`${name}: ${problem}.`]
    }),
  ]
  if (problems.length === 0) return
  throw new EcsTaskError('BadArguments', 'The AWS settings are not valid.', { problems, fix: asUsual })
}

const asUsual = 'Write a region as eu-west-1, and an endpoint as https://HOST or http://HOST:PORT.'

function endpointProblem(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!/^https?:\/\//i.test(text)) return 'does not begin with http:// or https://'
  return URL.canParse(text) ? undefined : 'is not a URL with a host and a port up to 65535'
}

/** What the SDK says of settings with which it can call nobody: it found them in a profile, or they do not go together. */
export function settingsProblem(error: Error): EcsTaskError | undefined {
  const refusal = (why: string, fix: string): EcsTaskError =>
    new EcsTaskError('BadArguments', 'The AWS settings are not valid.', { why, fix, cause: error })
  if (error.message.startsWith('Region not accepted')) return refusal(error.message, asUsual)
  if ((error as { code?: string }).code === 'ERR_INVALID_URL') {
    return refusal('An endpoint is not a URL: endpoint_url of the profile, or AWS_ENDPOINT_URL.', asUsual)
  }
  if (error.name === 'EndpointError') {
    const fix = 'Look at AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT, AWS_ENDPOINT_URL, and the profile.'
    return refusal(error.message, fix)
  }
  if (error.message.startsWith('Invalid parameter for "defaultsMode"')) {
    return refusal(error.message, 'Unset AWS_DEFAULTS_MODE, or defaults_mode of the profile.')
  }
  return undefined
}
