import type { ServiceUpdate } from '../../src/definition/definition.ts'
import type { Declaration } from './declarations.ts'
import type { Scenario } from './scenario.ts'
import { serviceKey } from './touched.ts'
import type { ServiceBefore } from './worldBefore.ts'

/** What is drawn so far, to which each further part may add. */
export type Drawn = Pick<Scenario, 'definitions' | 'before' | 'acts' | 'others'>

/** One service: as it is before, and what is declared of it; nothing where it is of somebody else. */
export interface Both {
  readonly was: ServiceBefore
  readonly declared: ServiceUpdate | undefined
}

/** The same with every service as `change` makes it, in the world before and where it is declared. */
export function withServices(drawn: Drawn, change: (of: Both) => Both): Drawn {
  const updates = drawn.definitions.flatMap(({ declared }) => declared.updateServices ?? [])
  const both = new Map(
    drawn.before.services.map((was) => {
      const declared = updates.find((update) => serviceKey(update) === serviceKey(was))
      return [serviceKey(was), change({ was, declared })] as const
    }),
  )
  return {
    ...drawn,
    definitions: drawn.definitions.map(({ name, declared }): Declaration => ({
      name,
      declared: {
        ...declared,
        updateServices: declared.updateServices?.map((update) => both.get(serviceKey(update))?.declared ?? update),
      },
    })),
    before: { ...drawn.before, services: [...both.values()].map(({ was }) => was) },
  }
}

/** A service without some of its members. */
export function without<T extends object>(from: T, ...members: string[]): T {
  return Object.fromEntries(Object.entries(from).filter(([member]) => !members.includes(member))) as T
}
