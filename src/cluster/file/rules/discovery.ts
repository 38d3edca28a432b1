import { at, itemsAt, textAt } from '../checked.ts'
import { about, type Draft, hasOwnInterface, isFargate } from '../draft.ts'
import type { Service } from '../service.ts'
import type { Finding } from '../written.ts'

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html */
export function discoveryHasANamespace({ stack, services }: Draft): Finding[] {
  const first = new Map<string, string>()
  return services.flatMap(({ checked }) => {
    const discovery = at(checked, 'dns_discovery')
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

function tooLong(stack: Draft['stack'], discovery: Draft['stack']): Finding[] {
  const [name, namespace] = [textAt(discovery, 'name'), textAt(stack, 'service_discovery/namespace')]
  if (name === undefined || namespace === undefined || name.length + namespace.length < 253) return []
  const sentence = 'is too long for a domain name together with the namespace: 253 characters at most'
  return [about(at(discovery, 'name')!, sentence)]
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export function interfacesHaveSubnets({ stack, services }: Draft): Finding[] {
  const ofVpc = at(stack, 'vpc/subnets/private')
  const hasOfVpc = ofVpc?.kind === 'list' ? ofVpc.items.length > 0 : ofVpc !== undefined
  return services.filter(hasOwnInterface).flatMap((service) => {
    const own = at(service.checked, 'network/subnets')
    const hasOwn = own?.kind === 'list' ? own.items.length > 0 : own !== undefined
    if (hasOwn || (hasOfVpc && own === undefined)) return tooMany(service)
    // There is no namespace without a VPC either, and that was said.
    if (!isFargate(service) && !at(stack, 'vpc') && !at(service.checked, 'network')) return []
    const why = isFargate(service) ? 'launch_type' : at(service.checked, 'network') ? 'network' : 'dns_discovery'
    const sentence =
      `the tasks of ${service.name} have an address of their own and no subnet for it; ` +
      'add vpc.subnets.private, or network with subnets'
    return [about(own ?? at(service.checked, why)!, sentence)]
  })
}

function tooMany({ checked }: Service): Finding[] {
  const limits = { subnets: 16, security_groups: 5 }
  return Object.entries(limits).flatMap(([key, most]) => {
    const count = itemsAt(checked, `network/${key}`).length
    return count > most ? [about(at(checked, `network/${key}`)!, `may be ${most} at most, not ${count}`)] : []
  })
}
