import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import { linesOf } from '../../src/output/telling.ts'
import { printed } from '../../src/output/line.ts'
import { emptyPicture } from '../../src/output/picture.ts'
import { type Staged, minutes, stage } from './support.ts'

/** What each step of the way back did, by its kind, and the line that a log has of it. */
function undoneIn(events: readonly ToldEvent[]) {
  return events.flatMap((event) => {
    const isEnd = event.type === 'step.finished' || event.type === 'step.skipped'
    if (!isEnd || !event.undoing) return []
    const line = linesOf(event, emptyPicture).map((one) => printed(one, { color: false }).slice(10))
    return [{ kind: event.kind, did: event.did, line: line.join('\n').replaceAll(/i-\w+/g, 'i') }]
  })
}

/** A refresh whose replacements never join; `act` comes at the second look at the group after something was asked of it. */
async function failing(s: Staged, operation: string, act: () => unknown = () => {}) {
  s.renew()
  let isDone = false
  return s.refresh(
    {},
    {
      timeout: minutes(4),
      meddle: (sent) => {
        if (isDone || sent.operation !== operation) return
        isDone = true
        act()
      },
    },
  )
}

const setDesired = (s: Staged, DesiredCapacity: number): unknown =>
  s.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'asg', DesiredCapacity })

describe('each step of the way back says what it did', () => {
  it('undone, where everything is put back', async () => {
    const s = await stage({ newImage: 'ami-never-joins' })
    const result = await failing(s, 'never')
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    const byKind = undoneIn(result.events).toSorted((one, other) => (one.kind < other.kind ? 1 : -1))
    expect(byKind).toEqual([
      { kind: 'restoreDesiredCapacity', did: 'undone', line: '✓ Undone: Bring asg back to 3' },
      { kind: 'deleteTags', did: 'undone', line: '✓ Undone: Remove the record of asg' },
      { kind: 'deleteAttributes', did: 'undone', line: '✓ Undone: Remove the mark of i' },
    ])
  })

  it('kept, where an instance stays outside of its group', async () => {
    const s = await stage({ min: 3, max: 3, newImage: 'ami-never-joins' })
    const result = await failing(s, 'never')
    expect(result.exitCode).toBe(3)
    expect(undoneIn(result.events)).toContainEqual({
      kind: 'deleteAttributes',
      did: 'kept',
      line: '! Kept, not undone: Remove the mark of i (i is not in asg, and the next refresh, which replaces it, finds it by its mark)',
    })
    const marked = [...s.containers().values()].flatMap(({ attributes }) =>
      attributes.filter(({ name }: { name: string }) => name.startsWith('ecs-task')),
    )
    expect(marked).toHaveLength(1)
  })

  it('kept, where somebody else has raised the desired capacity, and what they added stays', async () => {
    const s = await stage({ max: 8, newImage: 'ami-never-joins' })
    let looks = 0
    s.renew()
    const result = await s.refresh(
      {},
      {
        timeout: minutes(4),
        meddle: ({ operation }) => {
          if (operation === 'DescribeAutoScalingGroups' && ++looks === 6) setDesired(s, 6)
        },
      },
    )
    expect(result.exitCode).toBe(3)
    expect(undoneIn(result.events)).toContainEqual({
      kind: 'restoreDesiredCapacity',
      did: 'kept',
      line: '! Kept, not undone: Bring asg back to 3 (asg wants 5 by now, or still has as many)',
    })
    expect(s.group()).toMatchObject({ DesiredCapacity: 5 })
  })

  it('not needed, where somebody else has brought the group back', async () => {
    const s = await stage({ newImage: 'ami-never-joins' })
    const stop = new AbortController()
    s.renew()
    const result = await s.refresh(
      {},
      {
        signal: stop.signal,
        meddle: ({ operation }) => {
          if (operation !== 'DescribeAutoScalingGroups' || s.group().DesiredCapacity !== 4) return
          setDesired(s, 2)
          stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        },
      },
    )
    expect(undoneIn(result.events)).toContainEqual({
      kind: 'restoreDesiredCapacity',
      did: 'notNeeded',
      line: 'Skipped, not needed: Bring asg back to 3 (asg wants 2)',
    })
    expect(s.group()).toMatchObject({ DesiredCapacity: 2 })
  })

  it('not needed, where the instances are gone', async () => {
    const s = await stage({ newImage: 'ami-never-joins' })
    const [first = ''] = s.inGroup()
    const result = await failing(s, 'SetDesiredCapacity', () => {
      const marked = [...s.containers().entries()].find(([, { attributes }]) =>
        attributes.some(({ name }: { name: string }) => name.startsWith('ecs-task')),
      )
      s.call('ec2', 'TerminateInstances', { InstanceIds: [marked?.[0] ?? first] })
    })
    expect(undoneIn(result.events)).toContainEqual({
      kind: 'deleteAttributes',
      did: 'notNeeded',
      line: 'Skipped, not needed: Remove the mark of i (gone, and its mark with it)',
    })
  })
})
