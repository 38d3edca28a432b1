import { beforeEach, describe, expect, it } from 'vitest'
import { tasksAws } from './tasks.ts'

let { ecs, list, refusal, register, run } = tasksAws()
beforeEach(() => {
  ;({ ecs, list, refusal, register, run } = tasksAws())
})

describe('the client token of RunTask', () => {
  it('returns the same tasks for the same request, in any order of its members', () => {
    const first = ecs('runTask', { cluster: 'main', taskDefinition: 'web', count: 2, clientToken: 'a' })
    const again = ecs('runTask', { clientToken: 'a', count: 2, taskDefinition: 'web', cluster: 'main' })
    expect(again).toEqual(first)
    expect(list()).toHaveLength(2)
  })

  it('still returns them when the family has a newer revision', () => {
    const first = run('web', { clientToken: 'a' })
    register('web', 'app:v2')
    expect(run('web', { clientToken: 'a' })).toEqual(first)
  })

  it('conflicts with another request, which starts nothing and names the tasks', () => {
    const { tasks } = run('web', { clientToken: 'a' })
    const input = { cluster: 'main', taskDefinition: 'web', clientToken: 'a', count: 2 }
    expect(refusal('runTask', input)).toMatchObject({
      code: 'ConflictException',
      status: 400,
      body: { resourceIds: [tasks[0].taskArn] },
    })
    expect(list()).toHaveLength(1)
  })

  it('is separate in every cluster', () => {
    ecs('createCluster', { clusterName: 'other' })
    const [one] = run('web', { clientToken: 'a' }).tasks
    const [two] = run('web', { clientToken: 'a', cluster: 'other' }).tasks
    expect(two.taskArn).not.toBe(one.taskArn)
  })

  it('starts another task when it differs', () => {
    run('web', { clientToken: 'a' })
    run('web', { clientToken: 'b' })
    expect(list()).toHaveLength(2)
  })
})
