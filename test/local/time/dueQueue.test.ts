import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Due, dueQueue } from '../../../src/local/time/dueQueue.ts'
import { emptyRegion } from '../../../src/local/world/world.ts'
import type { CloudMapOperationRecord, ServiceRecord, TaskRecord } from '../../../src/local/world/world.ts'

const region = emptyRegion('us-east-1', '123456789012')
const task: TaskRecord = {
  task: {} as TaskRecord['task'],
  cluster: 'c',
  service: undefined,
  life: { steps: [], registered: false, essential: [], healthChecked: [], logs: {} },
}

const operation: CloudMapOperationRecord = {
  operation: {
    Id: 'o',
    OwnerAccount: region.account,
    Type: 'DELETE_NAMESPACE',
    CreateDate: 0,
    UpdateDate: 0,
    Targets: {},
    Status: 'SUBMITTED',
  },
  request: { Id: 'ns-1' },
  nextAt: 0,
}
const service: ServiceRecord = {
  service: {} as ServiceRecord['service'],
  rollouts: {},
  tasks: [],
  healthy: [],
  stopping: [],
  steady: false,
}

const due = fc
  .record({
    at: fc.nat({ max: 5 }),
    arn: fc.constantFrom('a', 'b', 'c'),
    what: fc.constantFrom({ task }, { service }, { operation }),
  })
  .map(({ at, arn, what }): Due => ({ at, arn, region, ...what }))

const rankOf = (each: Due): number => [each.task, each.service, each.operation].findIndex((one) => one !== undefined)

function drained(dues: readonly Due[]): string[] {
  const queue = dueQueue()
  for (const each of dues) queue.push(each)
  const taken: string[] = []
  for (let next = queue.take(); next; next = queue.take()) taken.push(`${next.at} ${rankOf(next)} ${next.arn}`)
  return taken
}

test('due items come by time, tasks before services before operations, then by ARN, whatever order they were added in', () => {
  fc.assert(
    fc.property(fc.array(due, { maxLength: 40 }), (dues) => {
      const expected = dues.map((each) => `${each.at} ${rankOf(each)} ${each.arn}`).toSorted()
      expect(drained(dues)).toEqual(expected)
      expect(drained(dues.toReversed())).toEqual(expected)
    }),
  )
})

test('an empty queue has nothing due', () => {
  expect(dueQueue().take()).toBeUndefined()
})
