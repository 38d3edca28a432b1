import type { Context, Wire } from '../../world/operation.ts'
import type { Rollout } from '../../world/world.ts'

/**
 * Brings a deployment into another rollout state. AWS shows it for rolling updates only: one that goes through lifecycle
 * stages has no rolloutState. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
export function setRolloutState(
  context: Context,
  deployment: Wire,
  rollout: Rollout,
  to: { state: Rollout['state']; reason: string },
): void {
  rollout.state = to.state
  deployment.updatedAt = context.now / 1000
  if (deployment.rolloutState === undefined) return
  Object.assign(deployment, { rolloutState: to.state, rolloutStateReason: to.reason })
}
