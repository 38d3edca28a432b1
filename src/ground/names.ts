// Names in ARNs, and the keys that services and rules go by.
/** A rule's key in the world: its bus and its name. */
export function ruleKey(rule: { Rule?: string | undefined; EventBusName?: string | undefined }): string {
  return `${rule.EventBusName ?? 'default'}/${rule.Rule}`
}

/** A schedule's key in the world: its group and its name. */
export function scheduleKey(schedule: { Name?: string | undefined; GroupName?: string | undefined }): string {
  return `${schedule.GroupName ?? 'default'}/${schedule.Name}`
}

/** A service's key in the world: its cluster and its name. */
export function serviceKey(service: { cluster?: string | undefined; service?: string | undefined }): string {
  return `${nameOf(service.cluster ?? 'default')}/${nameOf(service.service ?? '')}`
}

/** The cluster in the long ARN of a service, `prod` of `arn:…:service/prod/web`; undefined in a short one and in a name. */
export function clusterOfService(arnOrName: string): string | undefined {
  return /^arn:[^/]*:service\/([^/]+)\/[^/]+$/.exec(arnOrName)?.[1]
}

/** The name at the end of an ARN, or the name itself. */
export function nameOf(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf('/') + 1)
}

/** `my-targets` of `arn:…:targetgroup/my-targets/73e2d6bc24d8a067`. */
export function nameOfTargetGroup(targetGroupArn: string): string {
  return targetGroupArn.split('/')[1] ?? targetGroupArn
}

/** A revision with the tags of its images: `web:7 (v1.2.3)`. */
export function shownRevision(of: { readonly revision: string | undefined; readonly tags: readonly string[] }): string {
  const { revision = 'nothing', tags } = of
  return tags.length > 0 ? `${revision} (${tags.join(', ')})` : revision
}

/** So many are named one by one. */
const mostNames = 5

/** `Web`, `Web and Worker`, `Web, Worker and Cron`; of many: `Web, Worker and 48 more`. */
export function namesInWords(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  if (names.length === 2) return names.join(' and ')
  const last = names.length === 3 ? names[2] : `${names.length - 2} more`
  return `${names.slice(0, 2).join(', ')} and ${last}`
}

/** `Web, Worker`; of many how many there are, and two of them: `50 classes: Web, Worker, … and 48 more`. */
export function shownNames(names: readonly string[], what = 'classes'): string {
  if (names.length <= mostNames) return names.join(', ')
  return `${names.length} ${what}: ${names.slice(0, 2).join(', ')}, … and ${names.length - 2} more`
}

/** `a, b and c`: all of them. */
export function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' and ')
}
