/** The text that `status` prints. */
import { isRate } from '../../ground/schedule.ts'
import type {
  DefinitionStatus,
  DeploymentStatus,
  PausedStatus,
  RevisionStatus,
  ScheduleStatus,
  ServiceStatus,
  Status,
  TargetStatus,
} from '../../deploy/status/status.ts'
import { shownRevision } from '../../ground/names.ts'
import { folded } from '../folded.ts'
import { type Line, type Style, printedLines, unbroken } from '../line.ts'
import { stageText } from '../phrases.ts'
import { type Zone, dateTime } from '../time.ts'

const states = {
  settled: ['green', 'settled'],
  inProgress: ['yellow', 'in progress'],
  failed: ['red', 'failed'],
} as const satisfies Record<Status['state'], readonly [Style, string]>

interface StatusPage {
  readonly color: boolean
  readonly columns: number
  /** Times are those of this zone; absent: of UTC. */
  readonly zone?: Zone | undefined
}

/** For each definition its services, event targets, schedules and revisions, folded at `columns`. Ends in a line break. */
export function statusText({ definitions, unread, cluster }: Status, { color, columns, zone }: StatusPage): string {
  const lines = [
    ...unread.map((sentence): Line => [['yellow', `! ${sentence}`]]),
    ...(cluster !== undefined && definitions.length === 0 ? [[`Cluster ${cluster} has no services to show.`]] : []),
    ...definitions.flatMap(
      (one, index) =>
        [
          ...(index > 0 ? [[]] : []),
          cluster === undefined ? [['bold', one.name], ` registers ${one.family}`] : ['Family ', ['bold', one.family]],
          ...definitionLines(one, zone),
        ] satisfies Line[],
    ),
  ]
  return printedLines(
    lines.flatMap((line) => folded(line, columns)),
    { color },
  )
}

function definitionLines(definition: DefinitionStatus, zone: Zone | undefined): Line[] {
  const { services, targets, schedules, revisions, activeRevisions, findings } = definition
  const count = activeRevisions > revisions.length ? `, the newest ${revisions.length} of ${activeRevisions}` : ''
  return [
    ...findings.map((finding): Line => [['yellow', `! ${finding}`]]),
    ...services.flatMap((service) => [[], ...serviceLines(service, zone)]),
    ...(targets.length > 0 ? [[], ['Event targets'], ...targets.map(targetLine)] : []),
    ...(schedules.length > 0 ? [[], ['Schedules'], ...schedules.map(scheduleLine)] : []),
    [],
    [`ACTIVE revisions${count}`],
    ...(revisions.length > 0 ? revisions.map(revisionLine) : [['  none']]),
  ]
}

function serviceLines(service: ServiceStatus, zone: Zone | undefined): Line[] {
  const { state, deployments, serviceDeployment, events } = service
  const { status, statusReason, paused = [], ...where } = serviceDeployment ?? {}
  const stage = stageText(where)
  return [
    [`Service ${service.service}: `, states[state]],
    [`  ${shownRevision(service)}, ${countsOf(service)}`],
    ...(status && state !== 'settled' ? [[`  Service deployment: ${status}${stage && `, stage ${stage}`}`]] : []),
    ...(statusReason ? [['  ', ['yellow', statusReason]] as const] : []),
    ...paused.flatMap((one) => pausedLines(one, zone)),
    ...deployments.flatMap(deploymentLines),
    ...events.map(({ at, message }): Line => ['  ', ['dim', `${dateTime(at, zone)} ${message}`]]),
  ]
}

/** Since when and until when it is paused, what happens then, and what to type. */
function pausedLines(paused: PausedStatus, zone: Zone | undefined): Line[] {
  const { hookId, lifecycleStage, since, until, timeoutAction, continueCommand, rejectCommand } = paused
  const then = timeoutAction === 'CONTINUE' ? 'continues it' : 'rolls it back'
  const times = `${since ? ` since ${dateTime(since, zone)}` : ''}${until ? ` until ${dateTime(until, zone)}, when ECS ${then}` : ''}`
  return [
    ['  ', ['yellow', `Paused at ${lifecycleStage}${times}`], ['dim', `, hook ${hookId}`]],
    [unbroken('    → to resume it: '), ['cyan', unbroken(continueCommand)]],
    [unbroken('    → to roll it back: '), ['cyan', unbroken(rejectCommand)]],
  ]
}

function deploymentLines(deployment: DeploymentStatus): Line[] {
  const { id, status, rolloutState, rolloutStateReason, failed } = deployment
  const facts = [
    `${status} ${shownRevision(deployment)}`,
    rolloutState,
    countsOf(deployment),
    failed > 0 && `${failed} failed`,
  ]
  const reason = rolloutState === 'FAILED' ? rolloutStateReason : undefined
  return [
    [`  ${facts.filter(Boolean).join(', ')}, `, ['dim', id]],
    ...(reason ? [['    ', ['red', reason]] as const] : []),
  ]
}

function countsOf({ running, desired, pending }: Pick<ServiceStatus, 'running' | 'desired' | 'pending'>): string {
  return `running ${running} of ${desired}${pending > 0 ? `, ${pending} pending` : ''}`
}

function targetLine(target: TargetStatus): Line {
  return [`  ${target.target}: ${shownRevision(target)}`]
}

/** `default/nightly: web:7 (v1), cron(0 3 * * ? *) Europe/Paris`, in yellow where it is DISABLED. */
function scheduleLine(schedule: ScheduleStatus): Line {
  const { state, expression, timezone } = schedule
  const zone = isRate(expression) ? '' : ` ${timezone}`
  const line = `  ${schedule.schedule}: ${shownRevision(schedule)}, ${expression}${zone}`
  return state === 'ENABLED' ? [line] : [`${line}, `, ['yellow', state]]
}

function revisionLine(revision: RevisionStatus): Line {
  if (!revision.uses) return [`  ${shownRevision(revision)}`]
  const uses = revision.uses.map(({ kind, key, count }) => `${kind} ${key}${count > 1 ? ` (${count})` : ''}`)
  return [`  ${shownRevision(revision)}: `, uses.length > 0 ? uses.join(', ') : ['dim', 'unused']]
}
