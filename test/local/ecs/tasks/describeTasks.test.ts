import { beforeEach, describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { refused, tasksAws } from './tasks.ts'

let { describeOne, ecs, refusal, run } = tasksAws()
beforeEach(() => {
  ;({ describeOne, ecs, refusal, run } = tasksAws())
})

describe('DescribeTasks', () => {
  it('finds tasks by id and by ARN, in the requested order', () => {
    const [one, two] = run('web', { count: 2 }).tasks.map(({ taskArn }: Unchecked) => taskArn)
    const { tasks, failures } = ecs('describeTasks', { cluster: 'main', tasks: [two.split('/').at(-1), one] })
    expect(tasks.map(({ taskArn }: Unchecked) => taskArn)).toEqual([two, one])
    expect(failures).toEqual([])
  })

  it('reports as MISSING what is not in the cluster, beside the tasks that are', () => {
    const [{ taskArn }] = run().tasks
    const unknown = 'f'.repeat(32)
    const far = taskArn.replace('us-east-1', 'eu-west-1')
    const { tasks, failures } = ecs('describeTasks', { cluster: 'main', tasks: [unknown, far, taskArn] })
    expect(tasks).toHaveLength(1)
    expect(failures).toEqual([
      { arn: `arn:aws:ecs:us-east-1:123456789012:task/main/${unknown}`, reason: 'MISSING' },
      { arn: far, reason: 'MISSING' },
    ])
  })

  it('shows tags only when asked', () => {
    const tags = [{ key: 'team', value: 'a' }]
    const [{ taskArn }] = run('web', { tags }).tasks
    expect(describeOne(taskArn).tags).toEqual([])
    expect(describeOne(taskArn, { include: ['TAGS'] }).tags).toEqual(tags)
  })

  it('takes 1 to 100 tasks', () => {
    const ids = Array.from({ length: 101 }, (_, index) => String(index))
    expect(refusal('describeTasks', { cluster: 'main', tasks: [] })).toEqual(
      refused('InvalidParameterException', 'Tasks cannot be empty.'),
    )
    expect(refusal('describeTasks', { cluster: 'main', tasks: ids }).code).toBe('InvalidParameterException')
    expect(ecs('describeTasks', { cluster: 'main', tasks: ids.slice(1) }).failures).toHaveLength(100)
    expect(refusal('describeTasks', { cluster: 'other', tasks: ids }).code).toBe('ClusterNotFoundException')
  })
})
