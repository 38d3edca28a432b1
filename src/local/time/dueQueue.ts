// The queue of what happens next, as a binary heap.
import type {
  AutoScalingGroupRecord,
  CloudMapOperationRecord,
  InstanceRecord,
  Region,
  ScheduleRecord,
  ScheduledActionRecord,
  ServiceRecord,
  TaskRecord,
} from '../world/world.ts'

/**
 * A task, an EC2 instance, an Auto Scaling group, a service, an operation of Cloud Map, a schedule or a scheduled
 * action that has something to do, and when.
 */
export interface Due {
  readonly at: number
  readonly region: Region
  /** Its ARN or id, which decides between things of the same moment. */
  readonly arn: string
  readonly task?: TaskRecord
  readonly instance?: InstanceRecord
  readonly group?: AutoScalingGroupRecord
  readonly service?: ServiceRecord
  readonly operation?: CloudMapOperationRecord
  readonly schedule?: ScheduleRecord
  readonly action?: ScheduledActionRecord
}

/** What is due, the earliest first: a binary heap. */
interface DueQueue {
  push(due: Due): void
  /** Takes the earliest one. */
  take(): Due | undefined
}

export function dueQueue(): DueQueue {
  const heap: Due[] = []
  return {
    push(due) {
      let at = heap.push(due) - 1
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!isBefore(heap[at]!, heap[parent]!)) break
        swap(heap, at, parent)
        at = parent
      }
    },
    take() {
      const first = heap[0]
      const last = heap.pop()
      if (last && heap.length > 0) {
        heap[0] = last
        sink(heap)
      }
      return first
    },
  }
}

/**
 * Time decides, then tasks come first, then instances, groups, services, operations, schedules and scheduled actions, so that a group sees at once all
 * that happens to its instances in a moment and a service all that happens to its tasks; then the ARN, so that the order
 * does not depend on when the queue was filled.
 */
function isBefore(a: Due, b: Due): boolean {
  if (a.at !== b.at) return a.at < b.at
  if (rankOf(a) !== rankOf(b)) return rankOf(a) < rankOf(b)
  return a.arn < b.arn
}

function rankOf({ task, instance, group, service, operation, schedule }: Due): number {
  if (task) return 0
  if (instance) return 1
  if (group) return 2
  if (service) return 3
  if (operation) return 4
  return schedule ? 5 : 6
}

function sink(heap: Due[]): void {
  for (let at = 0; ;) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    let least = at
    if (left < heap.length && isBefore(heap[left]!, heap[least]!)) least = left
    if (right < heap.length && isBefore(heap[right]!, heap[least]!)) least = right
    if (least === at) return
    swap(heap, at, least)
    at = least
  }
}

function swap(heap: Due[], a: number, b: number): void {
  const kept = heap[a]!
  heap[a] = heap[b]!
  heap[b] = kept
}
