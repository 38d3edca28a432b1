import type { Invariant } from './seen.ts'
import { isWrite, serviceKey } from './touched.ts'

/** No bug, whatever happens. */
export const neverSeventy: Invariant = {
  name: 'exit 70: never',
  check: ({ exitCode, run }) => (exitCode === 70 ? [run.result?.problem?.stack ?? 'without a stack'] : []),
}

/** Exit 2 means that nothing was changed. */
export const exitTwo: Invariant = {
  name: 'exit 2: not one write was carried out',
  check({ exitCode, own }) {
    const writes = own.filter((one) => one.acted && isWrite(one))
    return exitCode === 2 ? writes.map(({ method }) => `${method} was carried out`) : []
  },
}

/** Exit 4 is only for those who did not want it put back, or stopped without a trace. */
export const exitFour: Invariant = {
  name: 'exit 4: timed out, and the policy leaves it going',
  check: ({ exitCode, run }) =>
    exitCode === 4 &&
    run.act.command !== 'wait' &&
    (run.act.onFailure === 'rollback' || run.result?.problem?.code !== 'TimedOut')
      ? [`with ${run.act.onFailure}: ${run.result?.problem?.code}`]
      : [],
}

/** Exit 5 means that another client has deployed one of the services. */
export const exitFive: Invariant = {
  name: 'exit 5: another deployment has taken over',
  check({ exitCode, scenario, theirs }) {
    const keys = scenario.definitions.flatMap(({ declared }) => (declared.updateServices ?? []).map(serviceKey))
    return exitCode === 5 && !keys.some((key) => theirs.services.has(key))
      ? ['nobody else has touched its services']
      : []
  },
}

/** A signal ends a run with its own code, and nothing else does. */
export const interrupted: Invariant = {
  name: 'exit 130 and 143: by the signal, and only by it',
  check({ exitCode, run }) {
    if (exitCode !== 130 && exitCode !== 143) return []
    if (!run.wasInterrupted) return ['nobody has interrupted it']
    const expected = run.act.interrupt?.signal === 'SIGINT' ? 130 : 143
    return exitCode === expected ? [] : [`${run.act.interrupt?.signal} gave ${exitCode}`]
  },
}

/** A dry run only reads. */
export const dryRun: Invariant = {
  name: 'a dry run sends no write',
  check: ({ run, own }) => (run.act.dryRun ? own.filter(isWrite).map(({ method }) => `${method} was sent`) : []),
}
