/** The settings of an ECS service that stack files have keys for: a line here is most of what there is to a simple one. */
import type { CreateServiceCommandInput, Service } from '@aws-sdk/client-ecs'
import type { StackService } from './stack.ts'

/** What a change of a setting takes: UpdateService alone, UpdateService and a deployment, or another service. */
export type Change = 'in place' | 'deploys' | 'recreates'

interface Setting<Value> {
  /** Its key in the file. */
  readonly key: string
  readonly change: Change
  /** Whether one-off tasks have it, too. */
  readonly isOfTasks?: true
  /**
   * Of a simple setting, whose value is the same in the file, in the stack and in ECS: what CreateService takes where it is
   * not told. A service that has it is described without the key.
   */
  readonly usual?: Value
  /** Whether a file without the key means the usual value; otherwise the setting stays as it is. */
  readonly isFilledIn?: true
}

/** By the member of CreateService's input. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const serviceSettings = {
  networkConfiguration: { key: 'network', change: 'deploys', isOfTasks: true },
  loadBalancers: { key: 'elb', change: 'deploys' },
  serviceRegistries: { key: 'dns_discovery', change: 'deploys' },
  schedulingStrategy: { key: 'scheduling_strategy', change: 'recreates', usual: 'REPLICA', isFilledIn: true },
  deploymentConfiguration: { key: 'deployment_configuration', change: 'in place' },
  placementConstraints: { key: 'placement_constraints', change: 'in place', isOfTasks: true },
} as const satisfies { readonly [M in keyof CreateServiceCommandInput]?: Setting<CreateServiceCommandInput[M]> }

type Settings = typeof serviceSettings
export type SettingMember = keyof Settings
export type SettingKey = Settings[SettingMember]['key']

export const settingMembers = Object.keys(serviceSettings) as readonly SettingMember[]

/** The members whose row has these columns. */
type MembersWith<Columns> = { [M in keyof Settings]: Settings[M] extends Columns ? M : never }[SettingMember]
export type InPlaceMember = MembersWith<{ change: 'in place' }>
export type SimpleMember = MembersWith<{ usual: unknown }>
/** What a file without the key leaves as it is. */
export type OptionalMember = Exclude<SimpleMember, MembersWith<{ isFilledIn: true }>>

/** The simple settings as a stack has them; undefined: it stays as it is. */
export type SimpleSettings = Pick<StackService, SimpleMember>
type SimpleInput = Pick<CreateServiceCommandInput, SimpleMember>

interface Simple {
  readonly member: SimpleMember
  readonly key: SettingKey
  readonly usual: string | number | boolean
  readonly isFilledIn: boolean
}

export const simple: readonly Simple[] = Object.entries(serviceSettings).flatMap(([member, setting]) =>
  'usual' in setting
    ? [{ ...setting, member: member as SimpleMember, isFilledIn: 'isFilledIn' in setting && setting.isFilledIn }]
    : [],
)

/** Each simple setting as it is found, in a file or in ECS; undefined is filled in where a stack always says it. */
export function simpleSettings(find: (setting: Simple) => Simple['usual'] | undefined): SimpleSettings {
  return Object.fromEntries(
    simple.map((one) => [one.member, find(one) ?? (one.isFilledIn ? one.usual : undefined)]),
  ) as SimpleSettings
}

/** The simple settings by their keys in the file; undefined where the file need not say it. */
export function settingsByKey(settings: SimpleSettings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    simple.map(({ member, key, usual, isFilledIn }) => {
      const value = settings[member]
      return [key, isFilledIn && value === usual ? undefined : value]
    }),
  )
}

/** The simple settings as ECS takes them: those that are said. */
export function settingsAsInput(settings: SimpleInput): SimpleInput {
  return Object.fromEntries(
    simple.flatMap(({ member }) => (settings[member] === undefined ? [] : [[member, settings[member]]])),
  )
}

/** A setting as a service has it and as it is wanted, both to be shown, and what ECS is sent. */
export type Compared = readonly [is: unknown, wanted: unknown, sent: unknown]

/** The simple settings to compare; what nobody asks for is wanted as it is. */
export function comparedSettings(existing: Service, wanted: SimpleInput): Record<SimpleMember, Compared> {
  const entries = simple.map(({ member, usual }): [SimpleMember, Compared] => {
    const is = existing[member] ?? usual
    const asked = wanted[member] ?? is
    return [member, [is, asked, asked]]
  })
  return Object.fromEntries(entries) as Record<SimpleMember, Compared>
}
