// What services may not share: listeners of a load balancer and DNS records.
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, numberAt, textAt, type ValidatedNode } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** What services must not have in common. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
export function balancersAreShared({ services }: UnvalidatedStack): Finding[] {
  const elbs = services.flatMap(({ node }) => at(node, 'elb') ?? [])
  return [
    ...elbs.flatMap((elb) => {
      const both = at(elb, 'load_balancer_arn') && at(elb, 'target_group_arn')
      return both
        ? [about(both, 'goes with no load_balancer_arn: the target group has its load balancer; leave one out')]
        : []
    }),
    ...repeated(
      elbs,
      'ports',
      (elb) => {
        const arn = textAt(elb, 'load_balancer_arn')
        return arn === undefined ? undefined : `${arn} ${publicPort(elb)}`
      },
      (earlier) => `${earlier} has this public port of the same load balancer already`,
    ),
    ...repeated(
      elbs,
      'dns/record_name',
      (elb) => {
        const [zone, name] = [textAt(elb, 'dns/hosted_zone_id'), textAt(elb, 'dns/record_name')]
        return zone === undefined || name === undefined ? undefined : `${zone} ${name.toLowerCase().replace(/\.$/, '')}`
      },
      (earlier) => `${earlier} is the same record; it can lead to one load balancer`,
    ),
  ]
}

/** Warnings: what is said of a load balancer of others and has no effect. */
export function othersAreLeftAlone({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap(({ node }) => {
    if (!at(node, 'elb/target_group_arn')) return []
    const useless = ['name', 'certificates', 'tls_policy', 'dns', 'healthcheck']
    return useless
      .flatMap((key) => at(node, `elb/${key}`) ?? [])
      .map((found) =>
        about(found, 'has no effect beside target_group_arn: the tasks go into that group, and nothing else is made'),
      )
  })
}

function publicPort(elb: ValidatedNode): number | undefined {
  if (at(elb, 'ports/public')) return numberAt(elb, 'ports/public')
  return textAt(elb, 'protocol') === 'HTTPS' ? 443 : 80
}

/** A sentence about each that has the key of an earlier one, at a path of it. */
function repeated(
  elbs: readonly ValidatedNode[],
  path: string,
  keyOf: (elb: ValidatedNode) => string | undefined,
  sentence: (earlier: string) => string,
): Finding[] {
  const first = new Map<string, string>()
  return elbs.flatMap((elb) => {
    const [key, found] = [keyOf(elb), at(elb, path)]
    if (key === undefined || !found) return []
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, found.path)
    return earlier === undefined ? [] : [about(found, sentence(earlier))]
  })
}
