import type { Service } from '@aws-sdk/client-ecs'
import type { ServiceUpdate } from '../definition.ts'
import { EcsTaskError } from '../errors.ts'
import { nameOf, serviceKey } from '../names.ts'
import type { Reference, Step } from '../step.ts'
import type { StepContext, StepKind } from '../stepKind.ts'
import { stoppedTasksOf } from '../following/stoppedTasks.ts'
import { type Identity, type Verdict, identityOf, judge, primaryOf } from '../following/verdict.ts'

/** Updates a service to a revision; followed until the deployment that this starts has completed. */
export function updateService(
  update: ServiceUpdate,
  revision: string | Reference,
  undo: readonly Step[],
  wait: boolean,
): Step<'updateService'> {
  const title = `Update service ${nameOf(update.service)} in ${nameOf(update.cluster ?? 'default')}`
  return {
    id: `updateService ${serviceKey(update)}`,
    title,
    call: { method: 'updateService', input: { ...update, taskDefinition: revision } },
    ...(wait && { follow: 'deployment' as const }),
    undo,
  }
}

/**
 * Puts a service back to what was observed: its revision, and every setting that the update declared. Where ECS has
 * rolled back by itself already, that is followed and not repeated; where somebody else has deployed since, it is left.
 */
export function restoreService(update: ServiceUpdate, before: Service): Step<'updateService'> {
  const { cluster, service } = update
  return {
    id: `restore updateService ${serviceKey(update)}`,
    title: `Put service ${nameOf(service)} back to ${nameOf(before.taskDefinition ?? '')}`,
    call: {
      method: 'updateService',
      input: { cluster, service, ...settingsBefore(update, before), taskDefinition: before.taskDefinition },
    },
    follow: 'deployment',
    facts: { restores: `updateService ${serviceKey(update)}`, deploymentId: primaryOf(before)?.id },
  }
}

export const updateServiceKind: StepKind<'updateService'> = {
  async perform(step, input, context) {
    if (step.facts?.restores) {
      const { ours, before } = restoredFrom(step, context)
      const { services = [] } = await context.aws.call('describeServices', {
        cluster: input.cluster,
        services: [input.service ?? ''],
      })
      const service = services[0]
      const verdict = service && ours ? judge(service, ours) : undefined
      if (verdict?.state === 'superseded') return { skipped: `deployment ${verdict.by} has taken over since` }
      const rolledBack = verdict?.state === 'failed' && verdict.rolledBackTo === before
      if (service && rolledBack && onlyTaskDefinition(input)) return { answer: { service, $metadata: {} } }
    }
    return { answer: await context.aws.call('updateService', input, context.signal) }
  },

  async follow(step, answer, context) {
    const service = answer.service
    if (!service) throw new Error('UpdateService answered without a service')
    const identity = identityOf(service)
    const cluster = service.clusterArn ?? 'default'
    const name = service.serviceName ?? ''
    const deadline = context.clock.now() + context.timeout
    const tell = teller(step.id, identity, service, context)
    for (;;) {
      const seen = (await context.look(cluster, name, context.signal)) ?? service
      tell(seen)
      const verdict = judge(seen, identity)
      if (verdict.state === 'completed') return
      const timedOut = context.clock.now() >= deadline
      if (verdict.state === 'inProgress' && !timedOut) continue
      const stoppedTasks = await stoppedTasksOf(context.aws, { cluster, service: name, deploymentId: identity.id })
      throw failureOf(verdict, seen, identity, context.timeout, stoppedTasks)
    }
  },

  yields: (answer) => answer.service && primaryOf(answer.service)?.id,
  result: (answer) => nameOf(answer.service?.taskDefinition ?? ''),
}

function failureOf(
  verdict: Verdict,
  service: Service,
  { id }: Identity,
  timeout: number,
  stoppedTasks: readonly object[],
): EcsTaskError {
  const name = service.serviceName
  const evidence = { stoppedTasks }
  if (verdict.state === 'superseded') {
    return new EcsTaskError('DeploymentSuperseded', `Deployment ${id} of ${name} was superseded.`, {
      why: `Deployment ${verdict.by} of ${nameOf(verdict.taskDefinition ?? '')} has taken over.`,
      fix: 'Nothing was undone, so as not to undo the work of whoever came after.',
      evidence,
    })
  }
  if (verdict.state === 'failed') {
    return new EcsTaskError('DeploymentFailed', `The rollout of ${name} failed.`, {
      why: verdict.reason,
      fix: 'Mend what stopped its tasks, and deploy again.',
      evidence,
    })
  }
  if (verdict.state === 'gone')
    return new EcsTaskError('DeploymentFailed', `The rollout of ${name} cannot end.`, {
      why: `${verdict.reason}.`,
      evidence,
    })
  const ours = service.deployments?.find((deployment) => deployment.id === id)
  const others = (service.deployments?.length ?? 1) - 1
  return new EcsTaskError(
    'TimedOut',
    `The rollout of ${name} had not completed after ${Math.round(timeout / 1000)} s.`,
    {
      why: `Running ${ours?.runningCount ?? 0} of ${ours?.desiredCount ?? 0}${others > 0 ? `, ${others} older deployment still there` : ''}.`,
      fix: 'Give it longer with --timeout, or look at why its tasks do not become healthy.',
      evidence,
    },
  )
}

/** Tells of a service only when something in it has changed, and of each of its events once. */
function teller(step: string, { id }: Identity, before: Service, { emit }: StepContext): (service: Service) => void {
  const known = new Set((before.events ?? []).map((event) => event.id))
  let last = ''
  return (service) => {
    const deployments = service.deployments ?? []
    const ours = deployments.find((deployment) => deployment.id === id)
    const progress = {
      desired: ours?.desiredCount ?? 0,
      running: ours?.runningCount ?? 0,
      pending: ours?.pendingCount ?? 0,
      failed: ours?.failedTasks ?? 0,
      rolloutState: ours?.rolloutState ?? 'GONE',
      others: deployments
        .filter((deployment) => deployment.id !== id)
        .reduce((sum, one) => sum + (one.runningCount ?? 0), 0),
    }
    const of = { step, cluster: nameOf(service.clusterArn ?? ''), service: service.serviceName ?? '' }
    for (const { id: event, message = '', createdAt } of (service.events ?? []).toReversed()) {
      if (known.has(event)) continue
      known.add(event)
      emit({ type: 'service.reported', ...of, message, reportedAt: createdAt?.toISOString() ?? '' })
    }
    const now = JSON.stringify(progress)
    if (now !== last) emit({ type: 'service.progressed', ...of, deploymentId: id, ...progress })
    last = now
  }
}

/** The settings an update declares, as they were: absent lists are cleared by an empty one, as UpdateService wants it. */
function settingsBefore(update: ServiceUpdate, before: Service): object {
  const { cluster, service, forceNewDeployment, taskDefinition, ...declared } = update
  const primary = primaryOf(before)
  const observed: Record<string, unknown> = {
    ...before,
    serviceConnectConfiguration: primary?.serviceConnectConfiguration,
    volumeConfigurations: primary?.volumeConfigurations,
  }
  const entries = Object.entries(declared).map(([key, value]) => [
    key,
    observed[key] ?? (Array.isArray(value) ? [] : undefined),
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function restoredFrom(step: Step, context: StepContext): { ours: Identity | undefined; before: string | undefined } {
  const before = step.facts?.deploymentId as string | undefined
  const id = context.values.get(step.facts?.restores as string)
  return { before, ours: id ? { id, known: new Set([id, ...(before ? [before] : [])]) } : undefined }
}

/** ECS's own rollback puts the revision back, but no setting such as the desired count. */
function onlyTaskDefinition(input: object): boolean {
  return Object.keys(input).every((key) => key === 'cluster' || key === 'service' || key === 'taskDefinition')
}
