// Creates an Application or Network Load Balancer; the same settings again return the existing one.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
import type { CreateLoadBalancerInput, CreateLoadBalancerOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { isDeepStrictEqual } from 'node:util'
import { AwsFault } from '../../world/fault.ts'
import { newLoadBalancer, shownLoadBalancer, checkName } from '../loadBalancer.ts'
import { loadBalancerAttributes } from '../attributes.ts'
import type { LoadBalancer } from '../../world/world.ts'
import { checkTags, putTags } from '../tags.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const createLoadBalancer: Operation<CreateLoadBalancerInput, CreateLoadBalancerOutput> = (
  input,
  context,
): Wire<CreateLoadBalancerOutput> => {
  const { region, now } = context
  checkInput(input)
  const loadBalancer = newLoadBalancer(context, input)
  const existing = Object.values(region.loadBalancers).find((each) => each.loadBalancer.LoadBalancerName === input.Name)
  if (existing && isDeepStrictEqual(settingsOf(existing.loadBalancer), settingsOf(loadBalancer))) {
    return { LoadBalancers: [shownLoadBalancer(existing, now)] }
  }
  if (existing) {
    const message = `A load balancer with the same name '${input.Name}' exists, but with different settings`
    throw new AwsFault('DuplicateLoadBalancerName', message)
  }
  const arn = loadBalancer.LoadBalancerArn
  const record = { loadBalancer, attributes: loadBalancerAttributes(loadBalancer.Type) }
  region.loadBalancers[arn] = record
  putTags(region, arn, input.Tags)
  return { LoadBalancers: [shownLoadBalancer(record, now)] }
}

const settingsOf = ({ Type, Scheme, IpAddressType, AvailabilityZones, SecurityGroups }: LoadBalancer): unknown[] => [
  Type,
  Scheme,
  IpAddressType,
  AvailabilityZones,
  SecurityGroups,
]

function checkInput({
  Name,
  Type = 'application',
  Scheme = 'internet-facing',
  Tags,
}: Wire<CreateLoadBalancerInput>): void {
  checkName('The load balancer', Name)
  if (Name.startsWith('internal-')) {
    throw new AwsFault('ValidationError', `The load balancer name '${Name}' cannot begin with 'internal-'`)
  }
  if (Type !== 'application' && Type !== 'network') {
    throw new AwsFault('ValidationError', `The local AWS has no load balancers of the type '${Type}'.`)
  }
  if (Scheme !== 'internal' && Scheme !== 'internet-facing') {
    throw new AwsFault('InvalidScheme', `Scheme '${Scheme}' must be one of 'internal, internet-facing'`)
  }
  checkTags(Tags)
}
