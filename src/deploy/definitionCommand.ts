// The commands of a class: what each needs to know, and how it is planned.
import type { Aws } from '../aws/aws.ts'
import { type ExecutionContext, type Result, executePlan } from '../engine/executePlan.ts'
import type { DeployHooks } from './hooks/deployHooks.ts'
import { hooksOf } from './hooks/hooksOf.ts'
import { observe } from './observe.ts'
import { deployHandlers } from './stepHandlers.ts'
import { checkDigest } from '../definition/image.ts'
import { checkImageTag, fillImageTag } from '../definition/placeholder.ts'
import type { Definition } from '../definition/definition.ts'
import { lockGuard } from './lock/lockGuard.ts'
import { toLock } from './lock/places.ts'
import type { Plan } from '../engine/plan.ts'
import { readCompared } from './differences/readCompared.ts'
import { withDifferences } from './differences/withDifferences.ts'
import { planDeploy, registeredAs } from './planDeploy.ts'
import { whenIdle } from './ongoing/whenIdle.ts'
import { recordedPlan } from './registration/recordedPlan.ts'
import { planContinue, planWait } from './planFollow.ts'
import { planRollback } from './planRollback.ts'
import { type ImagesQuestion, readImages } from './readImages.ts'
import { readShownRevisions } from './readShownRevisions.ts'
import { type World, madeFrom } from './world.ts'
import { serviceKey } from '../ground/names.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'

export type { Result } from '../engine/executePlan.ts'

/** What to do with the definitions. `wait` follows the services until their deployments have completed. */
export type DefinitionCommand =
  | {
      readonly command: 'deploy'
      readonly tag: string
      readonly wait: boolean
      /** Register nothing that is registered already, and leave services alone that run it. */
      readonly skipUnchanged: boolean
      /** Go on with the other classes where one fails. */
      readonly keepGoing?: boolean | undefined
    }
  | {
      readonly command: 'rollback'
      /** A revision's number or an image tag; undefined: the revision that was last deployed successfully. */
      readonly to: string | undefined
      readonly wait: boolean
      readonly keepGoing?: boolean | undefined
    }
  | { readonly command: 'wait' }
  | {
      readonly command: 'continue'
      readonly wait: boolean
      /** Roll the paused deployments back in place of letting them go on. */
      readonly reject: boolean
    }

/**
 * Observes, plans, and executes the plan. It never throws: a refusal is a result too. `sources` are what the definitions were read
 * from, in their order: a deploy calls the methods there.
 */
export function executeDefinitionCommand(
  asked: DefinitionCommand,
  definitions: readonly Definition[],
  { sources = [], ...settings }: Settings & { readonly sources?: readonly DeployHooks[] },
): Promise<Result> {
  const context = withDefaults(settings)
  const classes = definitions.map((definition, index) => ({ definition, source: sources[index] ?? {} }))
  const { until, local } = context
  const hooks = asked.command === 'deploy' && hooksOf(classes, { ...asked, until, local: local !== undefined })
  const command = asked.command === 'continue' && asked.reject ? 'reject' : asked.command
  const tagged = asked.command === 'deploy' && { tag: asked.tag }
  const words = asked.command === 'deploy' ? `deploy ${asked.tag}` : command
  // What only looks locks nothing.
  const guard =
    asked.command === 'wait' ? undefined : lockGuard(toLock(definitions, context.lock, context.leftOut), words, context)
  return executePlan(
    { ...context, ...(hooks && { hooks }), handlers: deployHandlers, command, ...tagged, definitions, guard },
    async (aws, emit, over) => {
      const tell = (text: string): void => emit({ type: 'warning.raised', text })
      const { plan: made, world } = await planned(aws, asked, definitions, { ...context, tell })
      const plan = recordedPlan(made, context.record)
      return world ? shownPlan(aws, plan, world, { ...context, over }) : plan
    },
  )
}

/**
 * The plan as it is shown: a dry run, and a run with a report, says what each step changes; the closing lines of any other name images, which are read
 * beside the run until it is `over`.
 */
export async function shownPlan(
  aws: Aws,
  made: Plan,
  world: World,
  {
    dryRun,
    compares,
    approval,
    signal,
    over,
  }: Pick<ExecutionContext, 'dryRun' | 'compares' | 'approval' | 'signal'> & { readonly over: AbortSignal },
): Promise<Plan> {
  const plan = approval ? { ...made, madeFrom: madeFrom(world) } : made
  const compared = (): Promise<Plan> =>
    readCompared(aws, plan, world, { isNeeded: false, signal }).then((found) => withDifferences(plan, world, found))
  if (dryRun) return compared()
  // A report must not keep a run from what it does without one.
  const shown = compares ? await compared().catch(() => undefined) : undefined
  if (shown) return shown
  void readShownRevisions(aws, plan, world, over)
  return plan
}

/** A plan, and what is known of AWS where services are to move to other revisions. */
interface Planned {
  readonly plan: Plan
  readonly world?: World
}

type PlanningContext = Parameters<typeof whenIdle>[2] & Pick<ExecutionContext, 'approval'>

async function planned(
  aws: Aws,
  asked: DefinitionCommand,
  definitions: readonly Definition[],
  context: PlanningContext,
): Promise<Planned> {
  const { clock, signal, dryRun, approval } = context
  switch (asked.command) {
    case 'deploy': {
      const { tag, skipUnchanged } = asked
      checkImageTag(tag)
      checkDigest(definitions, tag)
      const uses = dryRun || approval !== undefined
      const wanted = { uses, registered: skipUnchanged, history: 'wayBack' as const, signal }
      const { world, stops } = await whenIdle(aws, () => observe(aws, definitions, wanted), context)
      const options = { ...asked, stops }
      if (!skipUnchanged) return { plan: planDeploy(definitions, tag, world, options), world }
      const images = await readImages({ aws, clock, signal }, staying(definitions, tag, world))
      return { plan: planDeploy(definitions, tag, { ...world, images }, options), world }
    }
    case 'rollback': {
      const isNamed = asked.to !== undefined
      const history = isNamed ? 'wayBack' : 'goal'
      const ongoing = isNamed ? 'rollback --to' : 'rollback'
      const world = await observe(aws, definitions, { registered: isNamed, history, ongoing, signal })
      return { plan: planRollback(definitions, world, asked), world }
    }
    case 'wait':
      await observe(aws, definitions, { signal })
      return { plan: planWait(definitions) }
    case 'continue':
      return {
        plan: planContinue(definitions, await observe(aws, definitions, { ongoing: 'continue', signal }), asked),
      }
  }
}

/** The services that run already what would be registered for a tag. */
export function staying(definitions: readonly Definition[], tag: string, world: World): ImagesQuestion[] {
  return definitions.flatMap(({ taskDefinition, updateServices }) => {
    const wanted = fillImageTag(taskDefinition, tag)
    const there = registeredAs(wanted, world)
    return updateServices.flatMap((update) => {
      const service = world.services.get(serviceKey(update))
      const stays = service !== undefined && service.taskDefinition === there
      return stays ? [{ service, containers: wanted.containerDefinitions }] : []
    })
  })
}
