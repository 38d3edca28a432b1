import { type Arbitrary, array, assert, boolean, constantFrom, integer, option, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awsvpc, liveTask, type LiveTask, service, start } from './liveTask.ts'

/** AWS's order of a task's states: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
const order = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
]
const forever = 365 * 86_400_000

const anyContainer = record({
  tag: constantFrom('v1', 'crash', 'exit-0', 'exit-7', 'no-pull', 'unhealthy', 'slow-1s', 'slow-90s'),
  essential: boolean(),
  healthCheck: option(record({ interval: integer({ min: 5, max: 60 }) }), { nil: undefined }),
})
const anyTask = record({
  containers: array(anyContainer, { minLength: 1, maxLength: 4 }),
  ofService: boolean(),
  hasLoadBalancer: boolean(),
  vpc: boolean(),
  stopAt: option(integer({ min: 0, max: 200_000 }), { nil: undefined }),
})
type Given = typeof anyTask extends Arbitrary<infer T> ? T : never

const logConfiguration = { logDriver: 'awslogs', options: { 'awslogs-group': '/app' } }

function lived({ containers, ofService, hasLoadBalancer, vpc }: Given): LiveTask {
  const definitions = containers.map(({ tag, ...more }, index) => ({
    ...more,
    name: `c${index}`,
    image: `app:${tag}`,
    essential: index === 0 || more.essential,
    logConfiguration,
  }))
  return liveTask(definitions, { ...(ofService && service), hasLoadBalancer }, vpc ? awsvpc : {})
}

describe('a task with any containers', () => {
  it('only ever moves forward through AWS’s states, and its exit codes are those of containers that ran and ended', () => {
    assert(
      property(anyTask, (given) => {
        const live = lived(given)
        let [state, version] = [order.indexOf(live.task.lastStatus), 0]
        const look = (): void => {
          const { task } = live
          const stopping = task.desiredStatus === 'STOPPED'
          expect(order.indexOf(task.lastStatus)).toBeGreaterThanOrEqual(state)
          expect(task.version).toBeGreaterThan(version)
          expect(stopping).toBe(order.indexOf(task.lastStatus) > order.indexOf('RUNNING'))
          expect(stopping).toBe('stopCode' in task && 'stoppedReason' in task && 'stoppingAt' in task)
          for (const each of task.containers) {
            const neededNow = task.lastStatus === 'RUNNING' && live.record.life.essential.includes(each.name)
            if (neededNow) expect(each.lastStatus).toBe('RUNNING')
            if (task.lastStatus === 'STOPPED') expect(each.lastStatus).toBe('STOPPED')
            expect('exitCode' in each).toBe(each.lastStatus === 'STOPPED' && 'runtimeId' in each)
          }
          ;[state, version] = [order.indexOf(task.lastStatus), task.version]
        }
        look()
        if (given.stopAt !== undefined) {
          while ((live.record.nextAt ?? Infinity) <= start + given.stopAt && live.next()) look()
          live.until(given.stopAt)
          live.stop()
        }
        while (live.next()) look()
        const ended = live.region.tasks[live.task.taskArn] === undefined
        expect(ended || (live.task.lastStatus === 'RUNNING' && given.ofService)).toBe(true)
        const times = ['createdAt', 'pullStartedAt', 'pullStoppedAt', 'startedAt', 'stoppingAt', 'stoppedAt']
        const shown = times.map((time) => live.task[time]).filter((time) => time !== undefined)
        expect(shown).toEqual(shown.toSorted((a, b) => a - b))
      }),
    )
  })

  it('continues the same way after its state was saved and loaded at any moment', () => {
    assert(
      property(anyTask, integer({ min: 0, max: 20 }), (given, saveAfter) => {
        const [straight, saved] = [lived(given), lived(given)]
        for (let count = 0; count < saveAfter; count += 1) saved.next()
        saved.saveAndRead()
        saved.until(forever)
        straight.until(forever)
        expect(saved.task).toEqual(straight.task)
        expect(saved.region).toEqual(straight.region)
      }),
    )
  })
})
