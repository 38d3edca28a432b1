// What of EventBridge has tags.
import { AwsFault } from '../world/fault.ts'
import type { Region } from '../world/world.ts'
import { checkBus, findRule } from './rule.ts'

/** Refuses an ARN that is not that of a rule or an event bus of the region. */
export function checkTagged(region: Region, arn: string): void {
  const [, place, account, kind, resource = ''] =
    /^arn:[\w-]+:events:([\w-]+):(\d{12}):(rule|event-bus)\/(.+)$/.exec(arn) ?? []
  if (kind === undefined) {
    throw new AwsFault(
      'ValidationException',
      `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`,
    )
  }
  if (place !== region.name || account !== region.account) {
    throw new AwsFault('ResourceNotFoundException', `Resource ${arn} does not exist.`)
  }
  if (kind === 'event-bus') return checkBus(region, resource)
  // A rule of the default bus has no bus in its ARN.
  const [name = '', bus] = resource.split('/').toReversed()
  findRule(region, name, bus)
}
