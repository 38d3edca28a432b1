// Locks in a local AWS: what is in their objects, and what a test does to the requests of S3.
import type { Declared } from '../../../src/definition/definition.ts'
import { web } from '../declared.ts'
import { connectionReset } from '../../sdkInProcess.ts'
import type { Answer, Request } from '../../../src/local/wire/dialect.ts'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import type { Clock } from '../../../src/ground/clock.ts'
import { type LockRecord, parseRecord } from '../../../src/deploy/lock/record.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { stage } from '../support.ts'
import { settingsInProcess } from '../../sdkInProcess.ts'

export const lock = 's3://locks/shop'
export const key = 'shop/us-east-1/services/my_cluster/web.json'

export const locked = (more: Partial<Declared> = {}): Declared => web({ runTasks: [], eventTargets: [], lock, ...more })

/** What a test does with a request: an answer in place of S3's, `'lost'` after it was carried out, `'cut'` before. */
export type OfS3 = (request: {
  readonly method: string
  readonly path: string
  readonly body: string
}) =>
  | { readonly status: number; readonly code: string; readonly headers?: Record<string, string> }
  | 'lost'
  | 'cut'
  | undefined
  | void

/** A staged definition, whose requests to S3 a test can meddle with. */
export function staged(declared: Declared | readonly Declared[] = locked(), meddle: OfS3 = () => undefined) {
  const of = stage(declared)
  const { aws, clock } = of
  const ofS3 = (operation: string, input: Unchecked): Unchecked =>
    aws.perform({ service: 's3', operation, input: () => ({ Bucket: 'locks', Key: key, ...input }) })

  /** The requests of S3 as S3 answers them, all others as before. */
  const settings = settingsInProcess((request) => {
    if (!isOfS3(request)) return answered(request)
    clock.touch()
    const done = meddle(request)
    if (done === 'cut') throw connectionReset()
    if (typeof done === 'object') return refusal(done)
    const answer = answered(request)
    if (done === 'lost') throw connectionReset()
    return answer
  })
  const answered = (request: Request): Answer => {
    clock.touch()
    const one = { ...request }
    of.sent.push({
      operation: request.headers['x-amz-target']?.split('.')[1] ?? `${request.method} ${request.path.split('?')[0]}`,
      input: parsed(request.body),
      at: clock.now(),
    })
    return aws.handle(one)
  }
  return {
    ...of,
    transport: sdkTransport(settings, { clock }),
    /** The clock for another run: with numbers of its own. */
    clockOf: (seed: number): Clock => ({ ...clock, random: numbers(seed) }),
    /** What is in the object now. */
    record: (): LockRecord | undefined => parseRecord(aws.world.global.s3Buckets['locks']?.objects[key]?.body ?? ''),
    put: (record: Partial<LockRecord>): Unchecked =>
      ofS3('PutObject', { Body: JSON.stringify({ ...others, ...record }) }),
    putText: (Body: string): Unchecked => ofS3('PutObject', { Body }),
    remove: (): Unchecked => ofS3('DeleteObject', {}),
  }
}

/** Loads the SDK, which takes time that a clock turned by hand would take for a wait. */
export async function warm(): Promise<void> {
  const { transport } = staged()
  await transport('getObject', { Bucket: 'locks', Key: 'none' }, undefined).catch(() => undefined)
  await transport('listTaskDefinitions', {}, undefined)
  await transport('getCallerIdentity', {}, undefined)
}

/** The lock of somebody else. */
export const others: LockRecord = {
  version: 1,
  id: 'another',
  holder: 'bob@desk',
  run: 'https://ci.example.com/runs/7',
  command: 'deploy v9',
  since: '2026-01-01T00:00:00.000Z',
  until: '2026-01-01T00:01:00.000Z',
  ttlSeconds: 60,
  renewals: 0,
}

const isOfS3 = ({ headers }: Request): boolean => /\/s3\/aws4_request/.test(headers['authorization'] ?? '')

function refusal({
  status,
  code,
  headers = {},
}: {
  status: number
  code: string
  headers?: Record<string, string>
}): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}, says S3.</Message></Error>`
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body }
}

/** Numbers in [0, 1) that another seed does not give. */
function numbers(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => ((state = (state * 1_103_515_245 + 12_345) % 2_147_483_648), state / 2_147_483_648)
}

function parsed(text: string): Unchecked {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** Whether a request changes what is deployed. */
export const isWrite = ({ operation }: { readonly operation: string }): boolean =>
  !/^(BatchGet|Describe|List|Get|POST)|^(GET|PUT) \/locks/.test(operation)

/** How a run ends that changed nothing. */
export const refused = { exitCode: 2, outcome: 'refused', left: [] }

/** The calls of a run that change what is deployed. */
export const changes = (requests: readonly { readonly operation: string }[]): string[] =>
  requests.map(({ operation }) => operation).filter((one) => /^(Register|Deregister|Update|Run|Put|Remove)/.test(one))
