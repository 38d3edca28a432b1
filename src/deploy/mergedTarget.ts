/** An event target as a deploy sends it: what is declared, over what is there. */
import type { Target } from '@aws-sdk/client-eventbridge'
import type { RuleTarget } from '../definition/definition.ts'
import { isPlain } from '../ground/shown.ts'

/** Members of which AWS takes only one. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
const alternatives = [
  ['Input', 'InputPath', 'InputTransformer'],
  ['LaunchType', 'CapacityProviderStrategy'],
]

/**
 * The declared target with every member that it does not declare as it is on the target of the same Id; inside
 * `EcsParameters` too, however deep. PutTargets replaces a target whole, so what is not sent would be gone. Another
 * service's target is replaced: its members say nothing of this one.
 */
export function mergedTarget(declared: RuleTarget, live: Target | undefined): RuleTarget {
  if (live === undefined || serviceOf(live.Arn) !== serviceOf(declared.Arn)) return declared
  const EcsParameters = over(live.EcsParameters, declared.EcsParameters)
  return { ...shallow(live, declared), ...(EcsParameters !== undefined && { EcsParameters }) } as RuleTarget
}

function over(live: unknown, declared: unknown): unknown {
  if (declared === undefined || !isPlain(live) || !isPlain(declared)) return declared ?? live
  const members = Object.entries(declared).map(([name, value]) => [name, over(live[name], value)])
  return shallow(live, Object.fromEntries(members))
}

/** The members of both, as declared where they are. */
function shallow(live: object, declared: object): object {
  const given = Object.entries(declared).filter(([, value]) => value !== undefined)
  const names = given.map(([name]) => name)
  const displaced = alternatives.filter((group) => group.some((name) => names.includes(name))).flat()
  const kept = Object.entries(live).filter(([name]) => !displaced.includes(name))
  return Object.fromEntries([...kept, ...given])
}

/** `ecs` of `arn:aws:ecs:…`. */
function serviceOf(arn: string | undefined): string | undefined {
  return arn?.split(':')[2]
}
