import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createGroup, ec2State, groupOf, idsOf, instancesOf, joinedOf, ofShop, terminate } from './shopGroup.ts'
import { localAws, minutes, Refusal } from '../support.ts'
import type { TestAws } from '../support.ts'

/** Something that somebody does to the group; `pick` says to which of the instances there are. */
interface Deed {
  readonly what: keyof typeof deeds
  readonly pick: number
  readonly count: number
  readonly decrement: boolean
}

const picked = <Item>(items: readonly Item[], pick: number): Item | undefined => items[pick % Math.max(items.length, 1)]
const processes = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy']

const deeds = {
  wait: (aws: TestAws, { pick }: Deed) => aws.advance(pick * 137),
  wantMore: (aws: TestAws, { count }: Deed) => ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity: count }),
  resize: (aws: TestAws, { count, pick }: Deed) =>
    ofShop(aws, 'UpdateAutoScalingGroup', { MinSize: count, MaxSize: count + (pick % 4) }),
  renew: (aws: TestAws, { count }: Deed) => {
    const input = { LaunchTemplateName: 'shop', SourceVersion: '1', LaunchTemplateData: { ImageId: `ami-${count}` } }
    aws.call('ec2', 'CreateLaunchTemplateVersion', input)
  },
  detach: (aws: TestAws, deed: Deed) => onOne(aws, 'DetachInstances', deed),
  standBy: (aws: TestAws, deed: Deed) => onOne(aws, 'EnterStandby', deed),
  comeBack: (aws: TestAws, { pick }: Deed) =>
    ofShop(aws, 'ExitStandby', { InstanceIds: [picked(idsOf(aws, 'Standby'), pick) ?? 'i-none'] }),
  attach: (aws: TestAws, { pick }: Deed) => {
    const free = Object.values(aws.region.instances).filter(({ autoScalingGroup }) => autoScalingGroup === undefined)
    const id: string = picked(free, pick)?.instance['InstanceId'] ?? 'i-none'
    ofShop(aws, 'AttachInstances', { InstanceIds: [id] })
  },
  giveUp: (aws: TestAws, { pick, decrement }: Deed) =>
    aws.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', {
      InstanceId: picked(idsOf(aws), pick) ?? 'i-none',
      ShouldDecrementDesiredCapacity: decrement,
    }),
  lose: (aws: TestAws, { pick }: Deed) => terminate(aws, picked(Object.keys(aws.region.instances), pick) ?? 'i-none'),
  protect: (aws: TestAws, { pick, decrement }: Deed) => {
    const InstanceIds = [picked(idsOf(aws), pick) ?? 'i-none']
    ofShop(aws, 'SetInstanceProtection', { InstanceIds, ProtectedFromScaleIn: decrement })
  },
  suspend: (aws: TestAws, { pick }: Deed) =>
    ofShop(aws, 'SuspendProcesses', { ScalingProcesses: [picked(processes, pick)] }),
  resume: (aws: TestAws, { pick }: Deed) =>
    ofShop(aws, 'ResumeProcesses', { ScalingProcesses: [picked(processes, pick)] }),
} as const

function onOne(aws: TestAws, operation: string, { pick, decrement }: Deed): void {
  const InstanceIds = [picked(idsOf(aws), pick) ?? 'i-none']
  ofShop(aws, operation, { InstanceIds, ShouldDecrementDesiredCapacity: decrement })
}

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom(...(Object.keys(deeds) as (keyof typeof deeds)[]), 'wait', 'wait'),
  pick: fc.nat(999),
  count: fc.nat(6),
  decrement: fc.boolean(),
})

/** What a client may be told: a refusal of AWS, and never that something broke. */
function perform(aws: TestAws, one: Deed): void {
  try {
    deeds[one.what](aws, one)
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 400) throw error
  }
}

function boundsHold(aws: TestAws): void {
  const { MinSize, MaxSize, DesiredCapacity } = groupOf(aws)
  expect(DesiredCapacity).toBeGreaterThanOrEqual(MinSize)
  expect(DesiredCapacity).toBeLessThanOrEqual(MaxSize)
}

/** What has become of an instance that was launched once. */
function fateOf(aws: TestAws, id: string): string {
  const inGroup: Unchecked | undefined = instancesOf(aws).find(({ InstanceId }) => InstanceId === id)
  const state = ec2State(aws, id) ?? 'forgotten'
  if (!inGroup) return state === 'running' ? 'detached and running' : state
  return `${inGroup['LifecycleState']}, ${state}`
}

test('after any changes a group ends with its desired capacity in service, and no instance is lost', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (history) => {
      const aws = localAws()
      createGroup(aws)
      const launched = new Set<string>()
      for (const one of history) {
        perform(aws, one)
        boundsHold(aws)
        for (const id of Object.keys(aws.region.instances)) launched.add(id)
      }
      ofShop(aws, 'ResumeProcesses')
      aws.advance(minutes(1))
      const InstanceIds = idsOf(aws).filter((id) => ['InService', 'Standby'].includes(fateOf(aws, id).split(',')[0]!))
      if (InstanceIds.length > 0) ofShop(aws, 'SetInstanceProtection', { InstanceIds, ProtectedFromScaleIn: false })
      aws.advance(minutes(5))

      expect(idsOf(aws, 'InService')).toHaveLength(groupOf(aws).DesiredCapacity)
      const fates = [...launched, ...idsOf(aws)].map((id) => fateOf(aws, id))
      const possible = ['InService, running', 'detached and running', 'terminated', 'forgotten']
      for (const fate of fates) if (!fate.startsWith('Standby, ')) expect(possible).toContain(fate)
      const running = Object.keys(aws.region.instances).filter((id) => ec2State(aws, id) === 'running')
      expect(joinedOf(aws).toSorted()).toEqual(running.toSorted())
      expect(aws.warnings).toEqual([])
    }),
    { numRuns: 300 },
  )
})
