/** Plans the load balancer of a service: it is used, changed or created. */
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2'
import { awsCommand } from '../../ground/command.ts'
import { nameOf } from '../../ground/names.ts'
import { Reference } from '../../engine/step.ts'
import { createLoadBalancer } from '../steps/createLoadBalancer.ts'
import { awaitLoadBalancer } from '../steps/describeLoadBalancers.ts'
import { deleteLoadBalancer } from '../steps/deleteLoadBalancer.ts'
import { setSecurityGroups, setSubnets } from '../steps/setSubnets.ts'
import type { WantedLoadBalancer } from '../desired.ts'
import { type Found, type Tagged, isOurs, oursIn, standingOf } from '../found.ts'
import { creationTags, nameTag, nameTags, ownerTags, pascalCaseTags, replacementName } from '../ownership.ts'
import { changesOf, type Work } from '../work.ts'

/** A load balancer, existing or yet to be created, as the steps that need it refer to it. */
export interface PlannedLoadBalancer {
  readonly name: string
  readonly arn: string | Reference
  readonly dnsName: string | Reference
  readonly zone: string | Reference
}

/** The work for the load balancer of a service, and which one it is; `wanted` may be the ARN of one that is not ours. */
export function loadBalancerWork(
  found: Found,
  service: string,
  wanted: string | WantedLoadBalancer,
): Work & { readonly balancer: PlannedLoadBalancer | undefined } {
  if (typeof wanted === 'string') {
    const named = found.loadBalancers.find(({ thing }) => thing.LoadBalancerArn === wanted)
    if (named) return { steps: {}, balancer: existing(named.thing) }
    return { steps: {}, balancer: undefined, problems: [`${service}: there is no load balancer ${wanted}.`] }
  }
  const ours = oursIn(found.loadBalancers, found.cluster, service)
  const suitable = ours.find(({ thing, tags }) => thing.Scheme === wanted.Scheme && tags[nameTag] === wanted.name)
  if (suitable) return updateWork(suitable.thing, wanted)
  const [other] = ours
  const changes = other
    ? changesOf({
        'elb.type': [typeOf(other.thing.Scheme), typeOf(wanted.Scheme)],
        'elb.name': [other.tags[nameTag], wanted.name],
      })
    : []
  const replaces = changes.map((change) => `${service}: ${change} needs another load balancer.`)
  return { ...creationWork(found, service, wanted), replaces }
}

function typeOf(scheme: string | undefined): string {
  return scheme === 'internal' ? 'private' : 'public'
}

function existing(balancer: LoadBalancer): PlannedLoadBalancer {
  return {
    name: balancer.LoadBalancerName ?? '',
    arn: balancer.LoadBalancerArn ?? '',
    dnsName: balancer.DNSName ?? '',
    zone: balancer.CanonicalHostedZoneId ?? '',
  }
}

function updateWork(
  balancer: LoadBalancer,
  wanted: WantedLoadBalancer,
): Work & { readonly balancer: PlannedLoadBalancer } {
  const {
    LoadBalancerArn: arn = '',
    LoadBalancerName: name = '',
    AvailabilityZones = [],
    SecurityGroups = [],
  } = balancer
  const subnets = AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? [])
  const subnetChanges = changesOf({ subnets: [subnets, wanted.Subnets] })
  const groupChanges = changesOf({ security_groups: [SecurityGroups, wanted.SecurityGroups] })
  const steps = [
    ...(subnetChanges.length > 0
      ? [setSubnets({ arn, name, before: subnets, after: wanted.Subnets }, subnetChanges)]
      : []),
    ...(groupChanges.length > 0
      ? [setSecurityGroups({ arn, name, before: SecurityGroups, after: wanted.SecurityGroups }, groupChanges)]
      : []),
  ]
  const waits = balancer.State?.Code === 'provisioning' ? [awaitLoadBalancer(arn, name)] : []
  return { steps: { foundations: steps, waits }, balancer: existing(balancer) }
}

function creationWork(
  found: Found,
  service: string,
  wanted: WantedLoadBalancer,
): Work & { readonly balancer: PlannedLoadBalancer } {
  const { holder, name } = freeName(found, found.named.loadBalancers, wanted.Name, [wanted.Scheme, wanted.name])
  if (holder) {
    const isFit = holder.thing.Scheme === wanted.Scheme
    const problem = isFit
      ? nameTaken('load balancer', name, { service, arn: holder.thing.LoadBalancerArn, found, name: wanted.name })
      : `${service}: there is a load balancer ${name} that was not created for it and is ${typeOf(holder.thing.Scheme)}. Give this one another elb.name.`
    // What stands in the way of its listener is told at once, too.
    return { steps: {}, balancer: existing(holder.thing), problems: [problem] }
  }
  const input = {
    Name: name,
    Type: 'application' as const,
    Scheme: wanted.Scheme,
    Subnets: wanted.Subnets,
    SecurityGroups: wanted.SecurityGroups,
    Tags: pascalCaseTags([...creationTags(found, service), ...nameTags(wanted.name)]),
  }
  const standing = standingOf(found, service)
  const step = createLoadBalancer(input, (id) => [deleteLoadBalancer(reference(id, name, 'arn'), name, standing)])
  const arn = reference(step.id, name, 'arn')
  return {
    steps: { foundations: [step], waits: [awaitLoadBalancer(arn, name)] },
    balancer: {
      name,
      arn,
      dnsName: reference(step.id, name, 'dnsName'),
      zone: reference(step.id, name, 'zone'),
    },
  }
}

const words = { arn: 'ARN', dnsName: 'DNS name', zone: 'hosted zone' }

function reference(step: string, name: string, member: keyof typeof words): Reference {
  return new Reference(step, `the ${words[member]} of load balancer ${name}`, member)
}

/**
 * The name for what is to be created: the `wanted` one, or a variant where the cluster has that already for something
 * else; `holder` is what others have of that name.
 */
export function freeName<T>(
  found: Found,
  all: ReadonlyMap<string, Tagged<T>>,
  wanted: string,
  what: readonly unknown[],
): { readonly name: string; readonly holder: Tagged<T> | undefined } {
  const first = all.get(wanted)
  const name = first && isOurs(first, found.cluster) ? replacementName(wanted, what) : wanted
  const holder = all.get(name)
  return { name, holder: holder && !isOurs(holder, found.cluster) ? holder : undefined }
}

/** Says that a resource that is not ours has the name that ours would get. */
export function nameTaken(kind: string, name: string, of: TakenOver): string {
  return `${of.service}: there is a ${kind} ${name} that was not created for it. ${takeOver(of)}`
}

/** What is to become ours, and for which service; `name` is `elb.name` of the file. */
interface TakenOver {
  readonly service: string
  readonly arn: string | undefined
  readonly found: Found
  readonly name?: string | undefined
}

/** The command that makes a resource ours. */
export function takeOver({ service, arn = '', found, name }: TakenOver): string {
  const tags = pascalCaseTags([...ownerTags(nameOf(found.cluster), service), ...nameTags(name)])
  const shown = tags.map(({ Key, Value }) => `Key=${Key},Value=${Value}`)
  return `To adopt it: ${awsCommand('elbv2 add-tags', { 'resource-arns': arn, tags: shown })}`
}
