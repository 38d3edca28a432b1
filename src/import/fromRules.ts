// Reads the rules whose targets start the tasks of a family.
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Aws } from '../aws/aws.ts'
import type { EventTarget, RuleTarget } from '../definition/definition.ts'
import { eventShapes, inputs } from '../definition/shapes.ts'
import { familyOf } from '../deploy/revisions.ts'
import { ordered } from './ordered.ts'
import { unlessDenied } from './unlessDenied.ts'

/** What was found, and a sentence on what could not be read. */
interface FromRules {
  readonly eventTargets: readonly EventTarget[]
  readonly warnings: readonly string[]
}

/** The targets in this cluster that start a family, in rules of any event bus of the region. */
export async function eventTargetsOf(
  aws: Aws,
  of: { readonly cluster: string; readonly family: string },
): Promise<FromRules> {
  const { found, warnings } = await unlessDenied('Rules', 'events:ListEventBuses', () => readRules(aws, of))
  return { eventTargets: found, warnings }
}

async function readRules(
  aws: Aws,
  { cluster, family }: { readonly cluster: string; readonly family: string },
): Promise<EventTarget[]> {
  const { EventBuses = [] } = await aws.all('listEventBuses', {})
  const ofBuses = await Promise.all(
    EventBuses.map(async ({ Name: EventBusName = 'default' }) => {
      const { RuleNames = [] } = await aws.all('listRuleNamesByTarget', { EventBusName, TargetArn: cluster })
      return RuleNames.map((Rule) => ({ Rule, EventBusName }))
    }),
  )
  const read = await Promise.all(
    ofBuses.flat().map(async ({ Rule, EventBusName }) => {
      const { Targets = [] } = await aws.all('listTargetsByRule', { Rule, EventBusName })
      const ours = Targets.filter(({ EcsParameters }) => familyOf(EcsParameters?.TaskDefinitionArn ?? '') === family)
      const rule = { Rule, ...(EventBusName !== 'default' && { EventBusName }), Targets: ours.map(declaredTarget) }
      return ours.length > 0 ? [ordered(rule, inputs.eventTargets, eventShapes) as EventTarget] : []
    }),
  )
  return read.flat()
}

/** What a class has to say of a target: a deploy keeps what it does not say, and fills in the revision. */
function declaredTarget({ Id = '', Arn = '', RoleArn, EcsParameters }: Target): RuleTarget {
  const { TaskDefinitionArn, ...parameters } = EcsParameters ?? {}
  return { Id, Arn, ...(RoleArn !== undefined && { RoleArn }), EcsParameters: parameters }
}
