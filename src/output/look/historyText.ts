/** The text that `history` prints. */
import type { History, PastDeployment, ServiceHistory } from '../../deploy/look/history.ts'
import { shownRevision } from '../../ground/names.ts'
import { folded } from '../folded.ts'
import { type Line, type Span, type Style, printedLines, unbroken } from '../line.ts'
import { elapsed, stageText } from '../phrases.ts'
import { type Zone, dateTime } from '../time.ts'

interface HistoryPage {
  readonly color: boolean
  readonly columns: number
  /** Times are those of this zone; absent: of UTC. */
  readonly zone?: Zone | undefined
}

/** The deployments of each service, newest first, folded at `columns`. Ends in a line break. */
export function historyText({ services, unread }: History, { color, columns, zone }: HistoryPage): string {
  const lines: Line[] = [
    ...unread.map((sentence): Line => [['yellow', `! ${sentence}`]]),
    ...(services.length === 0 && unread.length === 0 ? [['No services to show.']] : []),
    ...services.flatMap((one, index) => [
      ...(index > 0 ? [[]] : []),
      heading(one),
      ...one.deployments.flatMap((deployment) => deploymentLines(deployment, zone)),
    ]),
  ]
  return printedLines(
    lines.flatMap((line) => folded(line, columns)),
    { color },
  )
}

function heading({ service, deployments }: ServiceHistory): Line {
  const count = deployments.length === 0 ? 'no' : String(deployments.length)
  return [['bold', service], `: ${count} deployment${count === '1' ? '' : 's'} in the last 90 days`]
}

const words: Readonly<Record<PastDeployment['outcome'], Span>> = {
  completed: ['green', 'completed'],
  failed: ['red', 'failed'],
  stopped: ['yellow', 'stopped'],
  rolledBack: ['red', 'rolled back'],
  rollbackFailed: ['red', 'rollback failed'],
  inProgress: ['cyan', 'in progress'],
  stopping: ['yellow', 'stopping'],
  rollingBack: ['red', 'rolling back'],
  unknown: '',
}

/** When, what, how it ended and how long it took; why and from where on lines of their own. */
function deploymentLines(deployment: PastDeployment, zone: Zone | undefined): Line[] {
  const { startedAt, createdAt = '', outcome, status, reason, rolledBackTo, run } = deployment
  const to = rolledBackTo ? ` to ${shown(rolledBackTo)}` : ''
  const origin = originOf(deployment)
  const reasonStyle: Style = outcome === 'completed' || outcome === 'inProgress' ? 'dim' : 'yellow'
  return [
    [
      `  ${dateTime(startedAt ?? createdAt, zone)} `,
      ['bold', shown(deployment)],
      ' ',
      outcome === 'unknown' ? status : words[outcome],
      `${to}${howLong(deployment)}`,
    ],
    ...(reason === undefined ? [] : [['    ', [reasonStyle, reason]] satisfies Line]),
    ...(origin === '' ? [] : [[`    ${origin}`]]),
    ...(run === undefined ? [] : [['    ', ['cyan', unbroken(run)]] satisfies Line]),
  ]
}

function shown({ revision = 'unknown revision', tags }: Pick<PastDeployment, 'revision' | 'tags'>): string {
  return shownRevision({ revision, tags: tags.map(shortDigest) })
}

/** As much of a digest as it takes to recognize it. */
function shortDigest(tag: string): string {
  return tag.replace(/^(sha256:[\da-f]{12})[\da-f]{52}$/, '$1…')
}

/** ` after 4 min 2 s` of one that has ended, `, stage BAKE_TIME, for 40 s so far` of one that has not. */
function howLong(deployment: PastDeployment): string {
  const { seconds, finishedAt, strategy = 'ROLLING' } = deployment
  const stage = stageText(deployment)
  const time = seconds === undefined ? '' : elapsed(seconds * 1000)
  const so =
    finishedAt === undefined ? `${stage && `, stage ${stage}`}${time && `, for ${time} so far`}` : ` after ${time}`
  return `${so}${strategy === 'ROLLING' ? '' : `, ${strategy}`}`
}

/** `commit 3f2a9c1e4b5d by alice, registered by assumed-role/ci/deploy`, as far as it is known. */
function originOf({ commit, actor, registeredBy }: PastDeployment): string {
  const recorded = [commit && `commit ${shortCommit(commit)}`, actor && `by ${actor}`].filter(Boolean).join(' ')
  const by = registeredBy && `registered by ${callerName(registeredBy)}`
  return [recorded, by].filter(Boolean).join(', ')
}

function shortCommit(commit: string): string {
  return /^[\da-f]{40,64}$/.test(commit) ? commit.slice(0, 12) : commit
}

/** `user/alice` of `arn:aws:iam::123456789012:user/alice`. */
function callerName(arn: string): string {
  return /^arn:[^:]*:(?:iam|sts)::\d*:(.+)$/s.exec(arn)?.[1] ?? arn
}
