/** Stands where AWS would: an HTTP server that answers each call of a deploy after the same time, and counts. */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Beginning, type StandInState, standInState } from './standInState.ts'

/** Milliseconds, about what ECS takes. */
const latency = 30

export interface StandIn {
  readonly url: string
  /** Begins anew, with no call counted. */
  readonly begin: (beginning: Beginning) => void
  readonly state: () => StandInState
  /** The operations that were called since, in the order in which they came; those of STS are not AWS's work on a deploy. */
  readonly calls: () => readonly string[]
  /** Milliseconds in which at least one call was open. */
  readonly wire: () => number
  /** Is called when the next request has come. */
  onRequest: () => void
  readonly close: () => void
}

export async function startStandIn(): Promise<StandIn> {
  let state: StandInState
  let calls: string[] = []
  let wire = 0
  let open = 0
  let since = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    standIn.onRequest()
    const begun = performance.now()
    if (open++ === 0) since = begun
    try {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const operation = request.url?.startsWith('/schedules')
        ? 'ListSchedules'
        : String(request.headers['x-amz-target'] ?? '').split('.')[1]
      const answered =
        operation === undefined
          ? callerIdentity
          : answerOf(operation, JSON.parse(Buffer.concat(chunks).toString() || '{}'))
      await sleep(latency - (performance.now() - begun))
      response.writeHead(answered.status, { 'content-type': answered.type }).end(answered.body)
    } finally {
      if (--open === 0) wire += performance.now() - since
    }
  }

  function answerOf(operation: string, input: object): Answer {
    calls.push(operation)
    const output = state.answer(operation, input)
    if (output) return { status: 200, type: json, body: JSON.stringify(output) }
    const message = `The stand-in knows no ${operation}.`
    return { status: 400, type: json, body: JSON.stringify({ __type: 'UnknownOperationException', message }) }
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const standIn: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    begin(beginning) {
      state = standInState(beginning)
      calls = []
      wire = 0
    },
    state: () => state,
    calls: () => calls,
    wire: () => wire,
    onRequest: () => {},
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return standIn
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

const json = 'application/x-amz-json-1.1'

const callerIdentity: Answer = {
  status: 200,
  type: 'text/xml',
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/bench</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
}
