/** What a step is about, as data. Use it to group, name or count steps, never their ids. */
export type Subject =
  | { readonly type: 'service'; readonly cluster: string; readonly service: string }
  | { readonly type: 'task'; readonly cluster: string; readonly family: string }
  | { readonly type: 'family'; readonly family: string }
  /** `web:7`, or `the new revision of web` before there is one. */
  | { readonly type: 'revision'; readonly revision: string }
  | { readonly type: 'rule'; readonly bus: string; readonly rule: string; readonly targets: readonly string[] }
  | { readonly type: 'schedule'; readonly group: string; readonly name: string }
  | { readonly type: 'record'; readonly zone: string; readonly name: string }
  | { readonly type: 'group'; readonly group: string }
  /** EC2 instances by id. */
  | { readonly type: 'instances'; readonly group: string; readonly instances: readonly string[] }
  | {
      readonly type: 'loadBalancer' | 'targetGroup' | 'namespace' | 'discoveryService' | 'scheduleGroup'
      readonly name: string
    }
  /** `name` is `my_cluster/web`. */
  | { readonly type: 'scalableTarget'; readonly name: string }
  /** `name` is that of its load balancer. */
  | { readonly type: 'listener'; readonly name: string }
  /** Any tagged resource; `name` is for people. */
  | { readonly type: 'tagged'; readonly name: string }

/** A subject of one type. */
export type SubjectOf<T extends Subject['type']> = Subject & { readonly type: T }

/** A subject in a word or two: `my_cluster/web`, `default/nightly report`, `web:7`. */
export function shownSubject(subject: Subject): string {
  switch (subject.type) {
    case 'service':
      return `${subject.cluster}/${subject.service}`
    case 'task':
    case 'family':
      return subject.family
    case 'revision':
      return subject.revision
    case 'rule':
      return `${subject.bus}/${subject.rule} ${subject.targets.join(',')}`
    case 'schedule':
      return `${subject.group}/${subject.name}`
    case 'group':
      return subject.group
    case 'instances':
      return subject.instances.join(', ')
    default:
      return subject.name
  }
}
