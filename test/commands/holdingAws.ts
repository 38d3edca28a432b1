// A local AWS behind a server that holds calls back until a test releases them.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalAws } from '../../src/local/index.ts'
import { active, pointedAt } from './support.ts'

/** A call that AWS has not heard yet. */
interface Held {
  /** Lets AWS hear it. */
  readonly release: () => void
}

export interface HoldingAws {
  /** What points the program at it. */
  readonly env: Record<string, string>
  /** Holds the next call of an operation back, and resolves when it has come. */
  readonly hold: (operation: string) => Promise<Held>
  /** Calls it as another client. */
  readonly call: (operation: string, input: object) => void
  /** What each service and target points at, and the ACTIVE revisions of the family web. */
  readonly world: () => { readonly pointedAt: Record<string, string>; readonly active: readonly number[] }
  /** The operations it was asked for that change something, in their order. */
  readonly writes: readonly string[]
  readonly close: () => void
}

/** A local AWS in this process, with the service web and the rule nightly, behind a server that holds calls back. */
export async function holdingAws(): Promise<HoldingAws> {
  const aws = createLocalAws({ now: Date.now })
  aws.provision({
    services: [
      {
        cluster: 'my_cluster',
        service: 'web',
        taskDefinition: {
          family: 'web',
          containerDefinitions: [{ name: 'web', image: 'my_image:initial', memory: 512 }],
        },
      },
    ],
    rules: [{ name: 'nightly' }],
  })
  const wanted = new Map<string, (held: Held) => void>()
  const writes: string[] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const operation = headers['x-amz-target']?.split('.')[1] ?? ''
    const come = wanted.get(operation)
    wanted.delete(operation)
    if (come) await new Promise<void>((release) => come({ release }))
    if (!/^(Describe|List|Get|$)/.test(operation)) writes.push(operation)
    const { status, ...answered } = aws.handle({
      method: request.method ?? 'POST',
      path: request.url ?? '/',
      headers,
      body: Buffer.concat(chunks).toString(),
    })
    response.writeHead(status, answered.headers).end(answered.body)
  }

  // Who goes away in the middle of a request has asked for nothing.
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    hold: (operation) => new Promise((resolve) => wanted.set(operation, resolve)),
    call(operation, input) {
      const headers = { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}` }
      aws.handle({ method: 'POST', path: '/', headers, body: JSON.stringify(input) })
    },
    world() {
      const region = aws.world.regions['us-east-1']!
      return { pointedAt: pointedAt(region), active: active(region, 'web') }
    },
    writes,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
