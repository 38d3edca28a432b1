/** What stands in the way of a refresh, and what a person should know before it begins. */
import type { Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { awsCommand, ownCommand } from '../ground/command.ts'
import { nameOf } from '../ground/names.ts'
import { settledMaximum } from './refreshNotes.ts'
import { lostAttributes } from './attributes.ts'
import type { Assessment } from './assess.ts'
import { type Fleet, isWeighted, resumeCommand, serviceOf, undrainableBecause } from './fleet.ts'

/** A sentence each. */
interface Hazards {
  readonly refusals: readonly string[]
  readonly warnings: readonly string[]
}

/** What a refresh is going to do, as far as it matters here. */
interface Intent {
  /** Whether to replace instances that are otherwise left alone or stand in the way. */
  readonly forceAll: boolean
  /** Whether attributes that somebody has set are set on the replacements. */
  readonly copyAttributes: boolean
  /** Whether instances are detached first, because the group has no room for others beside them. */
  readonly detaches: boolean
  /** The maximum with which the group has room for a batch. */
  readonly neededMaximum: number
  /** How many instances the group may have meanwhile. */
  readonly allowed: number
}

/** Everything that is known to go wrong before anything is changed. */
export function hazardsOf(fleet: Fleet, assessment: Assessment, intent: Intent): Hazards {
  const { outdated, starting, absent, detached } = assessment
  const { forceAll, detaches } = intent
  // A refresh that has nothing to replace changes nothing.
  if (outdated.length + starting.length + detached.length + (forceAll ? absent.length : 0) === 0) {
    return { refusals: notInCluster(fleet, assessment), warnings: leftAlone(assessment, forceAll) }
  }
  const forceable = [...protectedByHand(fleet, assessment), ...tasksOfNoService(fleet)]
  return {
    refusals: [
      ...notInCluster(fleet, assessment),
      ...suspendedProcesses(fleet),
      ...undrainableServices(fleet),
      ...unsupportedCapacityType(fleet),
      ...(detaches ? detachedFromLoadBalancers(fleet, assessment, intent) : []),
      ...(forceAll ? [] : forceable.map(({ what, fix }) => `${what} ${fix}, or replace it anyway: --force-all.`)),
    ],
    warnings: [
      ...(forceAll ? forceable.map(({ what }) => `${what} It is replaced anyway.`) : []),
      ...leftAlone(assessment, forceAll),
      ...(intent.copyAttributes ? [] : lostAttributes(fleet, assessment)),
      ...(detaches ? detachedFirst(fleet, intent) : allowedMore(fleet, intent)),
      ...groupWarnings(fleet, assessment),
    ],
  }
}

interface Forceable {
  readonly what: string
  readonly fix: string
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html */
function suspendedProcesses({ group }: Fleet): string[] {
  const { AutoScalingGroupName: name = '', SuspendedProcesses = [] } = group
  const harm: Readonly<Record<string, string>> = {
    Launch: 'no replacement can be started',
    Terminate: 'no old instance can be terminated',
  }
  return SuspendedProcesses.flatMap(({ ProcessName = '' }) =>
    harm[ProcessName]
      ? `The process ${ProcessName} is suspended: ${harm[ProcessName]}. Resume it with: ${resumeCommand(name, ProcessName)}`
      : [],
  )
}

function undrainableServices({ cluster, services }: Fleet): string[] {
  return [...services.values()].flatMap((service) => {
    const why = undrainableBecause(service)
    const mend = ownCommand('ecs-task', 'service update', { cluster, service: service.serviceName, max: 200 })
    return why ? [`Service ${service.serviceName} cannot be drained: ${why}. Change that with: ${mend}`] : []
  })
}

function unsupportedCapacityType({ group: { DesiredCapacityType: type = 'units' } }: Fleet): string[] {
  return type === 'units'
    ? []
    : [`The group counts its capacity in ${type}: only one that counts instances is refreshed.`]
}

/** A detached instance leaves the group's load balancers at once, before its replacement is in service. */
function detachedFromLoadBalancers({ group }: Fleet, { settled }: Assessment, { neededMaximum }: Intent): string[] {
  const { AutoScalingGroupName: name, TargetGroupARNs = [], LoadBalancerNames = [], MaxSize = 0 } = group
  if (TargetGroupARNs.length + LoadBalancerNames.length === 0) return []
  if (isWeighted(group)) {
    return [
      'The group weights instance types and is behind load balancers, which a detached instance leaves before its replacement is there. Only one that counts instances is refreshed behind them.',
    ]
  }
  const room = MaxSize - settled
  const smaller = room > 0 ? `, take fewer at once with --batch ${room}` : ''
  return [
    `The group has no room for a batch below its maximum of ${MaxSize} and is behind load balancers, which a detached instance leaves before its replacement is there. Raise the maximum while it is refreshed with --allow-max-plus-one${smaller}, or raise the maximum with: ${awsCommand('autoscaling update-auto-scaling-group', { 'auto-scaling-group-name': name, 'max-size': neededMaximum })}`,
  ]
}

/** Somebody decided to protect these instances, unless the group protects all new ones. */
function protectedByHand({ group }: Fleet, { outdated }: Assessment): Forceable[] {
  if (group.NewInstancesProtectedFromScaleIn) return []
  return outdated
    .filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn)
    .map(({ InstanceId }) => ({
      what: `Instance ${InstanceId} is protected from scale-in.`,
      fix: `Take the protection off with: ${awsCommand('autoscaling set-instance-protection', {
        'no-protected-from-scale-in': true,
        'auto-scaling-group-name': group.AutoScalingGroupName,
        'instance-ids': InstanceId,
      })}`,
    }))
}

function tasksOfNoService({ cluster, tasks }: Fleet): Forceable[] {
  return [...tasks].flatMap(([instance, all]) =>
    all
      .filter((task) => serviceOf(task) === undefined)
      .map(({ taskArn = '', group = '' }) => ({
        what: `Task ${nameOf(taskArn)} (${group}) on instance ${instance} belongs to no service: nothing would replace it.`,
        fix: `Wait until it ends, or stop it with: ${awsCommand('ecs stop-task', { cluster, task: nameOf(taskArn) })}`,
      })),
  )
}

/** If none of the group's instances is in the cluster, one of the two names is probably wrong. */
function notInCluster({ cluster, group, containers }: Fleet, { absent }: Assessment): string[] {
  const { AutoScalingGroupName: name, Instances = [] } = group
  const joined = Instances.some(({ InstanceId = '' }) => containers.has(InstanceId))
  if (joined || absent.length === 0) return []
  return [
    `No instance of ${name} is in cluster ${cluster}. Check --cluster and --asg; a group that serves no cluster is replaced with: ${awsCommand('autoscaling start-instance-refresh', { 'auto-scaling-group-name': name })}`,
  ]
}

/** Instances that the refresh leaves alone, or waits for. */
function leftAlone({ standby, absent, joining, drained }: Assessment, forceAll: boolean): string[] {
  return [
    ...standby.map(({ InstanceId }) => `Instance ${InstanceId} is outdated, in Standby, and left as it is.`),
    ...absent.map(({ InstanceId }) => {
      const what = forceAll ? 'and is replaced anyway' : 'and is left as it is; --force-all replaces it'
      return `Instance ${InstanceId} is outdated, never joined the cluster, ${what}.`
    }),
    ...joining.map(({ InstanceId }) => `Instance ${InstanceId} has not joined the cluster yet, and is waited for.`),
    ...drained.map(({ InstanceId }) => `Instance ${InstanceId} is DRAINING, though not outdated, and left as it is.`),
  ]
}

function allowedMore({ group }: Fleet, { allowed }: Intent): string[] {
  const maximum = settledMaximum(group)
  return allowed > maximum
    ? [`The group may have ${allowed} instances while it is refreshed, and ${maximum} again afterwards.`]
    : []
}

function detachedFirst({ group }: Fleet, { neededMaximum }: Intent): string[] {
  const { AutoScalingGroupName: name, MinSize = 0, MaxSize = 0 } = group
  const why = isWeighted(group)
    ? 'The group weights instance types'
    : `The group has no room for a batch ${MinSize === MaxSize ? `with min = max = ${MaxSize}` : `below its maximum of ${MaxSize}`}`
  const back =
    MinSize === MaxSize
      ? 'Should it fail, they cannot be attached again by themselves, since the group may be no smaller either.'
      : 'Should it fail, their replacements go before they are attached again.'
  const room = isWeighted(group)
    ? ''
    : ` To detach none, allow one more while it is refreshed with --allow-max-plus-one, or set its maximum to ${neededMaximum}: ${awsCommand('autoscaling update-auto-scaling-group', { 'auto-scaling-group-name': name, 'max-size': neededMaximum })}`
  return [`${why}: instances are detached first. ${back}${room}`]
}

function groupWarnings({ group, containers }: Fleet, { outdated }: Assessment): string[] {
  const {
    NewInstancesProtectedFromScaleIn,
    SuspendedProcesses = [],
    TargetGroupARNs = [],
    LoadBalancerNames = [],
  } = group
  const old = outdated.flatMap(({ InstanceId = '' }: Instance) => containers.get(InstanceId) ?? [])
  const providers = new Set(old.flatMap(({ capacityProviderName }) => capacityProviderName ?? []))
  const isUnlisted = SuspendedProcesses.some(({ ProcessName }) => ProcessName === 'AddToLoadBalancer')
  return [
    ...(NewInstancesProtectedFromScaleIn
      ? ['The group protects its instances from scale-in, which does not keep them from being replaced.']
      : []),
    ...(isUnlisted && TargetGroupARNs.length + LoadBalancerNames.length > 0
      ? ["The process AddToLoadBalancer is suspended: replacements do not come behind the group's load balancers."]
      : []),
    ...[...providers].map(
      (name) => `Capacity provider ${name} may change the desired capacity meanwhile, where its scaling is managed.`,
    ),
    ...old
      .filter(isAgentDisconnected)
      .map(({ ec2InstanceId }) => `The agent of ${ec2InstanceId} is not connected: it may never drain.`),
  ]
}

function isAgentDisconnected({ agentConnected }: ContainerInstance): boolean {
  return agentConnected === false
}
