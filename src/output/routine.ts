/** What of a service's own events tells a reader something that a bar does not. */

/** What every rollout of ECS reports, and the bar beside it shows. */
const routine = [
  /has (started|stopped) \d+ (running )?tasks?:/,
  /has begun draining connections/,
  /(de)?registered \d+ targets? in/,
  /has reached a steady state/,
  /deployment completed/,
]

/** A message of a service's own events without what its step's title says; undefined of what its bar shows as well. */
export function newsOf(message: string): string | undefined {
  return routine.some((one) => one.test(message)) ? undefined : message.replace(/^\(service [^)]*\) /, '')
}
