// A load balancer: how it is made, named, shown and found.
import type {
  CreateLoadBalancerInput,
  LoadBalancer as ShownLoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../world/fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import type { LoadBalancer, LoadBalancerRecord, LoadBalancerZone, Region } from '../world/world.ts'

/** A new load balancer is `provisioning` for two minutes, then `active`. */
const provisioning = 120
const letters: Readonly<Record<string, string>> = { application: 'app', network: 'net', gateway: 'gwy' }
/** The hosted zones of us-east-1, whatever the region: "Elastic Load Balancing endpoints and quotas". */
const hostedZones: Readonly<Record<string, string>> = { application: 'Z35SXDOTRQ7X7K', network: 'Z26RNL4JYFTOTI' }

/**
 * A load balancer of a CreateLoadBalancer input as DescribeLoadBalancers shows it. There are no subnets and no security
 * groups in the local AWS: any will do, each subnet is in a zone of its own, and all of them are in one VPC.
 */
export function newLoadBalancer(context: Context, input: Wire<CreateLoadBalancerInput>): LoadBalancer {
  const { region, ids, now } = context
  const { Name, Type = 'application', Scheme = 'internet-facing', IpAddressType = 'ipv4', SecurityGroups } = input
  const id = ids.hex(16)
  const isApplication = Type === 'application'
  return {
    LoadBalancerArn: elbArn(region, `loadbalancer/${letters[Type]}/${Name}/${id}`),
    DNSName: isApplication
      ? `${Scheme === 'internal' ? 'internal-' : ''}${Name}-${ids.digits(10)}.${region.name}.elb.amazonaws.com`
      : `${Name}-${id}.elb.${region.name}.amazonaws.com`,
    CanonicalHostedZoneId: hostedZones[Type],
    CreatedTime: now / 1000,
    LoadBalancerName: Name,
    Scheme,
    VpcId: 'vpc-0123456789abcdef0',
    Type,
    AvailabilityZones: zonesOf(region, Type, input),
    SecurityGroups: SecurityGroups ?? (isApplication ? ['sg-0123456789abcdef0'] : []),
    IpAddressType,
  }
}

/** A subnet as documents write it for any, `subnet-xxx`: each time it stands for another one. */
const placeholder = /^subnet-x+$/

type Subnets = Pick<Wire<CreateLoadBalancerInput>, 'Subnets' | 'SubnetMappings'>

/** The zones of Subnets or SubnetMappings; an Application Load Balancer needs two. */
export function zonesOf(region: Region, type: string, { Subnets, SubnetMappings = [] }: Subnets): LoadBalancerZone[] {
  const named = Subnets ?? SubnetMappings.map(({ SubnetId = '' }) => SubnetId)
  if (named.includes('')) throw new AwsFault('ValidationError', 'A subnet ID must be specified')
  const subnets = named.filter((subnet, index) => placeholder.test(subnet) || named.indexOf(subnet) === index)
  if (type === 'application' && subnets.length < 2) {
    throw new AwsFault('ValidationError', 'At least two subnets in two different Availability Zones must be specified')
  }
  if (subnets.length < 1) throw new AwsFault('ValidationError', 'At least one subnet must be specified')
  return subnets.map((SubnetId, index) => ({
    ZoneName: region.name + 'abcdef'.charAt(index % 6),
    SubnetId,
    LoadBalancerAddresses: [],
  }))
}

/** The load balancer as it is shown at `now`. */
export function shownLoadBalancer({ loadBalancer }: LoadBalancerRecord, now: number): Wire<ShownLoadBalancer> {
  const isActive = now / 1000 >= loadBalancer.CreatedTime + provisioning
  return { ...loadBalancer, State: { Code: isActive ? 'active' : 'provisioning' } }
}

export function findLoadBalancer(region: Region, arn: string): LoadBalancerRecord {
  const found = region.loadBalancers[arn]
  if (!found) throw new AwsFault('LoadBalancerNotFound', 'One or more load balancers not found')
  return found
}

export const elbArn = (region: Region, resource: string): string =>
  `arn:aws:elasticloadbalancing:${region.name}:${region.account}:${resource}`

/** Refuses a name that AWS refuses; `what` is how its message begins: `Target group`, `The load balancer`. */
export function checkName(what: string, name: string): void {
  const problem = problemWith(name)
  if (problem) throw new AwsFault('ValidationError', `${what} name '${name}' ${problem}`)
}

function problemWith(name: string): string | undefined {
  if (name.length > 32) return "cannot be longer than '32' characters"
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    return 'can only contain characters that are alphanumeric characters or hyphens(-)'
  }
  return /^-|-$/.test(name) ? "cannot begin or end with '-'" : undefined
}
