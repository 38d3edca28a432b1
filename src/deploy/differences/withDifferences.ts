/** Says of each step of a plan what it changes, member by member; pure. */
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import type { ServiceUpdate } from '../../definition/definition.ts'
import type { Change } from '../../definition/changesBetween.ts'
import { differences } from '../../definition/sameTaskDefinition.ts'
import { type Difference, grouped, ungrouped } from '../../engine/difference.ts'
import type { Plan } from '../../engine/plan.ts'
import type { PlannedInput, Step } from '../../engine/step.ts'
import { nameOf, scheduleKey, serviceKey, shownNames } from '../../ground/names.ts'
import type { Compared } from './readCompared.ts'
import { type Observed, type Pointer, byRegistration, isUnlisted, newestFor, pointersOf } from './pointers.ts'
import { scheduleChanges } from './scheduleChanges.ts'
import { serviceChanges } from './serviceChanges.ts'
import { targetChanges } from './targetChanges.ts'

/**
 * The plan with what each step changes: a task definition compared with what each service, target and schedule runs now, settings of
 * services, targets and schedules with what is there.
 */
export function withDifferences(plan: Plan, world: Observed, compared: Compared): Plan {
  const pointers = pointersOf(plan, world)
  const registered = byRegistration(pointers)
  const moving = new Map(pointers.map(({ step }) => [step, [] as Pointer[]]))
  for (const pointer of pointers) moving.get(pointer.step)?.push(pointer)
  const about = (step: Step): Difference[] => [
    ...ofRegistration(step, registered, { world, compared }),
    ...(moving.get(step) ?? []).flatMap((pointer) => ofMove(pointer, compared)),
    ...ofSettings(step, world),
    ...ofTargets(step, world),
    ...ofSchedule(step, world),
  ]
  const hidden = [...compared].flatMap(([arn, found]) => (found === 'hidden' ? nameOf(arn) : []))
  return {
    ...plan,
    stages: plan.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.map((step) => {
        const found = about(step)
        return found.length > 0 ? { ...step, differences: found } : step
      }),
    })),
    warnings: [
      ...plan.warnings,
      ...(hidden.length > 0
        ? [
            `What runs (${shownNames(hidden, 'revisions')}) is not compared: the permission ecs:DescribeTaskDefinition is missing.`,
          ]
        : []),
    ],
  }
}

/** What a new revision is compared with: what is to get it, or else the newest one of its family. */
function ofRegistration(
  step: Step,
  registered: ReadonlyMap<string, readonly Pointer[]>,
  { world, compared }: { readonly world: Observed; readonly compared: Compared },
): Difference[] {
  if (step.kind !== 'registerTaskDefinition' || isUnlisted(step, registered, world)) return []
  const newest = { name: undefined, now: newestFor(step, registered, world) }
  const declared = step.call.input as RegisterTaskDefinitionCommandInput
  return between(declared, registered.get(step.id) ?? [newest], compared)
}

/** What becomes of what goes to a revision that is there already. */
function ofMove(pointer: Pointer, compared: Compared): Difference[] {
  const { goal, now } = pointer
  const found = typeof goal === 'string' ? compared.get(goal) : undefined
  if (now === goal || !found || found === 'hidden') return []
  const declared = { ...found.taskDefinition, tags: [...found.tags] } as RegisterTaskDefinitionCommandInput
  return between(declared, [pointer], compared)
}

function between(
  declared: RegisterTaskDefinitionCommandInput,
  users: readonly { readonly name: string | undefined; readonly now: string | undefined }[],
  compared: Compared,
): Difference[] {
  const of = { type: 'family' as const, family: declared.family ?? '' }
  const arns = [...new Set(users.map(({ now }) => now))]
  const groups = arns.flatMap((arn) => {
    const found = compared.get(arn ?? '')
    if (found === 'hidden') return []
    const changes = differences(declared, found ? { ...found.taskDefinition, tags: found.tags } : {})
    const runBy = users.flatMap(({ name, now }) => (name !== undefined && now === arn ? [name] : []))
    return { of, revisions: arn === undefined ? [] : [nameOf(arn)], runBy, changes }
  })
  return ungrouped(grouped(ungrouped(groups)))
}

function ofSettings(step: Step, { services, images }: Observed): Difference[] {
  const { call, subject } = step
  if (call.method !== 'updateService' || subject.type !== 'service') return []
  const key = serviceKey(subject)
  const service = services.get(key)
  // That a task makes room for another is over when the run is.
  const makesRoom = step.params !== undefined && 'makesRoom' in step.params && step.params.makesRoom === true
  if (!service || makesRoom) return []
  const moved = (images.get(key) ?? []).flatMap(({ state, container, image, runs, now }): Change[] =>
    state === 'moved'
      ? [{ path: `containerDefinitions/${container}/image`, before: `${image}@${runs}`, after: `${image}@${now}` }]
      : [],
  )
  return [...moved, ...serviceChanges(call.input as ServiceUpdate, service)].map((change) => ({
    of: subject,
    ...change,
  }))
}

function ofTargets({ call, subject }: Step, { targets }: Observed): Difference[] {
  if (call.method !== 'putTargets' || subject.type !== 'rule') return []
  const there = targets.get(`${subject.bus}/${subject.rule}`) ?? []
  const { Targets = [] } = call.input as PlannedInput<'putTargets'>
  return targetChanges(Targets, there).map((change) => ({ of: subject, ...change }))
}

function ofSchedule({ call, subject }: Step, { schedules }: Observed): Difference[] {
  if (call.method !== 'updateSchedule') return []
  const there = schedules.get(scheduleKey(call.input as { Name?: string; GroupName?: string }))
  if (!there) return []
  return scheduleChanges(call.input as PlannedInput<'updateSchedule'>, there).map((change) => ({
    of: subject,
    ...change,
  }))
}

/** All differences of a plan, and the revisions that it deregisters. */
export function differencesIn({ stages }: Plan): Difference[] {
  const steps = stages.flatMap((stage) => stage.steps)
  const found = steps.flatMap((step) => step.differences ?? [])
  const pruned = steps.flatMap(({ kind, subject }): Difference[] =>
    kind === 'deregisterTaskDefinition' && subject.type === 'revision'
      ? [{ of: subject, path: 'status', before: 'ACTIVE', after: 'INACTIVE' }]
      : [],
  )
  return [...ungrouped(grouped(found)), ...pruned]
}
