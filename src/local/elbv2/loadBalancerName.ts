import { AwsFault } from '../world/fault.ts'

/** Refuses a name that AWS refuses; `what` is how its message begins: `Target group`, `The load balancer`. */
export function checkLoadBalancerName(what: string, name: string): void {
  const problem = problemWith(name)
  if (problem) throw new AwsFault('ValidationError', `${what} name '${name}' ${problem}`)
}

function problemWith(name: string): string | undefined {
  if (name.length > 32) return "cannot be longer than '32' characters"
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    return 'can only contain characters that are alphanumeric characters or hyphens(-)'
  }
  return /^-|-$/.test(name) ? "cannot begin or end with '-'" : undefined
}
