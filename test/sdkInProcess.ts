/** The SDK as deploys use it, with a function in this process that answers its requests instead of a socket. */
import { Readable } from 'node:stream'
import type { AwsSettings } from '../src/aws/awsSettings.ts'
import { sdkTransport } from '../src/aws/sdk.ts'
import type { Transport } from '../src/aws/aws.ts'
import type { Answer, Request } from '../src/local/wire/dialect.ts'
import type { Unchecked } from '../src/local/world/wire.ts'

/** A request as the SDK hands it to its `requestHandler`. */
interface SdkRequest {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** What the SDK, or `updateService` and the like, needs to send its requests to `answer`. Of one that stalls half arrives. */
export function settingsInProcess(answer: (request: Request) => Answer & { readonly stalls?: boolean }): AwsSettings {
  return {
    region: 'us-east-1',
    endpoint: 'http://localhost',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      async handle(request: SdkRequest) {
        const { status, headers, body, stream, stalls = false } = answer(plain(request))
        if (stream) return { response: { statusCode: status, headers, body: Readable.from(looks(stream)) } }
        const whole = Buffer.from(body)
        const sent = stalls ? stalling(whole.subarray(0, whole.length / 2)) : whole
        return { response: { statusCode: status, headers, body: sent } }
      },
    },
  }
}

export const transportInProcess = (answer: (request: Request) => Answer): Transport =>
  sdkTransport(settingsInProcess(answer))

/** `DescribeServices` and its input, flat where it is a form; of Route 53 `GET /2013-04-01/hostedzone` and none. */
export function callIn({ method, path, headers, body }: Request): {
  readonly operation: string
  readonly input: Unchecked
} {
  const target = headers['x-amz-target']?.split('.')[1]
  if (target !== undefined) return { operation: target, input: JSON.parse(body) }
  const [, group] = /^\/schedule-groups\/([^?]+)/.exec(path) ?? []
  if (group !== undefined) {
    const verb = { GET: 'Get', POST: 'Create', DELETE: 'Delete' }[method]
    const input = { Name: decodeURIComponent(group), ...(body && JSON.parse(body)) }
    return { operation: `${verb}ScheduleGroup`, input }
  }
  const ofSchedules = /^\/schedules(?:\/([^?]+))?(?:\?(.*))?$/.exec(path)
  if (ofSchedules) {
    const [, Name, search] = ofSchedules
    const { groupName: GroupName, ...query } = Object.fromEntries(new URLSearchParams(search))
    const verb = { GET: Name === undefined ? 'List' : 'Get', PUT: 'Update', POST: 'Create', DELETE: 'Delete' }[method]
    const members = { ...(Name !== undefined && { Name: decodeURIComponent(Name) }), ...(GroupName && { GroupName }) }
    const operation = Name === undefined ? `${verb}Schedules` : `${verb}Schedule`
    return { operation, input: { ...members, ...query, ...(body && JSON.parse(body)) } }
  }
  const input = Object.fromEntries(new URLSearchParams(body))
  return { operation: input['Action'] ?? `${method} ${path.split('?')[0]}`, input }
}

/** An answer of AWS to a request in JSON. */
export const jsonAnswer = (status: number, body: Unchecked): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
})

/** What Node throws when a connection is cut. */
export const connectionReset = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })

function plain({ method, path, query = {}, headers, body = '' }: SdkRequest): Request {
  const search = new URLSearchParams(query).toString()
  return {
    method,
    path: search ? `${path}?${search}` : path,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: typeof body === 'string' ? body : new TextDecoder().decode(body),
  }
}

/** What an answer goes on with, a look for each time that somebody reads. */
function* looks(stream: () => Uint8Array): Generator<Uint8Array> {
  for (;;) yield stream()
}

/** A body of which nothing more comes. */
function stalling(half: Uint8Array): Readable {
  const body = new Readable({ read() {} })
  body.push(half)
  return body
}
