// A local AWS in this process with a hand-turned clock, called over its wire protocols without a socket.
import { createLocalAws } from '../../src/local/localAws.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import { idsOf } from '../../src/local/world/ids.ts'
import type { Context, Unchecked } from '../../src/local/world/operation.ts'
import { newRegion } from '../../src/local/provisioning/newRegion.ts'
import type { Region, World } from '../../src/local/world/world.ts'
import { worldProblem } from '../../src/local/world/worldProblem.ts'
import { formOf } from './wire/form.ts'
import { listNames, restJsonRequest, restRequest } from './wire/restRequest.ts'
import { plainOf } from './wire/xml.ts'

/** A moment with no meaning of its own, so that times in tests are easy to read. */
export const start = Date.UTC(2026, 0, 1)

export const seconds = (count: number): number => count * 1000
export const minutes = (count: number): number => count * 60_000

/** A refusal as a client sees it. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly body: string

  constructor(code: string, message: string, status: number, body: string) {
    super(message)
    this.code = code
    this.status = status
    this.body = body
  }
}

export interface TestAws {
  /** Epoch milliseconds on the hand-turned clock. */
  readonly now: number
  /** Turns the clock by so many milliseconds and brings the state there. */
  advance(milliseconds: number): void
  /** Calls `RunTask` or `runTask` of `ecs` over the wire dialect, without a socket; throws a Refusal. */
  call(service: string, operation: string, input?: Unchecked): Unchecked
  readonly world: World
  /** The region the calls go to. */
  readonly region: Region
  readonly handle: LocalAws['handle']
  /** What the local AWS warned of. */
  readonly warnings: string[]
  /** The worlds that were saved, as text. */
  readonly saved: string[]
}

/** A local AWS in this process with a clock turned by hand; unthrottled unless asked otherwise. */
export function localAws(
  options: { throttle?: boolean; world?: World; region?: string; policy?: string } = {},
): TestAws {
  const { throttle = false, world, region = 'us-east-1', policy } = options
  let now = Math.max(start, world?.now ?? 0)
  const warnings: string[] = []
  const saved: string[] = []
  const aws = createLocalAws({
    now: () => now,
    world,
    throttle,
    policy,
    warn: (line) => warnings.push(line),
    save: (saving) => {
      saved.push(JSON.stringify(saving))
      // Whatever a test does: the next start could load it.
      const problem = worldProblem(saving)
      if (problem !== undefined) throw new Error(`A world was saved that cannot be loaded: ${problem}`)
    },
  })
  return {
    get now() {
      return now
    },
    get region() {
      aws.world.regions[region] ??= newRegion(region, aws.world.account)
      return aws.world.regions[region]
    },
    world: aws.world,
    handle: aws.handle,
    warnings,
    saved,
    advance(milliseconds) {
      now += milliseconds
      aws.advance()
    },
    call(service, operation, input = {}) {
      const name = operation.charAt(0).toUpperCase() + operation.slice(1)
      if (service === 'route53') return callRest(aws, region, service, name, input)
      if (service === 'scheduler') return callRestJson(aws, region, service, name, input)
      return Object.hasOwn(versions, service)
        ? callQuery(aws, region, service, name, input)
        : callJson(aws, region, service, name, input)
    },
  }
}

/** What an operation is given that is called for a test without a request. */
export const contextOf = ({ region, world, now }: TestAws): Context => {
  return { region, global: world.global, now, ids: idsOf(world) }
}

const targets: Record<string, string> = {
  ecs: 'AmazonEC2ContainerServiceV20141113',
  ecr: 'AmazonEC2ContainerRegistry_V20150921',
  events: 'AWSEvents',
  logs: 'Logs_20140328',
  servicediscovery: 'Route53AutoNaming_v20170314',
  applicationautoscaling: 'AnyScaleFrontendService',
  secretsmanager: 'secretsmanager',
  ssm: 'AmazonSSM',
}
const versions: Record<string, string> = {
  iam: '2010-05-08',
  sns: '2010-03-31',
  sts: '2011-06-15',
  elbv2: '2015-12-01',
}

const authorization = (region: string, service: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`

function callJson(aws: LocalAws, region: string, service: string, operation: string, input: Unchecked): Unchecked {
  const { status, body } = aws.handle({
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${Object.hasOwn(targets, service) ? targets[service] : service}.${operation}`,
      authorization: authorization(region, service),
    },
    body: JSON.stringify(input),
  })
  if (status === 200) return JSON.parse(body)
  const { __type: code, message } = JSON.parse(body)
  throw new Refusal(code, message, status, body)
}

function callQuery(aws: LocalAws, region: string, service: string, operation: string, input: Unchecked): Unchecked {
  const { status, body } = aws.handle({
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: authorization(region, service === 'elbv2' ? 'elasticloadbalancing' : service),
    },
    body: `Action=${operation}&Version=${versions[service]}${formOf(input)}`,
  })
  const output = plainOf(body)
  if (status !== 200) {
    const { Code, Message } = output.ErrorResponse.Error
    throw new Refusal(Code, Message, status, body)
  }
  const result = output[`${operation}Response`][`${operation}Result`]
  return result === '' ? {} : result
}

function callRest(aws: LocalAws, region: string, service: string, operation: string, input: Unchecked): Unchecked {
  const request = restRequest(service, operation, input)
  const headers = { 'content-type': 'application/xml', authorization: authorization(region, service) }
  const { status, body } = aws.handle({ ...request, headers })
  const output = Object.values<Unchecked | ''>(plainOf(body, Object.keys(listNames(service))))[0] || {}
  if (status >= 300) throw new Refusal(output['Error'].Code, output['Error'].Message, status, body)
  return output
}

function callRestJson(aws: LocalAws, region: string, service: string, operation: string, input: Unchecked): Unchecked {
  const request = restJsonRequest(service, operation, input)
  const headers = { 'content-type': 'application/json', authorization: authorization(region, service) }
  const { status, body, headers: answered } = aws.handle({ ...request, headers })
  const output = JSON.parse(body)
  if (status >= 300) throw new Refusal(answered['x-amzn-ErrorType'] ?? '', output.Message, status, body)
  return output
}
