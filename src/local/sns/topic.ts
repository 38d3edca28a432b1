// A topic, as it is found.
import { AwsFault } from '../world/fault.ts'
import type { Region, TopicRecord } from '../world/world.ts'

/** The topic of that ARN; throws NotFound, which comes with status 404. */
export function findTopic(region: Region, topicArn: string): TopicRecord {
  const found = region.topics[topicArn]
  if (!found) throw new AwsFault('NotFound', 'Topic does not exist', 404)
  return found
}
