/** What DescribeTaskDefinition answers and RegisterTaskDefinition does not take. */
const readOnly = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
])

/** The members of a task definition that can be registered; its tags, where it has them, as they are. */
export function withoutReadOnly(taskDefinition: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(taskDefinition).filter(([member]) => !readOnly.has(member)))
}

/** Tags that begin with `aws:` are set by AWS, as by CloudFormation, and by nobody else. */
export function isTagOfAws({ key = '' }: { readonly key?: string | undefined }): boolean {
  return /^aws:/i.test(key)
}
