import { shownSubject } from '../../src/engine/subject.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import { imageOf } from './declarations.ts'
import { follows } from './follows.ts'
import { regionOf } from './make.ts'
import { settingsOf } from './picture.ts'
import type { Ended, Invariant } from './seen.ts'
import { isStop, nameOf, scheduleKey, serviceKey } from './touched.ts'

/** Exit 0 means that AWS is as the command wanted it. */
export const exitZero: Invariant = {
  name: 'exit 0: everything is as it was asked for',
  check(ended) {
    const { command, dryRun } = ended.run.act
    if (ended.exitCode !== 0 || dryRun || command === 'wait' || command === 'continue') return []
    return ended.scenario.definitions.flatMap((definition) => notAsAsked(ended, definition))
  },
}

/** What is not as the command wanted it of one class. */
export function notAsAsked(ended: Ended, definition: Declaration): string[] {
  return [...servicesOf(ended, definition), ...targetsOf(ended, definition), ...schedulesOf(ended, definition)]
}

type Declaration = Ended['scenario']['definitions'][number]
type Update = NonNullable<Declaration['declared']['updateServices']>[number]

function servicesOf(ended: Ended, { declared }: Declaration): string[] {
  const { after, before, theirs, run } = ended
  return (declared.updateServices ?? []).flatMap((update) => {
    const key = serviceKey(update)
    const [is, was] = [after.services[key], before.services[key]]
    if (theirs.services.has(key) || !is || !was) return []
    // A stop takes back the revision, and no setting; so does ECS where it had gone back before it was told to.
    const isStopped = stopped(ended).includes(key)
    const wanted = (isStopped ? undefined : update.desiredCount) ?? was.desiredCount
    // What nobody follows, ECS may have put back before the command has ended, to what it had last completed.
    const isEarlier = is.taskDefinition === was.taskDefinition || before.active.includes(is.taskDefinition)
    const wentBack = !follows(run.act) && isEarlier
    const isDone = is.primary?.rolloutState === 'COMPLETED' && is.runningCount === wanted
    return [
      ...(isWanted(ended, declared, is.taskDefinition) || wentBack
        ? []
        : [`service ${key} is at ${nameOf(is.taskDefinition)}`]),
      ...(is.primary?.taskDefinition === is.taskDefinition ? [] : [`service ${key} has another PRIMARY deployment`]),
      ...(is.desiredCount === wanted ? [] : [`service ${key} wants ${is.desiredCount}, not ${wanted}`]),
      ...(!follows(run.act) || isDone
        ? []
        : [`service ${key} is ${is.primary?.rolloutState} with ${is.runningCount} of ${wanted}`]),
      ...(!follows(run.act) || isStopped ? [] : otherwise(update, is.settings, key)),
      ...(!follows(run.act) || is.primary?.traffic === 100
        ? []
        : [`service ${key} sends ${is.primary?.traffic} % of the traffic to what was deployed`]),
      ...(!follows(run.act) || is.unbalanced === 0
        ? []
        : [`service ${key} has ${is.unbalanced} tasks that no load balancer finds healthy`]),
    ]
  })
}

/** The declared settings of a service revision that are not so. */
function otherwise(update: Update, settings: Readonly<Record<string, string>>, key: string): string[] {
  const wanted = settingsOf({ ...update, launchType: 'EC2' })
  return (['loadBalancers', 'capacityProviderStrategy'] as const).flatMap((name) =>
    update[name] === undefined || settings[name] === wanted[name]
      ? []
      : [`service ${key} has ${name} ${settings[name]}, not ${wanted[name]}`],
  )
}

function targetsOf(ended: Ended, { declared }: Declaration): string[] {
  const { after, before, theirs } = ended
  return (declared.eventTargets ?? []).flatMap(({ Rule, EventBusName = 'default', Targets }) =>
    Targets.flatMap((target) => {
      const key = `${EventBusName}/${Rule}/${target.Id}`
      const is = after.targets[key]
      if (theirs.targets.has(key)) return []
      if (is === undefined) return [`target ${key} is not there`]
      const { EcsParameters, ...rest } = JSON.parse(is) as Unchecked
      const { EcsParameters: wanted, ...wantedRest } = target
      if (wanted && !isWanted(ended, declared, EcsParameters?.TaskDefinitionArn ?? '')) {
        return [`target ${key} is at ${nameOf(EcsParameters?.TaskDefinitionArn ?? 'nothing')}`]
      }
      // What is not declared stays as it was, unless the target was one of another service.
      const was = JSON.parse(before.targets[key] ?? '{}') as Unchecked
      const isOfSame = was['Arn']?.split(':')[2] === target.Arn.split(':')[2]
      const { EcsParameters: parametersBefore, ...restBefore } = isOfSame ? was : {}
      const { TaskDefinitionArn: _, ...parameters } = EcsParameters ?? {}
      const { TaskDefinitionArn: __, ...parametersWanted } = { ...parametersBefore, ...wanted }
      const isSame = same(rest, { ...restBefore, ...wantedRest }) && same(parameters, parametersWanted)
      return isSame ? [] : [`target ${key} is ${is}, not as declared`]
    }),
  )
}

/** What is not declared of a schedule is as it was. */
function schedulesOf(ended: Ended, { declared }: Declaration): string[] {
  const { after, before, theirs } = ended
  return (declared.schedules ?? []).flatMap((update) => {
    const key = scheduleKey(update)
    const [was, is] = [before.schedules[key], after.schedules[key]]
    if (theirs.schedules.has(key) || was === undefined) return []
    if (is === undefined) return [`schedule ${key} is not there`]
    const { Target, ...rest } = JSON.parse(is) as Unchecked
    const { TaskDefinitionArn: arn, ...parameters } = Target.EcsParameters
    if (!isWanted(ended, declared, arn)) return [`schedule ${key} is at ${nameOf(arn)}`]
    const { Target: targetBefore, ...restBefore } = JSON.parse(was) as Unchecked
    const { Target: targetWanted, EndDate, ...restWanted } = update
    const date = EndDate && { EndDate: EndDate.getTime() / 1000 }
    const { TaskDefinitionArn: _, ...parametersBefore } = targetBefore.EcsParameters
    const isSame =
      same(rest, { ...restBefore, ...restWanted, ...date }) &&
      same({ ...Target, EcsParameters: {} }, { ...targetBefore, ...targetWanted, EcsParameters: {} }) &&
      same(parameters, { ...parametersBefore, ...targetWanted?.EcsParameters })
    return isSame ? [] : [`schedule ${key} is ${is}, not as declared`]
  })
}

/** Whether a revision is the one that a command was to bring. */
function isWanted({ run, own, before, theirs, aws }: Ended, declared: Declaration['declared'], arn: string): boolean {
  const { taskDefinition } = declared
  if (theirs.revisions.has(arn)) return true
  const [family, number] = nameOf(arn).split(':')
  if (family !== taskDefinition.family) return false
  const is = regionOf(aws).taskDefinitions[family]?.[Number(number) - 1]?.taskDefinition
  const { act } = run
  if (act.command === 'deploy') {
    const registered = own.some(
      ({ method, answer }) =>
        method === 'registerTaskDefinition' && answer?.['taskDefinition']?.taskDefinitionArn === arn,
    )
    const container = is?.['containerDefinitions'][0]
    const isItsImage =
      container?.image === imageOf(family, act.tag ?? '') &&
      same(container.environment, taskDefinition.containerDefinitions[0]?.environment)
    return isItsImage && (registered || act.skipUnchanged)
  }
  const earlier = before.active.filter((one) => nameOf(one).split(':')[0] === family)
  const isNewest = earlier.every((one) => Number(nameOf(one).split(':')[1]) <= Number(number))
  // A deployment that is in progress is stopped: ECS goes back to what was successful last, which may be the newest.
  const hasStopped = stopped({ run, own }).length > 0
  const waysBack = Object.values(before.services).flatMap(({ wayBack, lastSuccess }) => [wayBack, lastSuccess])
  if (act.to === undefined && hasStopped && waysBack.includes(arn)) return true
  if (act.to === undefined) return earlier.includes(arn) && (!isNewest || theirs.revisions.size > 0)
  return number === act.to || is?.containerDefinitions[0]!.image === imageOf(family, act.to)
}

/** The kinds of steps that have ECS take a deployment back. */
const stops = new Set(['stopServiceDeployment', 'rejectServiceDeployment'])

/** The services whose deployments ECS takes back, told to or by itself. */
function stopped({ run, own }: Pick<Ended, 'run' | 'own'>): string[] {
  const told = own.filter((one) => one.acted && isStop(one))
  return [
    ...told.map(({ input }) => String(input['serviceDeploymentArn']).split('/').slice(1, 3).join('/')),
    ...run.events.flatMap((event) =>
      event.type === 'step.finished' && stops.has(event.kind) ? shownSubject(event.subject) : [],
    ),
  ]
}

/** As JSON, whatever the order of the members. */
export function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((member, index) => same(member, other[index]))
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => same((one as Unchecked)[name], (other as Unchecked)[name]))
}
