import { at, type Checked, textAt } from './checked.ts'
import type { Service } from './service.ts'
import type { Finding } from './written.ts'

/** A stack whose files have been merged and whose rules have yet to be looked at. Parts of it may be wrong, or missing. */
export interface Draft {
  readonly stack: Checked
  readonly services: readonly Service[]
}

/** What the kinds of values cannot say. What is of the wrong kind has been reported, so a rule passes it over. */
export type Rule = (draft: Draft) => Finding[]

/** A sentence about a value. */
export function about({ place, path }: Checked, sentence: string): Finding {
  return { place, sentence: `${path}: ${sentence}` }
}

export function isFargate({ checked }: Service): boolean {
  return textAt(checked, 'launch_type') === 'FARGATE'
}

/** Whether the tasks have a network interface of their own, so that a container's port is also the host's. */
export function hasOwnInterface(service: Service): boolean {
  return (
    isFargate(service) ||
    at(service.checked, 'dns_discovery') !== undefined ||
    at(service.checked, 'network') !== undefined
  )
}

export function isDaemon({ checked }: Service): boolean {
  return textAt(checked, 'scheduling_strategy') === 'DAEMON'
}
