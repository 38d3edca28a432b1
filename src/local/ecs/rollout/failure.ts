/** Why a deployment fails, in the words of the states and the event that tell of it. */
export interface Failure {
  /** What found it: `ECS deployment circuit breaker`. */
  readonly by: string
  /** What the event says was wrong: `tasks failed to start.` */
  readonly what: string
  /** The second half of the service deployment's statusReason: `because the circuit breaker threshold was exceeded.` */
  readonly because: string
  /** Whether the last completed deployment takes over; otherwise everything stays as it is. */
  readonly rollback: boolean
  /** The part of the service deployment that shows it as TRIGGERED. */
  readonly monitor?: 'deploymentCircuitBreaker' | 'alarms'
}
