import type { Random } from './random.ts'

/** One thing that another person does. */
export interface OtherAct {
  readonly kind: (typeof kinds)[number] | (typeof answers)[number] | 'changeSchedule'
  /**
   * It is done just before the engine's call of this number, counted from the beginning; what answers a deployment just
   * before the first call from then on at which one waits for it.
   */
  readonly call: number
  /** Which of those there are, in [0, 1). */
  readonly which: number
}

const kinds = [
  'deploy',
  'deploy',
  'scale',
  'deleteService',
  'deregister',
  'changeTarget',
  'removeTarget',
  'stopTask',
] as const

/** What is done to a deployment that goes on: at a PAUSE hook, or wherever it is. */
export const answers = ['continue', 'reject', 'stopDeployment'] as const

export function otherActsOf(chance: Random): OtherAct[] {
  return Array.from({ length: chance.integer(1, 2) }, () => ({
    kind: chance.pick(kinds),
    call: chance.integer(1, chance.pick([15, 40, 90])),
    which: chance.next(),
  }))
}
