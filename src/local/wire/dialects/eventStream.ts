// The event streams of AWS: answers that go on, message by message.
import { crc32 } from 'node:zlib'
import type { Output } from '../../world/operation.ts'
import type { Answer } from '../dialect.ts'

/** What a stream tells of: `sessionUpdate`, and the event as plain JSON. */
export interface StreamedEvent {
  readonly type: string
  readonly event: object
}

/** How the answer to an output goes on that has a `responseStream`, and nothing for any other output. */
export function eventStream({ responseStream, ...initial }: Output, requestId: string): Partial<Answer> {
  if (typeof responseStream !== 'function') return {}
  const headers = { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-RequestId': requestId }
  let first = [message('initial-response', initial)]
  const stream = (): Uint8Array => {
    const events: StreamedEvent[] = responseStream()
    const messages = [...first, ...events.map(({ type, event }) => message(type, event))]
    first = []
    return Buffer.concat(messages)
  }
  return { headers, body: '', stream }
}

/** A message of the encoding `vnd.amazon.eventstream`: https://smithy.io/2.0/aws/amazon-eventstream.html */
function message(type: string, event: object): Buffer {
  const payload = Buffer.from(JSON.stringify(event))
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ])
  const prelude = Buffer.concat([uint32(headers.length + payload.length + 16), uint32(headers.length)])
  const checked = Buffer.concat([prelude, uint32(crc32(prelude)), headers, payload])
  return Buffer.concat([checked, uint32(crc32(checked))])
}

/** The type of a text among the types of headers. */
const text = 7

function header(name: string, value: string): Buffer {
  const [key, content] = [Buffer.from(name), Buffer.from(value)]
  return Buffer.concat([Buffer.from([key.length]), key, Buffer.from([text, 0, content.length]), content])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
