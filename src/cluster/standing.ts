/** Whether a service of another run stands on what this run has made for its own. */
import type { Service } from '@aws-sdk/client-ecs'
import type { ServiceSummary } from '@aws-sdk/client-servicediscovery'
import type { Aws, Method, Output } from '../aws/aws.ts'
import type { Performed, StepContext, TakenOver } from '../engine/stepHandler.ts'
import { runTag } from './ownership.ts'

/** A service that this run is about to make or has found, and what the run tags it with. */
export interface Standing {
  readonly cluster: string
  readonly service: string
  readonly run: string
  /** Of one that was there before, the run that has made it, if any. */
  readonly before?: string | undefined
}

/** What of the way back another run may have made a service on meanwhile. */
interface Kept {
  readonly params: { readonly standing: Standing | undefined }
}

/** Takes away what was made for a service, unless another run was quicker to make the service. */
export async function unlessKept<M extends Method>(
  { params: { standing } }: Kept,
  context: StepContext,
  takeAway: () => Promise<{ readonly answer: Output<M> | { readonly $metadata: object } }>,
): Promise<Performed<M>> {
  const theirs = standing && (await serviceOfOthers(standing, context))
  return theirs ? { answer: { $metadata: {} }, notNeeded: usedByTheirs(theirs) } : takeAway()
}

/** The same of a way back that nobody has gone, and that a person is told of. */
export async function keptForOthers(
  { params: { standing } }: Kept,
  _input: object,
  context: StepContext,
): Promise<TakenOver | undefined> {
  const theirs = standing && (await serviceOfOthers(standing, context))
  return theirs && { skipped: usedByTheirs(theirs), theirs: [] }
}

/** The service that another run has made meanwhile in place of the one that this run is about. */
export async function serviceOfOthers(
  standing: Standing,
  { aws, once, signal }: StepContext,
): Promise<Service | undefined> {
  const { cluster, service, run } = standing
  const input = { cluster, services: [service], include: ['TAGS' as const] }
  const { services = [] } = await once(`service ${cluster}/${service}`, () =>
    aws.call('describeServices', input, signal),
  )
  // One that has come back on the way back has the tags of the one that was there.
  const ours = 'before' in standing ? [run, standing.before] : [run]
  return services.find(({ status, tags }) => status === 'ACTIVE' && !ours.includes(runIn(tags)))
}

export function usedByTheirs({ serviceName }: Service): string {
  return `service ${serviceName}, which another run created, uses it`
}

/** Why a namespace is kept on the way back: a service that another run has made is registered in it. */
export async function usedByOthers(
  namespace: string,
  { cluster, run }: Pick<Standing, 'cluster' | 'run'>,
  { aws, signal }: StepContext,
): Promise<string | undefined> {
  const registries = await discoveryServicesIn(aws, namespace, signal)
  if (registries.length === 0) return undefined
  const { serviceArns = [] } = await aws.all('listServices', { cluster }, signal)
  const { services = [] } =
    serviceArns.length === 0
      ? {}
      : await aws.all('describeServices', { cluster, services: serviceArns, include: ['TAGS'] }, signal)
  const isIn = (arn: string | undefined): boolean => registries.some(({ Arn }) => Arn === arn)
  const user = services.find(
    ({ status, tags, serviceRegistries = [] }) =>
      status === 'ACTIVE' && runIn(tags) !== run && serviceRegistries.some(({ registryArn }) => isIn(registryArn)),
  )
  return user && `service ${user.serviceName}, which another run created, is registered in it`
}

/** The discovery services of a namespace, by its id. */
export async function discoveryServicesIn(
  aws: Aws,
  namespace = '',
  signal?: AbortSignal,
): Promise<readonly ServiceSummary[]> {
  const Filters = [{ Name: 'NAMESPACE_ID' as const, Values: [namespace], Condition: 'EQ' as const }]
  return (await aws.all('listDiscoveryServices', { Filters }, signal)).Services ?? []
}

/** Tags in the spelling of any service of AWS. */
export type Tags = readonly {
  readonly key?: string | undefined
  readonly Key?: string | undefined
  readonly value?: string | undefined
  readonly Value?: string | undefined
}[]

/** The run that tags name. */
export function runIn(tags: Tags = []): string | undefined {
  const tag = tags.find(({ key, Key }) => (key ?? Key) === runTag)
  return tag?.value ?? tag?.Value
}

/** What a call to make something says beside its answer: nothing where it is this run's, else that another has made it. */
export async function foundBy(
  run: string | undefined,
  tags: () => Promise<Tags>,
): Promise<{ readonly notNeeded?: string; readonly isOthers?: boolean }> {
  const maker = runIn(await tags())
  return maker === undefined || maker === run
    ? {}
    : { notNeeded: 'another run of this stack just created it', isOthers: true }
}

/** The tags of a load balancer, a target group or a listener. */
export async function balancingTags(aws: Aws, arn: string, signal?: AbortSignal): Promise<Tags> {
  const { TagDescriptions = [] } = await aws.all('describeTags', { ResourceArns: [arn] }, signal)
  return TagDescriptions[0]?.Tags ?? []
}

/** The tags of a group of schedules. */
export async function scheduleGroupTags(aws: Aws, arn = '', signal?: AbortSignal): Promise<Tags> {
  return (await aws.call('listScheduleGroupTags', { ResourceArn: arn }, signal)).Tags ?? []
}

/** The tags of a namespace or a discovery service. */
export async function discoveryTags(aws: Aws, arn = '', signal?: AbortSignal): Promise<Tags> {
  return (await aws.call('listDiscoveryTags', { ResourceARN: arn }, signal)).Tags ?? []
}
