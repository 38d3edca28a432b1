import type { Definition } from '../../definition/definition.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { loadLocal } from './loadLocal.ts'
import { clustersOf } from '../../deploy/observe.ts'
import { fillImageTag } from '../../definition/placeholder.ts'
import type { AwsSettings } from '../../aws/sdk.ts'

/** How much faster than life time passes in the local AWS of one command: a rollout takes seconds. */
const speed = 60
/** Where its world is kept between runs. */
const file = '.ecs-task/local.json'

export interface LocalRun {
  readonly settings: AwsSettings
  /** What was made because it is taken for granted, in words. */
  readonly made: readonly string[]
  readonly speed: number
  now(): number
  close(): Promise<void>
}

/** What a command takes for granted, and Terraform would have made. */
export type TakenForGranted = Omit<
  Parameters<Awaited<ReturnType<Awaited<ReturnType<typeof loadLocal>>['startLocalAws']>>['provision']>[0],
  'region'
>

/** What definitions take for granted: clusters, services with a first revision, rules, topics. */
export function takenForGranted(definitions: readonly Definition[]): TakenForGranted {
  return {
    clusters: clustersOf(definitions),
    services: definitions.flatMap(({ updateServices, taskDefinition }) =>
      updateServices.map(({ cluster, service }) => ({
        ...(cluster !== undefined && { cluster }),
        service,
        taskDefinition: fillImageTag(taskDefinition, 'initial'),
      })),
    ),
    rules: definitions.flatMap(({ eventTargets }) =>
      eventTargets.map(({ Rule, EventBusName }) => ({
        name: Rule,
        ...(EventBusName !== undefined && { eventBusName: EventBusName }),
      })),
    ),
    topics: definitions.flatMap(({ snsNotificationTopicArn }) => snsNotificationTopicArn ?? []),
  }
}

/** Starts the local AWS for one command, with everything that it takes for granted, as if Terraform had made it. */
export async function startLocalRun(
  taken: TakenForGranted,
  region: string,
  warn: (line: string) => void,
): Promise<LocalRun> {
  const { startLocalAws } = await loadLocal()
  const local = await startLocalAws({ speed, state: file, warn }).catch((error: Error) => {
    throw new EcsTaskError('BadArguments', 'The local AWS cannot start.', { why: error.message, cause: error })
  })
  const made = local.provision({ region, ...taken })
  return {
    settings: { region, endpoint: local.url, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } },
    made,
    speed,
    now: local.now,
    close: local.close,
  }
}
