// The roles that a service or a one-off task hands to ECS itself: of target groups, hooks, volumes, certificates.

/** Each `roleArn`, however deep in the input of CreateService, UpdateService or RunTask. */
export function infrastructureRoles(input: unknown): string[] {
  if (Array.isArray(input)) return input.flatMap(infrastructureRoles)
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([name, value]: [string, unknown]) =>
    name === 'roleArn' && typeof value === 'string' ? value : infrastructureRoles(value),
  )
}
