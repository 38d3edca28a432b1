/** Whether the trust policy of a role lets a service of AWS take it on. */
import { isPlain } from '../../ground/shown.ts'

/**
 * `document` is JSON, encoded as in a URL. Conditions are not looked at: they depend on who calls. A document that cannot be read
 * is trusted, since nothing is known against it.
 */
export function isTrusted(document: string | undefined, service: string): boolean {
  if (document === undefined) return true
  let policy: unknown
  try {
    policy = JSON.parse(document.startsWith('{') ? document : decodeURIComponent(document))
  } catch {
    return true
  }
  if (!isPlain(policy)) return true
  const statements = listOf(policy['Statement']).filter(isPlain)
  const those = statements.filter(({ Action, Principal }) => isAssuming(Action) && isFor(Principal, service))
  return those.some(({ Effect }) => Effect === 'Allow') && !those.some(isDenial)
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

const isAssuming = (action: unknown): boolean =>
  listOf(action).some((one) => typeof one === 'string' && /^(\*|sts:\*|sts:assumerole\*?)$/i.test(one))

function isFor(principal: unknown, service: string): boolean {
  if (principal === '*') return true
  return isPlain(principal) && listOf(principal['Service']).some((one) => one === service || one === '*')
}

/** One without a condition, which may not hold here. */
const isDenial = ({ Effect, Condition }: Record<string, unknown>): boolean =>
  Effect === 'Deny' && Condition === undefined
