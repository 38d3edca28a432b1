import type { ToldEvent } from '../../src/engine/events.ts'
import { isCopyOf } from './copies.ts'
import { notAsAsked } from './exitZero.ts'
import { differencesOf } from './putBack.ts'
import type { Ended, Invariant } from './seen.ts'
import { nameOf } from './touched.ts'

type StepEvent = Extract<ToldEvent, { type: 'step.started' | 'step.finished' | 'step.skipped' | 'step.failed' }>

const stepEvents = ({ run: { events } }: Ended): StepEvent[] =>
  events.filter((event): event is StepEvent => event.type.startsWith('step.'))

/** A class begins once all steps of those that it is after are done; on a rollback, of those that are after it. */
export const inOrder: Invariant = {
  name: 'a class never begins before those that it is after are done',
  check(ended) {
    const { run, scenario } = ended
    const afterOf = new Map(scenario.definitions.map(({ name, declared }) => [name, declared.after ?? []]))
    const steps = run.result?.plan?.stages.slice(run.act.command === 'deploy' ? 1 : 0, -1).flatMap((one) => one.steps)
    const unitOf = new Map((steps ?? []).map(({ id, units: [unit = ''] = [] }) => [id, unit]))
    const done = new Set<string>()
    return stepEvents(ended).flatMap(({ type, id, undoing }) => {
      const unit = unitOf.get(id)
      if (undoing || unit === undefined) return []
      if (type === 'step.finished') done.add(id)
      if (type !== 'step.started') return []
      const waitsFor = [...afterOf.keys()].filter((other) =>
        (run.act.command === 'deploy' ? afterOf.get(unit) : afterOf.get(other))?.includes(
          run.act.command === 'deploy' ? other : unit,
        ),
      )
      const open = [...unitOf].filter(([one, of]) => waitsFor.includes(of) && !done.has(one))
      return open.map(([one]) => `${id} of ${unit} began before ${one} was done`)
    })
  },
}

/** What begins a rollout; what ends one waits for nobody. */
const rolling = ['updateService', 'restoreService']

/** Also on the way back, and while other classes go on. */
export const inFlight: Invariant = {
  name: 'never more services roll at one time than may',
  check(ended) {
    const { maxInFlight } = ended.run.act
    if (maxInFlight === undefined) return []
    const open = new Set<string>()
    return stepEvents(ended).flatMap(({ type, kind, id, undoing }) => {
      if (!rolling.includes(kind)) return []
      const key = `${undoing} ${id}`
      if (type !== 'step.started') return open.delete(key) ? [] : []
      open.add(key)
      return open.size > maxInFlight ? [`${open.size} at one time: ${[...open].join(', ')}`] : []
    })
  },
}

/** Classes of a run that went on without them, by name: those that what is left says failed or were not started. */
export function lostClasses({ run, scenario }: Pick<Ended, 'run' | 'scenario'>): string[] {
  if (!run.act.keepGoing) return []
  const left = run.result?.left ?? []
  return scenario.definitions
    .map(({ name }) => name)
    .filter((name) => left.some((line) => new RegExp(`^${name} (failed|timed out|was )`).test(line)))
}

/** Where a run went on with the others, what it says of each class is true. */
export const eachClass: Invariant = {
  name: 'with keep-going each class is as asked, or named',
  check(ended) {
    const lost = lostClasses(ended)
    if (lost.length === 0) return []
    const { scenario, run, own, after, theirs } = ended
    const left = run.result?.left ?? []
    // An interrupted run has put back the others, too.
    const isUndone = run.wasInterrupted && run.result?.problem?.code === 'Interrupted'
    const isLost = ({ name }: { readonly name: string }): boolean => isUndone || lost.includes(name)
    const kept = scenario.definitions.filter((one) => !isLost(one))
    const ofLost = scenario.definitions.filter(isLost)
    const unasked = kept.flatMap((one) => notAsAsked(ended, one).map((text) => `${one.name}: ${text}`))
    // Whoever was superseded leaves all of its class to whoever came after it.
    const settled = ofLost.filter(({ name }) => !left.some((line) => line.startsWith(`${name} was superseded.`)))
    const changed = differencesOf(ended, settled)
      .filter(({ word }) => !isNamed(left, word))
      .map(({ text }) => `${text}, and nothing says so`)
    // What a service went back to may be a copy of a revision that was deregistered.
    const formers = Object.values(ended.before.services).map(({ wayBack }) => wayBack)
    const families = new Set(ofLost.map(({ declared }) => declared.taskDefinition.family))
    const revisions = [...families].flatMap((family) => {
      const added = own
        .filter(
          ({ method, acted, input }) => method === 'registerTaskDefinition' && acted && input['family'] === family,
        )
        .flatMap(({ answer }) => (answer?.['taskDefinition']?.taskDefinitionArn as string | undefined) ?? [])
        .filter((arn) => after.active.includes(arn) && !theirs.revisions.has(arn))
        .filter((arn) => !formers.some((former) => isCopyOf(ended, former, arn)))
      const wanted = kept.filter(({ declared }) => declared.taskDefinition.family === family).length
      const isSaid = isNamed(left, `of ${family}`) || isSuperseded(left)
      return added.length <= wanted || isSaid || run.act.command !== 'deploy'
        ? []
        : [`${added.map(nameOf).join(', ')} of ${family} stay, of which ${wanted} are wanted`]
    })
    return [...unasked, ...changed, ...revisions]
  },
}

const isNamed = (left: readonly string[], word: string): boolean => left.some((line) => line.includes(word))
const isSuperseded = (left: readonly string[]): boolean => left.some((line) => line.includes(' superseded.'))
