import { lostClasses } from './fleet.ts'
import { isCopyOf } from './copies.ts'
import { regionOf } from './make.ts'
import type { Ended, Invariant } from './seen.ts'
import { isStop, nameOf, scheduleKey, serviceKey } from './touched.ts'

/** Exit 1 means that everything is where it was, and services that had not completed what they were to run where they last had. */
export const exitOne: Invariant = {
  name: 'exit 1: everything is where it was',
  check: (ended) => (ended.exitCode === 1 || saysRestored(ended) ? differences(ended).map(({ text }) => text) : []),
}

/** Exit 3 and 4 name everything that is not where it was. */
export const exitThree: Invariant = {
  name: 'exit 3 and 4: say what is left',
  check(ended) {
    const { exitCode, run } = ended
    if (exitCode !== 3 && exitCode !== 4) return []
    // Who only waits has nothing to put back.
    if (run.act.command === 'wait' && exitCode === 4) return []
    const left = run.result?.left ?? []
    if (left.length === 0) return ['nothing is said to be left']
    // What became of each class says another invariant.
    if (lostClasses(ended).length > 0) return []
    // Without a problem all was done but for what is left, and nothing is where it was.
    return run.result?.problem ? unnamed(ended) : []
  },
}

/** What an interrupted run changed is rolled back or named, unless it was only pruning. */
export const interruptedLeft: Invariant = {
  name: 'exit 130 and 143: say what is left',
  check(ended) {
    const { exitCode, run } = ended
    if (exitCode !== 130 && exitCode !== 143) return []
    const { problem, summary = '' } = run.result ?? {}
    // What became of each class says another invariant.
    // What was complete when somebody else took over stays.
    if (problem?.code === 'DeploymentSuperseded') return []
    if (problem) return lostClasses(ended).length > 0 ? [] : unnamed(ended)
    // What was continued goes on, and there is no way back.
    if (run.act.command === 'continue') return []
    const isTidyingUp = /during: (Prune old revisions|Deregister newer revisions)\.$/.test(summary)
    const isNamed = (run.result?.left ?? []).length > 0
    return isTidyingUp || isNamed ? [] : [`without a problem it says: ${summary}`]
  },
}

/** An interrupted run says the same once it has put everything back, but for classes that it names. */
const saysRestored = ({ run, scenario }: Ended): boolean =>
  run.wasInterrupted &&
  lostClasses({ run, scenario }).length === 0 &&
  run.events.some((event) => event.type === 'undo.finished' && event.restored && !event.units) &&
  run.events.every((event) => event.type !== 'undo.finished' || event.restored)

/** What is not where it was, and not named among what is left. */
function unnamed(ended: Ended): string[] {
  const left = ended.run.result?.left ?? []
  return differences(ended)
    .filter(({ word }) => !left.some((line) => line.includes(word)))
    .map(({ text }) => `${text}, and ${left.length} lines do not say so`)
}

/** What this run has changed and nobody else has, and that is not as it was. */
function differences(ended: Ended): { text: string; word: string }[] {
  return [...ofServices(ended), ...ofTargets(ended), ...ofSchedules(ended), ...ofRevisions(ended)]
}

/** Those of the services, targets and schedules of some classes alone. */
export function differencesOf(
  ended: Ended,
  classes: Ended['scenario']['definitions'],
): { text: string; word: string }[] {
  const services = classes.flatMap(({ declared }) => (declared.updateServices ?? []).map(serviceKey))
  const targets = classes.flatMap(({ declared }) =>
    (declared.eventTargets ?? []).flatMap(({ EventBusName = 'default', Rule, Targets }) =>
      Targets.map(({ Id }) => `${EventBusName}/${Rule}/${Id}`),
    ),
  )
  const schedules = classes.flatMap(({ declared }) => (declared.schedules ?? []).map(scheduleKey))
  const ours = {
    ...ended.ours,
    services: new Set([...ended.ours.services].filter((key) => services.includes(key))),
    targets: new Set([...ended.ours.targets].filter((key) => targets.includes(key))),
    schedules: new Set([...ended.ours.schedules].filter((key) => schedules.includes(key))),
  }
  const of = { ...ended, ours }
  return [...ofServices(of), ...ofTargets(of), ...ofSchedules(of)]
}

function ofServices(ended: Ended): { text: string; word: string }[] {
  const { before, after, ours, theirs, scenario } = ended
  const updates = new Map(
    scenario.definitions.flatMap(({ declared }) =>
      (declared.updateServices ?? []).map((update) => [serviceKey(update), update] as const),
    ),
  )
  return [...ours.services].flatMap((key) => {
    const [was, is] = [before.services[key], after.services[key]]
    if (theirs.services.has(key) || !was || !is) return []
    const word = key.split('/')[1] ?? ''
    const declared = Object.keys(updates.get(key) ?? {}).filter((name) => name in was.settings)
    const ways = waysBack(ended, key)
    const isBack = (arn: string | undefined): boolean =>
      arn !== undefined && ways.some((way) => arn === way || isCopyOf(ended, way, arn))
    const wasSettled = was.primary?.rolloutState === 'COMPLETED'
    return [
      ...(isBack(is.taskDefinition)
        ? []
        : [`service ${key} is at ${nameOf(is.taskDefinition)}, not ${nameOf(was.wayBack)}`]),
      ...(isBack(is.primary?.taskDefinition)
        ? []
        : [`service ${key} has a PRIMARY of ${nameOf(is.primary?.taskDefinition ?? '')}`]),
      ...(!wasSettled || is.primary?.rolloutState === 'COMPLETED'
        ? []
        : [`service ${key} is ${is.primary?.rolloutState}`]),
      ...declared.flatMap((name) =>
        is.settings[name] === was.settings[name] ||
        // ECS goes back from what has never completed to the settings of what has.
        (!wasSettled && is.settings[name] === was.lastCompleted[name])
          ? []
          : [`service ${key} has ${name} ${is.settings[name]}, not ${was.settings[name]}`],
      ),
    ].map((text) => ({ text, word }))
  })
}

/** The revisions that a service may be put back to. */
function waysBack(ended: Ended, key: string): string[] {
  const was = ended.before.services[key]
  if (!was) return []
  return [
    was.wayBack,
    // What was under way when the run began may have completed by itself before the run read what there is.
    ...(completedInTime(ended, key, was.primary?.id) ? [was.taskDefinition] : []),
    // What was under way and is stopped or rejected goes back where ECS has it from.
    ...(isRejected(ended, key) ? [was.lastSuccess] : []),
  ]
}

function isRejected({ own }: Ended, key: string): boolean {
  return own.some((one) => one.acted && isStop(one) && one.input['serviceDeploymentArn'].includes(`/${key}/`))
}

/** Whether a deployment was successful by the time of the run's first write to its service. */
function completedInTime({ aws, own }: Ended, key: string, id: string | undefined): boolean {
  const written = own.find(
    ({ method, input, acted }) => method === 'updateService' && acted && serviceKey(input) === key,
  )
  return Object.values(regionOf(aws).serviceDeployments).some(
    ({ deploymentId, serviceDeployment: { status, finishedAt } }) =>
      deploymentId === id && status === 'SUCCESSFUL' && written !== undefined && finishedAt! * 1000 <= written.at,
  )
}

function ofTargets({ before, after, ours, theirs }: Ended): { text: string; word: string }[] {
  return [...ours.targets].flatMap((key) => {
    if (theirs.targets.has(key) || before.targets[key] === after.targets[key]) return []
    return [
      { text: `target ${key} is ${after.targets[key]}, not ${before.targets[key]}`, word: key.split('/')[2] ?? '' },
    ]
  })
}

/** All members of a schedule are as they were. */
function ofSchedules({ before, after, ours, theirs }: Ended): { text: string; word: string }[] {
  return [...ours.schedules].flatMap((key) => {
    if (theirs.schedules.has(key) || before.schedules[key] === after.schedules[key]) return []
    const text = `schedule ${key} is ${after.schedules[key]}, not ${before.schedules[key]}`
    return [{ text, word: key.split('/')[1] ?? '' }]
  })
}

function ofRevisions(ended: Ended): { text: string; word: string }[] {
  const { before, after, ours, theirs } = ended
  const ran = [...ours.services].flatMap((key) => waysBack(ended, key))
  return [...ours.revisions].flatMap((arn) => {
    const [was, is] = [before.active.includes(arn), after.active.includes(arn)]
    if (theirs.revisions.has(arn) || was === is) return []
    if (is && ran.some((former) => isCopyOf(ended, former, arn))) return []
    const family = nameOf(arn).split(':')[0] ?? ''
    return [
      {
        text: `revision ${nameOf(arn)} is ${is ? 'still' : 'no longer'} ACTIVE`,
        word: is ? `of ${family}` : nameOf(arn),
      },
    ]
  })
}
