/** CreateService of Cloud Map: creates a discovery service. */
import { refusalOf } from '../../aws/retry.ts'
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type Tags, discoveryServicesIn, discoveryTags, foundBy, runIn } from '../standing.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface CreateDiscoveryService extends StepKind {
  readonly name: 'createDiscoveryService'
  readonly method: 'createDiscoveryService'
  readonly subject: 'discoveryService'
  readonly undo: 'deleteDiscoveryService'
}

/** Yields its `arn` and its `id`. */
export function createDiscoveryService(
  input: PlannedInput<'createDiscoveryService'>,
  undo: (id: string) => UndoSteps<CreateDiscoveryService>,
): Step<CreateDiscoveryService> {
  const id = `createDiscoveryService ${input.Name}`
  return {
    kind: 'createDiscoveryService',
    id,
    title: `Create discovery service ${input.Name}`,
    subject: { type: 'discoveryService', name: String(input.Name) },
    call: { method: 'createDiscoveryService', input },
    undo: undo(id),
  }
}

export const createDiscoveryServiceHandler: StepHandler<CreateDiscoveryService> = {
  /** The service exists already if the answer of an earlier call was lost, or another run of the stack goes on. */
  async perform(_step, input, { aws, signal }) {
    try {
      return { answer: await aws.call('createDiscoveryService', input, signal) }
    } catch (error) {
      if (refusalOf(error).name !== 'ServiceAlreadyExists') throw error
      const Service = (await discoveryServicesIn(aws, input.NamespaceId, signal)).find(
        ({ Name, Description }) => Name === input.Name && Description === input.Description,
      )
      if (!Service) throw error
      const tags = (): Promise<Tags> => discoveryTags(aws, Service.Arn, signal)
      return { answer: { Service, $metadata: {} }, ...(await foundBy(runIn(input.Tags), tags)) }
    }
  },
  yields: ({ Service }) => Service && { arn: Service.Arn ?? '', id: Service.Id ?? '' },
}
