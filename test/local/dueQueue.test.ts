import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Due, dueQueue } from '../../src/local/dueQueue.ts'
import { emptyRegion, type TaskRecord } from '../../src/local/world.ts'

const region = emptyRegion('us-east-1', '123456789012')
const task: TaskRecord = {
  task: {},
  cluster: 'c',
  service: undefined,
  life: { steps: [], registered: false, essential: [], healthChecked: [], logs: {} },
}

const due = fc
  .record({ at: fc.nat({ max: 5 }), arn: fc.constantFrom('a', 'b', 'c', 'd'), isTask: fc.boolean() })
  .map(({ at, arn, isTask }): Due => ({ at, arn, region, ...(isTask && { task }) }))

function drained(dues: readonly Due[]): string[] {
  const queue = dueQueue()
  for (const each of dues) queue.push(each)
  const taken: string[] = []
  for (let next = queue.take(); next; next = queue.take()) taken.push(`${next.at} ${next.task ? 1 : 2} ${next.arn}`)
  return taken
}

test('what is due comes by time, tasks before services, then by ARN, whatever the order it was put in', () => {
  fc.assert(
    fc.property(fc.array(due, { maxLength: 40 }), (dues) => {
      const expected = dues.map(({ at, arn, task: isTask }) => `${at} ${isTask ? 1 : 2} ${arn}`).toSorted()
      expect(drained(dues)).toEqual(expected)
      expect(drained(dues.toReversed())).toEqual(expected)
    }),
  )
})

test('an empty queue has nothing due', () => {
  expect(dueQueue().take()).toBeUndefined()
})
