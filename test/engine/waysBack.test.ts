import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterHandlers } from '../../src/cluster/stepHandlers.ts'
import { instancesHandlers } from '../../src/instances/stepHandlers.ts'
import { report } from '../cluster/stacks.ts'
import { ofType } from '../deploy/support.ts'
import { isThorough } from '../sampled.ts'
import { deploying } from './cutDeploys.ts'
import {
  type Story,
  changed,
  cutAt,
  drifted,
  making,
  makingScaled,
  makingScheduled,
  makingTask,
  moved,
  otherCertificates,
  rebalanced,
  refreshing,
  recreated,
  rescaled,
  allowedOneMore,
  copying,
  scaling,
  suspending,
} from './cutRuns.ts'

type Kind = keyof typeof clusterHandlers | keyof typeof instancesHandlers

/** A run in which there are steps of a kind, and the kinds of their ways back: all that may be among them. */
interface WayBack {
  readonly story: Story
  readonly by: readonly Kind[]
}

const other = { hosted_zone_id: 'Z1', record_name: 'api.example.com' }
const confined = (maximum_percent: number) => ({
  report: { ...report, deployment_configuration: { maximum_percent } },
})

const daily = { schedule: 'rate(1 day)', max: 7 }

const undoes = 'undoes others'
const backs = 'takes back what somebody else has begun'
const looks = 'changes nothing'
const lasts = 'is what cannot be undone, and comes when nothing is put back any more'

/** For each kind of step there is: how a run comes to it, or why it has no way back. A kind that is missing here does not compile. */
const waysBack: Readonly<Record<Kind, WayBack | string>> = {
  addListenerCertificates: { story: rebalanced(otherCertificates), by: ['removeListenerCertificates'] },
  addTags: { story: rebalanced({ dns: other }), by: ['addTags'] },
  attachInstances: undoes,
  changeResourceRecordSets: { story: rebalanced({ dns: other }), by: ['changeResourceRecordSets'] },
  changeService: { story: changed(confined(250), confined(300)), by: ['changeService'] },
  continueServiceDeployment: 'lets go on what somebody else has begun',
  createDiscoveryService: { story: making, by: ['deleteDiscoveryService'] },
  createListener: { story: making, by: ['deleteListener'] },
  createLoadBalancer: { story: making, by: ['deleteLoadBalancer'] },
  copyAttributes: { story: copying, by: ['removeCopies'] },
  createOrUpdateTags: { story: refreshing(5, 3), by: ['deleteTags'] },
  createPrivateDnsNamespace: { story: making, by: ['deleteNamespace'] },
  createSchedule: { story: makingScheduled, by: ['deleteSchedule'] },
  createScheduleGroup: { story: makingScheduled, by: ['deleteScheduleGroup'] },
  createService: { story: making, by: ['deleteService'] },
  createTargetGroup: { story: making, by: ['deleteTargetGroup'] },
  deleteAttributes: undoes,
  deleteDiscoveryService: undoes,
  deleteListener: undoes,
  deleteLoadBalancer: undoes,
  deleteNamespace: undoes,
  deleteScalingPolicy: { story: rescaled({ memory: undefined }), by: ['putScalingPolicy'] },
  deleteScheduledAction: { story: rescaled({ scheduled: [daily] }), by: ['putScheduledAction'] },
  deleteSchedule: undoes,
  deleteScheduleGroup: undoes,
  deleteService: { story: recreated, by: ['createService', 'scaleAgain'] },
  deleteTags: undoes,
  deleteTargetGroup: undoes,
  deregisterScalableTarget: undoes,
  deregisterTaskDefinition: undoes,
  describeAutoScalingGroups: looks,
  describeLoadBalancers: looks,
  describeServices: looks,
  describeTargetGroups: looks,
  detachInstances: { story: refreshing(3), by: ['attachInstances'] },
  lookAgain: looks,
  modifyListener: {
    story: rebalanced(
      { protocol: 'HTTP', certificates: undefined },
      { certificates: otherCertificates.certificates.toReversed() },
    ),
    by: ['modifyListener', 'addListenerCertificates'],
  },
  modifyTargetGroup: {
    story: rebalanced({ healthcheck: { path: '/health' } }, { healthcheck: { interval_seconds: 60 } }),
    by: ['modifyTargetGroup'],
  },
  putAttributes: { story: refreshing(5, 3), by: ['deleteAttributes'] },
  putScalingPolicy: {
    story: rescaled({ max: 30, cpu: 50, scheduled: [] }),
    by: ['putScalingPolicy', 'registerScalableTarget'],
  },
  putScheduledAction: { story: rescaled({ scheduled: [daily] }), by: ['putScheduledAction'] },
  putTargets: { story: deploying, by: ['putTargets', 'removeTargets'] },
  registerScalableTarget: { story: makingScaled, by: ['deregisterScalableTarget'] },
  registerTask: { story: makingTask, by: ['deregisterTaskDefinition'] },
  registerTaskDefinition: { story: deploying, by: ['deregisterTaskDefinition'] },
  rejectServiceDeployment: backs,
  removeCopies: undoes,
  removeListenerCertificates: { story: rebalanced(otherCertificates), by: ['addListenerCertificates'] },
  removeTargets: undoes,
  restoreDesiredCapacity: undoes,
  restoreService: undoes,
  runTask: 'has run; nothing can make it undone',
  scaleAgain: undoes,
  scaleService: { story: scaling, by: ['scaleService'] },
  setDesiredCapacity: { story: refreshing(5), by: ['restoreDesiredCapacity'] },
  setSuspendedState: { story: suspending, by: ['setSuspendedState'] },
  setSecurityGroups: { story: moved, by: ['setSecurityGroups'] },
  setSubnets: { story: moved, by: ['setSubnets'] },
  stopServiceDeployment: backs,
  tagResource: {
    story: changed({ report: { ...report, depends_on: ['edge'] } }, { report: { ...report, depends_on: ['user'] } }),
    by: ['tagResource'],
  },
  terminateInstanceInAutoScalingGroup: lasts,
  terminateInstances: lasts,
  updateAutoScalingGroup: { story: allowedOneMore, by: ['updateAutoScalingGroup'] },
  updateContainerInstancesState: { story: refreshing(5, 3), by: ['updateContainerInstancesState'] },
  updateDiscoveryService: { story: drifted, by: ['updateDiscoveryService'] },
  updateSchedule: { story: deploying, by: ['updateSchedule'] },
  updateService: { story: deploying, by: ['restoreService'] },
}

const cases = Object.entries(waysBack).flatMap(([kind, of]) => (typeof of === 'string' ? [] : [{ kind, ...of }]))

describe('the way back of', () => {
  it.each(cases)('$kind is taken by AWS, and all is as it was', { timeout: 600_000 }, async ({ kind, story, by }) => {
    const ran = new Set<string>()
    const moment = fc.constantFrom('answered' as const, 'finished' as const)
    await fc.assert(
      fc.asyncProperty(story.choices, moment, async (choice, when) => {
        const { left, events, before, after } = await story.run(choice, cutAt(kind, when))
        const undone = ofType(events, 'step.finished').filter(({ undoing }) => undoing)
        for (const step of undone) ran.add(step.kind)
        expect(ofType(events, 'step.failed').filter(({ undoing }) => undoing)).toEqual([])
        expect(left).toEqual([])
        expect(after).toEqual(before)
      }),
      { numRuns: isThorough ? 150 : story === deploying ? 15 : 3, seed: 20261128 },
    )
    expect([...ran]).toEqual(expect.arrayContaining([...by]))
  })

  it('every other kind that puts something back is among those above', () => {
    const named = new Set(cases.flatMap(({ by }) => by))
    const undoing = Object.entries(waysBack).flatMap(([kind, of]) => (of === undoes ? kind : []))
    expect(undoing.filter((kind) => !named.has(kind as Kind))).toEqual([])
    expect(Object.keys(waysBack).toSorted()).toEqual(
      Object.keys({ ...clusterHandlers, ...instancesHandlers }).toSorted(),
    )
  })
})
