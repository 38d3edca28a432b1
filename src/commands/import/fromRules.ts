// Reads the rules whose targets start the tasks of a family.
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Aws } from '../../aws/aws.ts'
import type { EventTarget, RuleTarget } from '../../definition/definition.ts'
import { eventShapes, inputs } from '../../definition/shapes.ts'
import { inRulesOf } from '../../deploy/revisionReferences.ts'
import { familyOf } from '../../deploy/revisions.ts'
import { ordered } from './ordered.ts'
import { readIfAllowed } from './readIfAllowed.ts'

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
  const { found, warnings } = await readIfAllowed('Rules', 'events:ListEventBuses', () => readRules(aws, of))
  return { eventTargets: found, warnings }
}

function readRules(
  aws: Aws,
  { cluster, family }: { readonly cluster: string; readonly family: string },
): Promise<EventTarget[]> {
  return inRulesOf(aws, [cluster], async ({ Rule, EventBusName }) => {
    const { Targets = [] } = await aws.all('listTargetsByRule', { Rule, EventBusName })
    const ours = Targets.filter(({ EcsParameters }) => familyOf(EcsParameters?.TaskDefinitionArn ?? '') === family)
    const rule = { Rule, ...(EventBusName !== 'default' && { EventBusName }), Targets: ours.map(declaredTarget) }
    return ours.length > 0 ? [ordered(rule, inputs.eventTargets, eventShapes) as EventTarget] : []
  })
}

/** What a class has to say of a target: a deploy keeps what it does not say, and fills in the revision. */
function declaredTarget({ Id = '', Arn = '', RoleArn, EcsParameters }: Target): RuleTarget {
  const { TaskDefinitionArn, ...parameters } = EcsParameters ?? {}
  return { Id, Arn, ...(RoleArn !== undefined && { RoleArn }), EcsParameters: parameters }
}
