// Service discovery needs a namespace, and tasks with an address of their own need subnets.
import { mostSecurityGroups, mostSubnets } from '../../../definition/limits.ts'
import { about, hasOwnInterface, isFargate, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, itemsAt, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html */
export function discoveryHasANamespace({ stack, services }: UnvalidatedStack): Finding[] {
  const first = new Map<string, string>()
  return services.flatMap(({ node }) => {
    const discovery = at(node, 'dns_discovery')
    if (!discovery) return []
    const name = at(discovery, 'name')
    // DNS makes no difference between upper and lower case.
    const spelled = textAt(discovery, 'name')?.toLowerCase()
    const earlier = spelled === undefined ? undefined : first.get(spelled)
    if (spelled !== undefined && name && !earlier) first.set(spelled, name.path)
    const hasNamespace = at(stack, 'service_discovery') !== undefined
    return [
      ...(hasNamespace ? [] : [about(discovery, `there is no namespace to find it in; ${addNamespace}`)]),
      ...(at(stack, 'vpc') ? [] : [about(discovery, 'there is no vpc for the namespace; add vpc')]),
      ...(name && earlier ? [about(name, `is the name at ${earlier} already`)] : []),
      ...tooLong(stack, discovery),
    ]
  })
}

const addNamespace = 'add service_discovery with namespace: example.local'

function tooLong(stack: UnvalidatedStack['stack'], discovery: UnvalidatedStack['stack']): Finding[] {
  const [name, namespace] = [textAt(discovery, 'name'), textAt(stack, 'service_discovery/namespace')]
  if (name === undefined || namespace === undefined || name.length + namespace.length < 253) return []
  const sentence = 'is too long for a domain name together with the namespace: 253 characters at most'
  return [about(at(discovery, 'name')!, sentence)]
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export function interfacesHaveSubnets({ stack, services }: UnvalidatedStack): Finding[] {
  const ofVpc = at(stack, 'vpc/subnets/private')
  const hasOfVpc = ofVpc?.kind === 'list' ? ofVpc.items.length > 0 : ofVpc !== undefined
  return services.filter(hasOwnInterface).flatMap((service) => {
    const own = at(service.node, 'network/subnets')
    const hasOwn = own?.kind === 'list' ? own.items.length > 0 : own !== undefined
    if (hasOwn || (hasOfVpc && own === undefined)) return tooMany(service)
    // There is no namespace without a VPC either, and that was said.
    if (at(service.node, 'dns_discovery') && !isFargate(service) && !at(stack, 'vpc') && !at(service.node, 'network'))
      return []
    const why = ['network_mode', 'network', 'dns_discovery'].find((key) => at(service.node, key)) ?? 'launch_type'
    const sentence =
      `the tasks of ${service.name} have an address of their own and no subnet for it; ` +
      'add vpc.subnets.private, or network with subnets'
    return [about(own ?? at(service.node, why)!, sentence)]
  })
}

function tooMany({ node }: Service): Finding[] {
  const limits = { subnets: mostSubnets, security_groups: mostSecurityGroups }
  return Object.entries(limits).flatMap(([key, most]) => {
    const count = itemsAt(node, `network/${key}`).length
    return count > most ? [about(at(node, `network/${key}`)!, `may be ${most} at most, not ${count}`)] : []
  })
}
