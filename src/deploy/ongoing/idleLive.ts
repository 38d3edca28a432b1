/** Reads running services that are to be updated, once what is in progress of them has been dealt with. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import type { CompleteSettings } from '../../engine/settings.ts'
import { type Live, readLive } from '../live.ts'
import { readRevision } from '../revisions.ts'
import { whenIdle } from './whenIdle.ts'

/** What the services run, or will run once what is in progress has ended: that is what is edited. */
export async function idleLive(
  aws: Aws,
  asked: Parameters<typeof readLive>[1],
  context: Pick<CompleteSettings, 'ifInProgress' | 'dryRun' | 'timeout' | 'clock' | 'signal' | 'tell'>,
): Promise<Live> {
  const { tell = () => {} } = context
  async function read(): Promise<{ live: Live; services: Map<string, Service>; unread: string[] }> {
    const live = await readLive(aws, asked)
    return { live, services: new Map(live.services.map((one) => [one.serviceName ?? '', one])), unread: [] }
  }
  const { world, stops } = await whenIdle(aws, read, { ...context, tell })
  const { live, services } = world
  if (stops.length === 0) return live
  const [first] = services.values()
  const isStart = asked.taskDefinition === undefined && first?.taskDefinition !== undefined
  return {
    services: [...services.values()],
    base: isStart ? await readRevision(aws, first.taskDefinition ?? '') : live.base,
  }
}
