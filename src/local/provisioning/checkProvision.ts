// What a Provision has to be like that came over the wire: nobody has looked at its types yet.
import { validateKnown } from '../wire/validate.ts'
import { AwsFault } from '../world/fault.ts'
import type { Unchecked } from '../world/operation.ts'
import { isLoadBalancer, isTargetGroup } from './balancing.ts'
import { isVpc } from './vpcs.ts'

type Test = (value: unknown) => boolean

const text: Test = (value) => typeof value === 'string'
const structure = (value: unknown): value is Unchecked =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const structures: Test = (value) => Array.isArray(value) && value.every(structure)
/** As the agent's own, which has 32 bits for each. */
const size: Test = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 2_147_483_647
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)

/** A structure with these members and no others. */
const of =
  (members: Readonly<Record<string, Test>>): Test =>
  (value) =>
    structure(value) &&
    Object.keys(value).every((name) => Object.hasOwn(members, name)) &&
    Object.entries(members).every(([name, test]) => test(value[name]))

/** Everything that a Provision may have beside its region, each a list of such items. */
const lists: Readonly<Record<string, Test>> = {
  clusters: text,
  capacityProviders: of({ cluster: optional(text), capacityProvider: text }),
  services: of({
    cluster: optional(text),
    service: text,
    taskDefinition: optional(structure),
    loadBalancers: optional(structures),
  }),
  containerInstances: of({
    cluster: optional(text),
    ec2InstanceId: text,
    instanceType: optional(text),
    availabilityZone: optional(text),
    cpu: optional(size),
    memory: optional(size),
  }),
  rules: of({ name: text, eventBusName: optional(text), targets: optional(structures) }),
  schedules: of({ name: text, groupName: optional(text), cluster: optional(text), taskDefinition: structure }),
  topics: text,
  buckets: text,
  logGroups: text,
  vpcs: isVpc,
  loadBalancers: isLoadBalancer,
  targetGroups: isTargetGroup,
  hostedZones: of({ id: text, name: text }),
  namespaces: of({ namespace: text, cluster: optional(text) }),
}

/** Throws an AwsFault for a Provision that has something else in it than a Provision. */
export function checkProvision(wanted: Unchecked): void {
  const strange = Object.keys(wanted).filter((name) => name !== 'region' && !Object.hasOwn(lists, name))
  if (strange.length > 0) throw invalid(`${strange.join(', ')} is not in a Provision.`)
  for (const [name, isRight] of Object.entries(lists)) {
    const list: unknown = wanted[name] ?? []
    if (Array.isArray(list) && list.every(isRight)) continue
    throw invalid(`${name} of a Provision is not a list of what it should be.`)
  }
  for (const { name, targets = [] } of wanted['rules'] ?? [])
    validateKnown('events', 'putTargets', { Rule: name, Targets: targets })
}

/** Throws an AwsFault for a region that cannot be one: every name would make a region of its own. */
export function checkRegion(name: unknown): void {
  if (name === undefined || (typeof name === 'string' && /^[a-z]{2}[a-z0-9-]{1,30}$/.test(name))) return
  throw invalid('region is the name of a region, as in us-east-1.')
}

const invalid = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)
