// The door of the local AWS, `ecs-task/local`: a server with a clock, and a file for its state.
import { policyProblems } from './iam/policyProblems.ts'
import { createLocalAws } from './localAws.ts'
import type { LocalAws } from './localAws.ts'
import { startServer } from './wire/server.ts'
import { openState } from './world/state.ts'
import type { World } from './world/world.ts'

export { AwsFault } from './world/fault.ts'
/** @internal */
export { policyProblems } from './iam/policyProblems.ts'
export { createLocalAws } from './localAws.ts'
export type { LocalAws, LocalAwsOptions } from './localAws.ts'
export type { Answer, Request } from './wire/dialect.ts'
export type { Provision } from './provisioning/provision.ts'
export type { World } from './world/world.ts'

export interface RunningLocalAws {
  /** `http://127.0.0.1:4570`, for AWS_ENDPOINT_URL. */
  readonly url: string
  /** The time of its clock in epoch milliseconds. */
  readonly now: () => number
  readonly world: World
  readonly provision: LocalAws['provision']
  /** Closes the port, saves the state and releases its file. Resolves with whether the file has all changes. */
  readonly close: () => Promise<boolean>
}

/** Eleven days in a second: whatever happens in them happens before the next answer. */
const fastest = 1_000_000

/**
 * Starts a local AWS on 127.0.0.1.
 *
 * `port` is 0 by default: any free one. Its clock runs at `speed` times real time (1 by default), from now on, or from where
 * the saved state stopped if that is later. With `state`, the name of a file, the state outlives the process. `warn` receives
 * one line for each feature that the local AWS lacks. With `policy`, the JSON of an IAM policy, every call is denied that it does
 * not allow. Rejects with an Error if the port or the file is in use, if the file contains something else, for a policy that is
 * malformed, and for a speed that is not above 0 and at most 1,000,000.
 */
export async function startLocalAws(
  options: { port?: number; speed?: number; state?: string; policy?: string; warn?: (line: string) => void } = {},
): Promise<RunningLocalAws> {
  const { port = 0, speed = 1, policy, warn } = options
  if (!(speed > 0 && speed <= fastest)) {
    throw new Error(`The speed of a clock is a number above 0, up to ${fastest}, not ${speed}.`)
  }
  const problems = policy === undefined ? [] : policyProblems(policy)
  if (problems.length > 0) throw new Error(`The policy is malformed. ${problems.join(' ')}`)
  const state = options.state === undefined ? undefined : openState(options.state)
  // A machine whose clock is set back while it runs must not stop the world until then.
  const began = performance.now()
  const start = Math.max(Date.now(), state?.world?.now ?? 0)
  const now = (): number => start + Math.floor((performance.now() - began) * speed)
  let told: string | undefined
  let isLost = false
  /** A full disk must not break answers, nor the end of whoever uses this: the world goes on in memory. */
  const save = (world: World): void => {
    try {
      state?.save(world)
      told = undefined
      isLost = false
    } catch (error) {
      isLost = true
      const text = `The local AWS cannot save its state to ${options.state}: ${(error as Error).message}`
      if (text !== told) warn?.(text)
      told = text
    }
  }
  try {
    const local = createLocalAws({ now, policy, ...(state && { world: state.world, save }), ...(warn && { warn }) })
    const { url, close } = await startServer(local, { port })
    return {
      url,
      now,
      world: local.world,
      provision: local.provision,
      close: async () => {
        await close()
        // Where only the clock has gone on since, nothing is lost without it.
        const wasLost = isLost
        save(local.world)
        state?.release()
        return !(wasLost && isLost)
      },
    }
  } catch (error) {
    state?.release()
    throw error
  }
}
