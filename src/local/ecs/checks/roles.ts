// The roles of a task definition and of a task that RunTask starts.

/** A role is told by its ARN or its name. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
const roleForm = /^(arn:aws[\w-]*:iam::\d{12}:role\/)?[\w+=,.@/-]{1,512}$/

/** Why these cannot be the roles of a task; absent and empty ones can, as other deploy tools send them. */
export function roleProblem(...roles: readonly (string | undefined)[]): string | undefined {
  return roles.every((role) => !role || roleForm.test(role)) ? undefined : 'Role is not valid'
}
