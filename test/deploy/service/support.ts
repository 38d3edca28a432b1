// A cluster with services, on which `service update` and `run` are tested.
import type { Listener, ToldEvent } from '../../../src/engine/events.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import type { Provision } from '../../../src/local/provisioning/provision.ts'
import type { Result } from '../../../src/deploy/definitionCommand.ts'
import { type RunOnceOptions, runOnce } from '../../../src/deploy/runOnce.ts'
import type { Settings } from '../../../src/engine/settings.ts'
import { type UpdateServiceOptions, updateService } from '../../../src/deploy/updateService.ts'
import { type Meddle, type Sent, ofType, stage } from '../support.ts'

/** What a test does at each event of a run. */
interface Hearing {
  readonly hear?: (event: ToldEvent) => void
}

/** The cluster `production1` with services that are there already, in a local AWS in this process, on a hand-turned clock. */
export function running(
  services: readonly NonNullable<Provision['services']>[number][] = [service('doorman')],
  { meddle, containerInstances = [] }: { meddle?: Meddle; containerInstances?: Provision['containerInstances'] } = {},
) {
  const made = { clusters: ['production1'], services, containerInstances }
  const staged = stage([], { made, ...(meddle && { meddle }) })
  const { aws, clock, sent } = staged
  const settings = { ...staged.settings, clock }

  /** Runs, and answers with what was told and sent beside the result. */
  async function observed(hear: Hearing['hear'], act: (listeners: readonly Listener[]) => Promise<Result>) {
    const events: ToldEvent[] = []
    const from = sent.length
    const result = await act([{ hear: (event) => (events.push(event), hear?.(event)) }])
    const requests = sent.slice(from)
    return {
      ...result,
      events,
      requests,
      writes: writesOf(requests),
      warnings: ofType(events, 'warning.raised').map(({ text }) => text),
    }
  }

  const region = () => aws.world.regions['us-east-1']!
  return {
    ...staged,
    settings,
    update: (options: Partial<UpdateServiceOptions> = {}, { hear, ...more }: Settings & Hearing = {}) =>
      observed(hear, (listeners) =>
        updateService(
          { cluster: 'production1', ...(options.taskDefinition ? {} : { service: 'doorman' }), ...options },
          { ...settings, listeners, ...more },
        ),
      ),
    run: (options: RunOnceOptions, { hear, ...more }: Settings & Hearing = {}) =>
      observed(hear, (listeners) => runOnce(options, { ...settings, listeners, ...more })),
    /** What was sent that changes AWS, so far. */
    writes: () => writesOf(sent),
    /** What a service runs, its tags beside it, as DescribeTaskDefinition shows it. */
    definitionOf: (key = 'production1/doorman'): Unchecked => {
      const { taskDefinition } = region().services[key]!.service
      const answer = staged.call('ecs', 'DescribeTaskDefinition', { taskDefinition, include: ['TAGS'] })
      return { ...answer.taskDefinition, tags: answer.tags }
    },
    region,
  }
}

/** A service of two tasks and its task definition, `web` in the image `docker.repo.com/NAME:v1` unless told otherwise. */
export function service(name: string, more: Unchecked = {}): NonNullable<Provision['services']>[number] {
  const containerDefinitions = [{ name: 'web', image: `docker.repo.com/${name}:v1`, cpu: 256, memory: 512 }]
  return { cluster: 'production1', service: name, taskDefinition: { family: name, containerDefinitions, ...more } }
}

/** The image of each container. */
export function imagesOf({ containerDefinitions }: Unchecked): Record<string, string> {
  return Object.fromEntries(containerDefinitions.map(({ name, image }: Unchecked) => [name, image]))
}

/** `UpdateService 1`: the writes with the desired count that they ask for, where they do. */
export function story(writes: readonly Sent[]): string[] {
  return writes.map(({ operation, input }) =>
    [operation, input.desiredCount].filter((part) => part !== undefined).join(' '),
  )
}

function writesOf(requests: readonly Sent[]): Sent[] {
  return requests.filter(({ operation }) => !/^(BatchGet|Describe|List|Get|Filter)/.test(operation))
}
