/** Reads the objects of S3 as text, and when S3 says that it is: the SDK answers with a stream and drops the date. */
import type { Readable } from 'node:stream'
import { lazy } from '../ground/lazy.ts'

const loadStream = (): typeof import('node:stream') => lazy('node:stream')

/** Adds it to the middleware of a client of S3. */
export function readObjects(stack: any): void {
  // The SDK's deserializer runs around this one. It takes streams alone, and the body is whole already (`httpHandler.ts`).
  stack.add(
    (next: any) => async (args: any) => {
      const result = await next(args)
      const { body } = result.response
      if (body instanceof Uint8Array) result.response.body = loadStream().Readable.from([body])
      return result
    },
    { step: 'deserialize', name: 'streamBody', priority: 'low' },
  )
  stack.add(
    (next: any) => async (args: any) => {
      const { output, response, ...result } = await next(args)
      const date = new Date(response.headers.date ?? '')
      const Body = output.Body && (await textOf(output.Body))
      const read = { ...(Body !== undefined && { Body }), ...(!Number.isNaN(date.getTime()) && { ServedAt: date }) }
      return { ...result, response, output: { ...output, ...read } }
    },
    { step: 'deserialize', name: 'readObject', priority: 'high' },
  )
}

async function textOf(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
