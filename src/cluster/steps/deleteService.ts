/**
 * DeleteService: stops a service's tasks and deletes it; waits until the last task has stopped. A service of the same name may be
 * somebody else's by then, so that it is known by when it was created, or by the run that has made it.
 */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { lookAt } from '../../rollout/servicePoller.ts'
import { settled } from '../../rollout/settled.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepContext, type StepHandler, sends } from '../../engine/stepHandler.ts'
import { runIn } from '../standing.ts'

export interface DeleteService extends StepKind {
  readonly name: 'deleteService'
  readonly method: 'deleteService'
  readonly subject: 'service'
  readonly params: {
    /** Which service is meant; absent: whichever has the name. */
    readonly only?: OneService
  }
  readonly undo: 'createService' | 'scaleAgain'
}

/** One of the services that have a name one after another: when it was created, as ISO 8601, or the run that has made it. */
export type OneService = { readonly createdAt: string | undefined } | { readonly run: string }

export function deleteService(
  { cluster, service }: { readonly cluster: string; readonly service: string },
  { undo = [], only }: { readonly undo?: UndoSteps<DeleteService>; readonly only?: OneService } = {},
): Step<DeleteService> {
  return {
    kind: 'deleteService',
    id: `deleteService ${serviceKey({ cluster, service })}`,
    title: `Delete service ${service} in ${nameOf(cluster)}`,
    subject: { type: 'service', cluster: nameOf(cluster), service },
    call: { method: 'deleteService', input: { cluster, service, force: true } },
    follow: 'settled',
    undo,
    params: only ? { only } : {},
  }
}

const send = sends('deleteService', ['ServiceNotFoundException', 'ServiceNotActiveException'])

export const deleteServiceHandler: StepHandler<DeleteService> = {
  async perform(step, input, context) {
    const { only } = step.params
    const seen = only && (await readService(input, context))
    if (!only || !seen || seen.status === 'INACTIVE') return send(step, input, context)
    if (isAnother(seen, only)) return { answer: { $metadata: {} }, notNeeded: 'another run has just replaced it' }
    // Once it is on its way out, a second call may come so late that it meets the service that somebody else has made by then.
    if (seen.status === 'DRAINING') return { answer: { service: seen, $metadata: {} } }
    return send(step, input, context)
  },
  async follow({ title, params: { only } }, answer, context, { cluster = 'default', service = '' }) {
    const deleted = answer.service ? createdOf(answer.service) : only
    const isGone = async (): Promise<boolean> => {
      const seen = await lookAt({ cluster, service, milliseconds: 0 }, context, context.signal)
      if (!seen || (seen.status === 'INACTIVE' && !seen.runningCount)) return true
      // Whoever has made another, theirs is not waited for: CreateService is refused, and says so.
      return deleted !== undefined && 'createdAt' in deleted && isAnother(seen, deleted)
    }
    await settled(isGone, { what: `${title}: tasks are still running`, context })
  },
  async isOthers({ params: { only } }, input, context) {
    const seen = await readService(input, context)
    return only !== undefined && seen?.status === 'ACTIVE' && isAnother(seen, only)
  },
}

/** How a service that was looked at is told from others of its name. */
export function createdOf({ createdAt }: Service): OneService {
  return { createdAt: createdAt?.toISOString() }
}

/** Whether a service is not the one that is meant: it was created later, as a read may lag, or by another run. */
function isAnother({ createdAt, tags }: Service, only: OneService): boolean {
  if ('run' in only) return runIn(tags) !== only.run
  return only.createdAt !== undefined && createdAt !== undefined && createdAt > new Date(only.createdAt)
}

async function readService(
  { cluster, service = '' }: Input<'deleteService'>,
  { aws, signal }: StepContext,
): Promise<Service | undefined> {
  const input = { cluster, services: [service], include: ['TAGS' as const] }
  return (await aws.call('describeServices', input, signal)).services?.[0]
}
