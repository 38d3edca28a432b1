/** Instances that somebody else has terminated: that they go was the aim. */
import { refusalOf } from '../aws/retry.ts'

/** Why nothing is to be done with an instance, or several, that are gone. */
export const gone = 'gone already'

/** Whether ECS or EC2 has refused a call because an instance is no longer there. */
export function isGone(error: unknown): boolean {
  return ['TargetNotFoundException', 'InvalidInstanceID.NotFound'].includes(refusalOf(error).name)
}

/** For a call about one instance, which needs no answer if that is gone. */
export function unlessGone(error: unknown): undefined {
  if (!isGone(error)) throw error
}
