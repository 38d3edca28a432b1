/** What a deploy does first about deployments that are in progress already: `--if-in-progress`. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import type { IfInProgress } from '../../engine/result.ts'
import type { Clock } from '../../ground/clock.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf, shownNames } from '../../ground/names.ts'
import { deploymentEnd, hasEnded } from '../../rollout/followRollback.ts'
import { ongoingDeployment } from '../history.ts'
import { type Idle, type InProgress, stopping } from './stopping.ts'

/** What is read of AWS, in which services may be on their way somewhere. */
interface Observed {
  readonly services: ReadonlyMap<string, Service>
  readonly unread: readonly string[]
}

interface Policy {
  /** Undefined: a deployment that is in progress is superseded, as ECS does by itself. */
  readonly ifInProgress: IfInProgress | undefined
  readonly dryRun: boolean
  /** Milliseconds for all that is waited for. */
  readonly timeout: number
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Says what is waited for. */
  readonly tell: (text: string) => void
}

/**
 * Observes, and has what is in progress dealt with: waits for its end and observes again, answers with the steps that stop it
 * and with the world as it then will be, or throws `InProgressElsewhere`. It only reads.
 */
export async function whenIdle<World extends Observed>(
  aws: Aws,
  observe: () => Promise<World>,
  policy: Policy,
): Promise<Idle<World>> {
  const { ifInProgress, dryRun, clock, signal, timeout } = policy
  const end = clock.now() + timeout
  for (;;) {
    const world = await observe()
    const found = ifInProgress === undefined ? [] : await inProgressIn(aws, world, signal)
    if (found.length === 0) return { world, stops: [] }
    if (ifInProgress === 'stop') return stopping(aws, world, found, signal)
    if (ifInProgress === 'refuse') throw refusal(found)
    const waiting = found.map((one) => `${shown(one)}: `)
    if (dryRun) {
      const notes = waiting.map((text) => `${text}a deploy would wait for it, and then plan anew.`)
      return { world: { ...world, unread: [...world.unread, ...notes] }, stops: [] }
    }
    for (const text of waiting) policy.tell(`${text}waiting for it to end (--if-in-progress wait).`)
    await ended(aws, found, { ...policy, end })
  }
}

async function inProgressIn(aws: Aws, { services }: Observed, signal: AbortSignal): Promise<InProgress[]> {
  const found = await Promise.all(
    [...services].map(async ([key, service]) => {
      const deployment = await ongoingDeployment(aws, service, signal)
      return deployment ? [{ key, service, deployment }] : []
    }),
  )
  return found.flat()
}

async function ended(
  aws: Aws,
  found: readonly InProgress[],
  { clock, signal, timeout, end }: Policy & { readonly end: number },
): Promise<void> {
  const all = await Promise.all(
    found.map(({ deployment: { serviceDeploymentArn } }) =>
      deploymentEnd(serviceDeploymentArn, { aws, clock, signal, timeout: end - clock.now() }),
    ),
  )
  const late = found.filter((_, index) => all[index] !== undefined && !hasEnded(all[index]))
  if (late.length === 0) return
  const minutes = Math.round(timeout / 60_000)
  throw new EcsTaskError('InProgressElsewhere', `Still in progress after ${minutes} min: ${namesOf(late)}.`, {
    problems: late.map((one) => `${shown(one)}.`),
    fix: 'Give it more time with --timeout, or stop it with --if-in-progress stop.',
  })
}

function refusal(found: readonly InProgress[]): EcsTaskError {
  return new EcsTaskError('InProgressElsewhere', `A deployment is in progress: ${namesOf(found)}.`, {
    problems: found.map((one) => `${shown(one)}.`),
    fix: 'Wait for it with --if-in-progress wait, or stop it with --if-in-progress stop.',
  })
}

const namesOf = (found: readonly InProgress[]): string => shownNames(found.map(nameIn), 'services')

const nameIn = ({ deployment: { cluster, service } }: InProgress): string => `${nameOf(cluster)}/${service}`

/** `my_cluster/web: deployment 0123abcd of web:2 is in progress since 2026-01-01T00:00:00.000Z, paused at POST_SCALE_UP` */
function shown(one: InProgress): string {
  const { serviceDeploymentArn, hooks, since } = one.deployment
  const revision = nameOf(one.service.taskDefinition ?? '')
  const paused = hooks.map(({ lifecycleStage }) => `, paused at ${lifecycleStage}`).join('')
  const begun = since === undefined ? '' : ` since ${since}`
  return `${nameIn(one)}: deployment ${nameOf(serviceDeploymentArn)} of ${revision} is in progress${begun}${paused}`
}
