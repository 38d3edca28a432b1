/**
 * The time that a deploy of a fleet takes at least: what AWS's token buckets allow, of which ecs-task uses 90 %, in stages
 * that follow one another: register, update and follow the last rollout to its end, deregister. Reads take no time.
 */

/** AWS's "Task definition modify" and "Service modify": calls at once, and a second. */
const aws = { taskDefinitionModify: [20, 1], serviceModify: [50, 5] } as const
const share = 0.9

/** How much there is to do, and how many seconds AWS needs from an update to "completed". */
export interface Fleet {
  readonly registers: number
  readonly updates: number
  readonly deregisters: number
  readonly rolloutSeconds: number
}

/** The seconds that such a deploy takes at least. */
export function floorOf({ registers, updates, deregisters, rolloutSeconds }: Fleet): number {
  const revisions = bucket(aws.taskDefinitionModify)
  const registered = revisions(registers, 0)
  const updated = bucket(aws.serviceModify)(updates, registered)
  return revisions(deregisters, updated + rolloutSeconds)
}

/** Answers when so many calls have been sent that begin at a moment. */
function bucket([burst, perSecond]: readonly [number, number]): (calls: number, at: number) => number {
  let tokens = burst * share
  let since = 0
  return (calls, at) => {
    tokens = Math.min(burst * share, tokens + (at - since) * perSecond * share) - calls
    since = at
    return at + Math.max(-tokens, 0) / (perSecond * share)
  }
}
