import { describe, expect, it } from 'vitest'
import { instancesText } from '../../src/output/instancesText.ts'
import { minutes, stage } from './support.ts'

describe('the status of instances', () => {
  it('shows every group that backs the cluster, what it would launch, and why instances are outdated', async () => {
    const s = await stage({ services: [{ serviceName: 'web', desiredCount: 3 }] })
    expect(await s.status()).toMatchObject({ version: 1, state: 'current', cluster: 'c' })
    s.renew()
    const status = await s.status()
    expect(status).toMatchObject({
      state: 'outdated',
      groups: [
        {
          group: 'asg',
          starts: 'launch template web-template, version 2',
          desired: 3,
          minimum: 0,
          maximum: 5,
          findings: [],
        },
      ],
    })
    const [group] = status.groups
    expect(group?.instances).toHaveLength(3)
    expect(group?.instances.map(({ tasks }) => tasks)).toEqual([1, 1, 1])
    for (const instance of group?.instances ?? []) {
      expect(instance).toMatchObject({
        type: 't3.medium',
        lifecycleState: 'InService',
        status: 'ACTIVE',
        outdated: 'version 1 of launch template web-template instead of 2',
      })
    }
  })

  it('takes one call for each kind of resource, and asks EC2 only for versions of launch templates', async () => {
    const operations = async (s: Awaited<ReturnType<typeof stage>>): Promise<string[]> =>
      (await s.statusAsked()).sent.map(({ operation }) => operation)
    const reads = [
      'ListContainerInstances',
      'DescribeContainerInstances',
      'DescribeAutoScalingInstances',
      'DescribeAutoScalingGroups',
    ]
    expect(await operations(await stage({ kind: 'launch configuration' }))).toEqual(reads)
    expect(await operations(await stage())).toEqual([...reads, 'DescribeLaunchTemplates'])
  })

  it('says that a cluster has no instances, or that a group does not exist', async () => {
    const s = await stage()
    s.call('ecs', 'CreateCluster', { clusterName: 'empty' })
    const empty = await s.status()
    const text = (status: typeof empty): string => instancesText(status, { color: false, columns: 80 })
    expect(text({ ...empty, cluster: 'empty', groups: [] })).toBe(
      'No Auto Scaling group has an instance in cluster empty.\n',
    )
    await expect(s.status('nothing')).rejects.toMatchObject({ code: 'NotFound' })
  })

  it('shows what an interrupted refresh has left', async () => {
    const s = await stage({ max: 3 })
    s.renew()
    let isCut = false
    await s
      .refresh(
        {},
        {
          meddle: ({ operation }) => {
            isCut ||= operation === 'UpdateContainerInstancesState'
            if (isCut) throw new Error('killed')
          },
        },
      )
      .catch(() => undefined)
    const status = await s.status()
    const detached = status.groups[0]?.instances.filter(({ lifecycleState }) => lifecycleState === 'Detached') ?? []
    expect(detached.map(({ outdated }) => outdated)).toEqual(['detached by an interrupted refresh'])
    expect(status.groups[0]?.findings.join()).toContain(
      ' was not finished: without it the group wants 3. Go on with it: ecs-task instances refresh --cluster c --asg asg',
    )
  })

  it('says of a refresh that was cut off who began it and what to type, also where the group wants what it wanted before', async () => {
    const s = await stage()
    s.renew()
    await s.refresh(
      { by: 'alice@laptop' },
      {
        meddle: () => {
          if (s.group().Tags.length > 0) throw new Error('killed')
        },
      },
    )
    const { groups } = await s.status()
    expect(groups[0]).toMatchObject({ desired: 3, maximum: 5 })
    expect(groups[0]?.findings).toEqual([
      'A refresh of asg by alice@laptop, which began at 2026-01-01T00:08:00.000Z, was not finished: without it the group wants 3. Go on with it: ecs-task instances refresh --cluster c --asg asg',
    ])
    expect(await s.refresh()).toMatchObject({ exitCode: 0, left: [] })
    expect((await s.status()).groups[0]?.findings).toEqual([])
  })

  it('is current while the last old instances terminate', async () => {
    const s = await stage({ instances: 2 })
    s.renew()
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    const status = await s.status()
    expect(status.groups[0]?.instances.map(({ lifecycleState }) => lifecycleState)).toContain('Terminating')
    expect(status.state).toBe('current')
    expect(instancesText(status, { color: false, columns: 80 })).toMatch(
      /\n2 of 3 up to date\n.*\n.*\n1 of 3 leaving\n  i-\w+ Termi/,
    )
  })

  it('prints the group and its instances as text', async () => {
    const s = await stage({ instances: 2 })
    s.renew()
    const status = await s.status()
    const text = instancesText(status, { color: false, columns: 200 }).replaceAll(/i-\w+/g, 'i-1')
    expect(text).toBe(`asg in c wants 2 (0 to 4) and starts launch template web-template, version 2
2 of 2 outdated: version 1 of launch template web-template instead of 2
  i-1 InService, t3.medium, us-east-1a, ACTIVE, 2 tasks
  i-1 InService, t3.medium, us-east-1b, ACTIVE, 1 task
`)
  })

  it('lists outdated instances first, by reason, and the others after them', async () => {
    const s = await stage({ instances: 2 })
    s.renew()
    s.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: 'asg', DesiredCapacity: 3 })
    await s.wait(minutes(3))
    const text = instancesText(await s.status(), { color: false, columns: 80 })
    const lines = text.split('\n').map((line) => line.replace(/i-\w+ .*/, 'i'))
    expect(lines.slice(1)).toEqual([
      '2 of 3 outdated: version 1 of launch template web-template instead of 2',
      '  i',
      '  i',
      '1 of 3 up to date',
      '  i',
      '',
    ])
  })
})
