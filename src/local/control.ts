import type { Request } from './dialect.ts'
import { AwsFault } from './fault.ts'
import type { Wire } from './operation.ts'
import { parseJson } from './parseJson.ts'
import type { Provision } from './provision.ts'
import type { World } from './world.ts'

/** What of the local AWS is needed for it. */
interface Local {
  readonly world: World
  readonly provision: (wanted: Provision) => string[]
}

/** Whether a request is to the local AWS itself and not to an API of AWS. */
export const isControl = ({ path }: Request): boolean => path.startsWith('/_local/')

/**
 * What the local AWS can do that AWS cannot: `POST /_local/provision` (its body is a Provision),
 * `GET /_local/published?topic=ARN` and `GET /_local/world`.
 */
export function control({ method, path, body }: Request, local: Local): Wire {
  const { pathname, searchParams } = new URL(path, 'http://127.0.0.1')
  const asked = `${method} ${pathname}`
  if (asked === 'GET /_local/world') return local.world
  if (asked === 'GET /_local/published') return publishedTo(local, searchParams.get('topic') ?? '')
  if (asked === 'POST /_local/provision') return { made: local.provision(parsed(body)) }
  throw new AwsFault('UnknownOperationException', `The local AWS has no ${asked}.`, 404)
}

function publishedTo({ world }: Local, arn: string): Wire {
  const topic = Object.values(world.regions).find(({ topics }) => topics[arn])?.topics[arn]
  if (!topic) throw new AwsFault('NotFound', `There is no topic ${arn}.`, 404)
  return topic
}

function parsed(body: string): Wire {
  const wanted = parseJson(body)
  if (typeof wanted === 'object' && wanted !== null) return wanted
  throw new AwsFault('SerializationException', 'The body of the request is not a JSON object.')
}
