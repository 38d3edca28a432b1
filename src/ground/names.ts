// Names in ARNs, and the keys that services and rules go by.
/** A rule's key in the world: its bus and its name. */
export function ruleKey(rule: { Rule?: string | undefined; EventBusName?: string | undefined }): string {
  return `${rule.EventBusName ?? 'default'}/${rule.Rule}`
}

/** A service's key in the world: its cluster and its name. */
export function serviceKey(service: { cluster?: string | undefined; service?: string | undefined }): string {
  return `${nameOf(service.cluster ?? 'default')}/${nameOf(service.service ?? '')}`
}

/** The name at the end of an ARN, or the name itself. */
export function nameOf(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf('/') + 1)
}
