import { nameOf } from '../ground/names.ts'
import { Reference, type Step } from '../engine/step.ts'
import { createLoadBalancer } from './steps/createLoadBalancer.ts'
import { awaitLoadBalancer } from './steps/describeLoadBalancers.ts'
import { deleteLoadBalancer } from './steps/deleteLoadBalancer.ts'
import { setSecurityGroups, setSubnets } from './steps/setSubnets.ts'
import { changesOf } from './changes.ts'
import type { WantedLoadBalancer } from './desired.ts'
import { type Found, isOurs } from './found.ts'
import { asTags, marksOf, nameMarks, nameTag } from './marks.ts'
import { besides } from './resourceNames.ts'
import type { Work } from './work.ts'

/** A load balancer, there or yet to be made, as the steps that need it name it. */
export interface Balancer {
  readonly name: string
  readonly arn: string | Reference
  readonly dnsName: string | Reference
  readonly zone: string | Reference
}

/** What is to be done for the load balancer of a service, and which it is; `wanted` may be the ARN of one of others. */
export function loadBalancerWork(
  found: Found,
  service: string,
  wanted: string | WantedLoadBalancer,
): Work & { readonly balancer: Balancer | undefined } {
  if (typeof wanted === 'string') {
    const there = found.loadBalancers.find(({ thing }) => thing.LoadBalancerArn === wanted)
    if (there) return { steps: {}, balancer: known(there.thing) }
    return { steps: {}, balancer: undefined, problems: [`${service}: there is no load balancer ${wanted}.`] }
  }
  const ours = found.loadBalancers.filter((one) => isOurs(one, found.cluster, service))
  const there = ours.find(({ thing, tags }) => thing.Scheme === wanted.Scheme && tags[nameTag] === wanted.name)
  if (there) return changed(there.thing, wanted)
  const [other] = ours
  const changes = other
    ? changesOf({
        'elb.type': [typeOf(other.thing.Scheme), typeOf(wanted.Scheme)],
        'elb.name': [other.tags[nameTag], wanted.name],
      })
    : []
  const replaces = changes.map((change) => `${service}: ${change} needs another load balancer.`)
  return { ...made(found, service, wanted), replaces }
}

function typeOf(scheme: string | undefined): string {
  return scheme === 'internal' ? 'private' : 'public'
}

type There = Found['loadBalancers'][number]['thing']

function known(there: There): Balancer {
  return {
    name: there.LoadBalancerName ?? '',
    arn: there.LoadBalancerArn ?? '',
    dnsName: there.DNSName ?? '',
    zone: there.CanonicalHostedZoneId ?? '',
  }
}

function changed(there: There, wanted: WantedLoadBalancer): Work & { readonly balancer: Balancer } {
  const { LoadBalancerArn: arn = '', LoadBalancerName: name = '', AvailabilityZones = [], SecurityGroups = [] } = there
  const subnets = AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? [])
  const inSubnets = changesOf({ subnets: [subnets, wanted.Subnets] })
  const behind = changesOf({ security_groups: [SecurityGroups, wanted.SecurityGroups] })
  const steps: Step[] = [
    ...(inSubnets.length > 0 ? [setSubnets({ arn, name, before: subnets, after: wanted.Subnets }, inSubnets)] : []),
    ...(behind.length > 0
      ? [setSecurityGroups({ arn, name, before: SecurityGroups, after: wanted.SecurityGroups }, behind)]
      : []),
  ]
  const waits = there.State?.Code === 'provisioning' ? [awaitLoadBalancer(arn, name)] : []
  return { steps: { grounds: steps, waits }, balancer: known(there) }
}

function made(found: Found, service: string, wanted: WantedLoadBalancer): Work & { readonly balancer: Balancer } {
  const ofOthers = found.ofOthers.loadBalancers.get(wanted.Name)
  const isTaken = found.loadBalancers.some(
    (one) => isOurs(one, found.cluster) && one.thing.LoadBalancerName === wanted.Name,
  )
  const name = isTaken ? besides(wanted.Name, [wanted.Scheme, wanted.name]) : wanted.Name
  const marks = [...marksOf(found.cluster, service), ...nameMarks(wanted.name)]
  const input = {
    Name: name,
    Type: 'application' as const,
    Scheme: wanted.Scheme,
    Subnets: wanted.Subnets,
    SecurityGroups: wanted.SecurityGroups,
    Tags: asTags(marks),
  }
  const step = createLoadBalancer(input, (id) => [deleteLoadBalancer(reference(id, name, 'arn'), name)])
  const arn = reference(step.id, name, 'arn')
  return {
    steps: { grounds: [step], waits: [awaitLoadBalancer(arn, name)] },
    balancer: {
      name,
      arn,
      dnsName: reference(step.id, name, 'dnsName'),
      zone: reference(step.id, name, 'zone'),
    },
    problems: ofOthers === undefined ? [] : [takenOver('load balancer', name, { service, arn: ofOthers, found })],
  }
}

const called = { arn: 'ARN', dnsName: 'DNS name', zone: 'hosted zone' }

function reference(step: string, name: string, what: keyof typeof called): Reference {
  return new Reference(step, `the ${called[what]} of load balancer ${name}`, what)
}

/** The sentence for something of others that has the name which ours would have. */
export function takenOver(
  kind: string,
  name: string,
  of: { readonly service: string; readonly arn: string; readonly found: Found },
): string {
  return `${of.service}: there is a ${kind} ${name} that was not made for it. ${takeOver(of)}`
}

/** The command by which something of others becomes ours. */
export function takeOver(of: { readonly service: string; readonly arn: string; readonly found: Found }): string {
  const tags = asTags(marksOf(nameOf(of.found.cluster), of.service)).map(
    ({ Key, Value }) => `Key=${Key},Value=${Value}`,
  )
  return `To take it over: aws elbv2 add-tags --resource-arns ${of.arn} --tags ${tags.join(' ')}`
}
