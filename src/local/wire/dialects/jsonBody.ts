// The body of a request in one of the JSON protocols.
import { AwsFault } from '../../world/fault.ts'
import type { Unchecked } from '../../world/operation.ts'
import { parseObject } from '../../world/parseJson.ts'

/** The JSON object that a body holds; an empty body is one without members. */
export function jsonBody(body: string): Unchecked {
  const input = parseObject(body === '' ? '{}' : body)
  if (input) return input
  throw new AwsFault('SerializationException', 'The body of the request is not a JSON object.')
}
