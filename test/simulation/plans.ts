import type { Plan } from '../../src/engine/plan.ts'
import type { Step } from '../../src/engine/step.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import { same } from './exitZero.ts'
import type { Run, Sent, Violation } from './record.ts'
import { isWrite } from './touched.ts'

/** The plan that a dry run prints is what the run then does when nothing else moves. */
export function plansHold(runs: readonly Run[], sent: readonly Sent[]): Violation[] {
  const [dry, wet] = runs
  if (!dry?.act.dryRun || !wet || wet.result?.exitCode !== 0) return []
  const violation = (text: string): Violation[] => [{ invariant: planHolds, run: wet.name, text }]
  const others = sent.slice(dry.from).filter(({ run }) => run !== dry.name && run !== wet.name)
  if (others.length > 0) return []
  const planned = JSON.parse(JSON.stringify(dry.result?.plan ?? {})) as Plan
  const carriedOut = sent.slice(wet.from).filter((one) => isWrite(one) && one.acted)
  const carriedOutPlan = JSON.parse(JSON.stringify(wet.result.plan)) as Plan
  if (!same(comparable(planned), comparable(carriedOutPlan))) return violation('the plan was another')
  // What is still used by others is kept, and said to be.
  const kept = new Set(
    wet.events.flatMap((event) =>
      event.type === 'step.skipped' && event.reason.includes('is still used by') ? [event.id] : [],
    ),
  )
  const wanted = planned.stages.flatMap(({ steps }) => steps.filter(({ id }) => !kept.has(id)).map(nameOfStep))
  // What was in use when the dry run looked, and no longer is when its turn comes, goes too.
  const shown = new Set(pruningOf(planned).map(nameOfStep))
  const later = new Set(
    pruningOf(carriedOutPlan)
      .map(nameOfStep)
      .filter((name) => !shown.has(name)),
  )
  const done = carriedOut.map(({ method, input }) => nameOfCall(method, input)).filter((name) => !later.has(name))
  if (same(wanted.toSorted(), done.toSorted())) return []
  return violation(`planned ${wanted.join(', ')}; done ${done.join(', ')}`)
}

const planHolds = 'the plan of a dry run is what the run then does'

const isPruned = ({ kind }: Step): boolean => kind === 'deregisterTaskDefinition'

const pruningOf = ({ stages }: Plan): Step[] => stages.flatMap(({ steps }) => steps.filter(isPruned))

/**
 * A dry run knows what is in use; the run that follows it has every candidate in its plan, and looks when its turn comes. Only a
 * dry run reads what it says of differences, and says what nobody declares in its plan: the run says so when it looks.
 */
function comparable({ stages, warnings, ...plan }: Plan): object {
  return {
    ...plan,
    warnings: warnings.filter((text) => !/is not compared|no class of this run declares it/.test(text)),
    stages: stages.map((one) => ({
      ...one,
      steps: one.steps.filter((step) => !isPruned(step)).map(({ differences, ...step }) => step),
    })),
  }
}

const nameOfStep = ({ call }: Step): string => nameOfCall(call.method, call.input)

function nameOfCall(method: string, input: Unchecked): string {
  const { service, Rule, Name, family, Targets = [], overrides, taskDefinition } = input
  const revision = method === 'deregisterTaskDefinition' ? taskDefinition : ''
  return `${method} ${service ?? Rule ?? Name ?? family ?? overrides?.containerOverrides[0].command.join(' ') ?? ''}${revision}${Targets.map(({ Id }: Unchecked) => Id).join()}`
}
