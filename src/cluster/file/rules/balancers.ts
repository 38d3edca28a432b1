// Load balancers need ports, certificates and subnets that fit.
import type { Port } from '../../stack.ts'
import { parsePort } from '../forms.ts'
import { targetHealthcheckKeys } from '../keys/elbKeys.ts'
import { about, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, itemsAt, numberAt, shownAt, textAt, textsAt, type ValidatedNode } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export function balancersCanBeMade({ stack, services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    const elb = at(service.node, 'elb')
    if (elb?.kind !== 'map') return []
    const isOfOthers = at(elb, 'target_group_arn') !== undefined
    return [
      ...portIsOpen(elb, service),
      ...timesFit(elb),
      ...certificatesGoWithHttps(elb, isOfOthers),
      ...(isOfOthers ? [] : network(elb, service, stack)),
    ]
  })
}

/** Traffic goes to the container that is named as the service. */
function portIsOpen(elb: ValidatedNode, { node }: Service): Finding[] {
  const port = at(elb, 'ports/container')
  const number = numberAt(elb, 'ports/container')
  if (!port || number === undefined || (at(node, 'ports') && at(node, 'ports')?.kind !== 'list')) return []
  if (itemsAt(node, 'ports').some(({ kind }) => kind === 'wrong')) return []
  const ports = textsAt(node, 'ports')
  if (ports.some(({ text }) => isOpen(parsePort(text), number))) return []
  const shown = port.kind === 'text' ? port.shown : ''
  const has =
    ports.length === 0 ? `there are none; add ports with ${shown}` : ports.map((open) => open.shown).join(', ')
  return [about(port, `${shown} is not among the ports of the container: ${has}`)]
}

function isOpen({ container, protocol }: Port, number: number): boolean {
  return container === number && protocol === 'tcp'
}

function timesFit(elb: ValidatedNode): Finding[] {
  const { interval_seconds, timeout_seconds } = targetHealthcheckKeys
  const [interval, timeout] = [at(elb, 'healthcheck/interval_seconds'), at(elb, 'healthcheck/timeout_seconds')]
  const every = interval ? numberAt(elb, 'healthcheck/interval_seconds') : interval_seconds.default
  const after = timeout ? numberAt(elb, 'healthcheck/timeout_seconds') : timeout_seconds.default
  if (every === undefined || after === undefined || after < every) return []
  const written = shownAt(elb, 'healthcheck/interval_seconds') ?? `${every}, the default`
  const sentence = `must be less than interval_seconds, which is ${written}: checks do not overlap`
  return [
    { place: (timeout ?? interval ?? elb).place, sentence: `${elb.path}/healthcheck/timeout_seconds: ${sentence}` },
  ]
}

function certificatesGoWithHttps(elb: ValidatedNode, isOfOthers: boolean): Finding[] {
  const protocol = at(elb, 'protocol')
  const spoken = protocol ? textAt(elb, 'protocol') : 'HTTP'
  const certificates = at(elb, 'certificates')
  const hasCertificates = certificates?.kind === 'wrong' || itemsAt(elb, 'certificates').length > 0
  if (spoken === 'HTTPS' && !hasCertificates && !isOfOthers) {
    return [about(protocol!, 'HTTPS needs certificates; add certificates with the ARN of one')]
  }
  if (spoken !== 'HTTP') return []
  return [...(hasCertificates ? [certificates!] : []), ...[at(elb, 'tls_policy') ?? []].flat()].map((found) =>
    about(found, 'is of no use without HTTPS; add protocol: HTTPS, or leave it out'),
  )
}

const noType =
  'has no type; write public for a load balancer that the internet reaches, private for one inside of the VPC'

function network(elb: ValidatedNode, { name }: Service, stack: UnvalidatedStack['stack']): Finding[] {
  const vpc = at(stack, 'vpc')
  if (!vpc) return [about(elb, 'there is no vpc to put the load balancer into; add vpc')]
  if (at(elb, 'load_balancer_arn') || vpc.kind !== 'map') return []
  const type = at(elb, 'type')
  if (!type) return [about(elb, noType)]
  if (type.kind !== 'text') return []
  const subnets = at(vpc, `subnets/${type.text}`) ?? at(vpc, 'subnets')
  if (subnets?.kind === 'wrong') return []
  const count = itemsAt(vpc, `subnets/${type.text}`).length
  if (count >= 2) return []
  const there = count === 1 ? 'there is one' : 'there is none'
  const sentence = `vpc/subnets/${type.text}: the load balancer of ${name} needs subnets in two availability zones, and ${there}`
  return [{ place: (subnets ?? vpc).place, sentence }]
}
