// Keeps web pages out. The local AWS lets every caller in, and a browser on this machine lets any page call it: under
// 127.0.0.1, or under a name of the page's own that its DNS server has turned to 127.0.0.1 (DNS rebinding).
import { AwsFault } from '../world/fault.ts'
import type { Answer, Request } from './dialect.ts'
import { json } from './dialects/json.ts'
import { understood } from './dispatch.ts'
import { printable } from './printable.ts'

/** Names that no DNS server may answer with another address, and the addresses of this machine alone. */
const loopback = /^(?:(?:[a-z0-9_-]+\.)*localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/**
 * The refusal of a request that a web page has made, or may have made; undefined for every other. SDKs, the AWS CLI and
 * curl send neither `Origin` nor `Sec-Fetch-Site`, which a page cannot leave out.
 */
export function refuseWebPage(request: Request): Answer | undefined {
  const problem = problemOf(request.headers)
  if (problem === undefined) return undefined
  const { dialect, call } = understood(request) ?? { dialect: json, call: undefined }
  return dialect.refuse(call, new AwsFault('AccessDeniedException', problem, 403), 'refused')
}

function problemOf({ host = '', origin, 'sec-fetch-site': site }: Request['headers']): string | undefined {
  if (!loopback.test(host)) {
    const name = host === '' ? 'has no Host header' : `is for ${printable(host)}`
    return `The local AWS only answers requests for localhost or 127.0.0.1; this one ${name}.`
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return `The local AWS does not answer web pages; this request comes from a page of ${printable(origin)}.`
  }
  if (site === 'cross-site' || site === 'same-site') {
    return 'The local AWS does not answer web pages; this request comes from a page of another site.'
  }
  return undefined
}
