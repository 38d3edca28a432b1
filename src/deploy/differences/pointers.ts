/** What a plan points at revisions, and at which. */
import type { Plan } from '../../engine/plan.ts'
import { type PlannedInput, Reference, type Step } from '../../engine/step.ts'
import { shownSubject } from '../../engine/subject.ts'
import { scheduleKey, serviceKey } from '../../ground/names.ts'
import type { World } from '../world.ts'

/** A service, a target of a rule or a schedule that a step points at a revision. */
export interface Pointer {
  readonly step: Step
  /** `cluster/service`, `bus/rule/target` or `group/schedule`. */
  readonly name: string
  /** The revision that it points at now, by its ARN. */
  readonly now: string
  readonly goal: string | Reference
}

/** Services, targets and schedules as they are: what a plan's steps are compared with. */
export type Observed = Pick<World, 'services' | 'targets' | 'schedules' | 'revisions' | 'images'>

/** Those that point at a revision by now; a new target points at none. */
export function pointersOf({ stages }: Plan, world: Observed): Pointer[] {
  return stages
    .flatMap(({ steps }) => steps)
    .flatMap((step) => [...ofService(step, world), ...ofTargets(step, world), ...ofSchedule(step, world)])
}

/** Those that get the revision that each step registers, by the step's id. */
export function byRegistration(pointers: readonly Pointer[]): Map<string, Pointer[]> {
  const found = new Map<string, Pointer[]>()
  for (const pointer of pointers) {
    if (!(pointer.goal instanceof Reference)) continue
    const others = found.get(pointer.goal.step)
    if (others) others.push(pointer)
    else found.set(pointer.goal.step, [pointer])
  }
  return found
}

/** The newest revision of the family that a step registers, where nothing points at one of it yet. */
export function newestFor(
  step: Step,
  registered: ReadonlyMap<string, readonly Pointer[]>,
  { revisions }: Observed,
): string | undefined {
  if (step.kind !== 'registerTaskDefinition' || step.subject.type !== 'family') return undefined
  return registered.has(step.id) ? undefined : revisions.get(step.subject.family)?.[0]?.arn
}

/** Families that nothing of a plan points at, and of whose revisions nothing is known. */
export function unlisted(plan: Plan, world: Observed): string[] {
  const registered = byRegistration(pointersOf(plan, world))
  return plan.stages.flatMap(({ steps }) => steps.filter((step) => isUnlisted(step, registered, world)).map(familyIn))
}

/** Whether a step registers a revision of which nobody can say what it is to be compared with. */
export function isUnlisted(
  step: Step,
  registered: ReadonlyMap<string, readonly Pointer[]>,
  { revisions }: Observed,
): boolean {
  if (step.kind !== 'registerTaskDefinition' || registered.has(step.id)) return false
  return !revisions.has(familyIn(step))
}

const familyIn = ({ subject }: Step): string => (subject.type === 'family' ? subject.family : '')

function ofService(step: Step, { services }: Observed): Pointer[] {
  if (step.call.method !== 'updateService' || step.subject.type !== 'service') return []
  const { taskDefinition: goal } = step.call.input as PlannedInput<'updateService'>
  const now = services.get(serviceKey(step.subject))?.taskDefinition
  return goal === undefined || now === undefined ? [] : [{ step, name: shownSubject(step.subject), now, goal }]
}

function ofTargets(step: Step, { targets }: Observed): Pointer[] {
  if (step.call.method !== 'putTargets' || step.subject.type !== 'rule') return []
  const rule = `${step.subject.bus}/${step.subject.rule}`
  const there = targets.get(rule) ?? []
  const { Targets = [] } = step.call.input as PlannedInput<'putTargets'>
  return Targets.flatMap(({ Id, EcsParameters }) => {
    const now = there.find((one) => one.Id === Id)?.EcsParameters?.TaskDefinitionArn
    const goal = EcsParameters?.TaskDefinitionArn
    return goal === undefined || now === undefined ? [] : [{ step, name: `${rule}/${String(Id)}`, now, goal }]
  })
}

function ofSchedule(step: Step, { schedules }: Observed): Pointer[] {
  if (step.call.method !== 'updateSchedule') return []
  const input = step.call.input as PlannedInput<'updateSchedule'>
  const name = scheduleKey(step.call.input as { Name?: string; GroupName?: string })
  const now = schedules.get(name)?.Target?.EcsParameters?.TaskDefinitionArn
  const goal = input.Target?.EcsParameters?.TaskDefinitionArn
  return goal === undefined || now === undefined ? [] : [{ step, name, now, goal }]
}
