// Reads what `history` shows; AWS keeps the deployments of 90 days.
import type { Service, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import { isDenied } from '../../aws/denied.ts'
import { serviceKey } from '../../ground/names.ts'
import { noting, whyUnreadable } from '../../rollout/missingPermission.ts'
import { hasNoHistory } from '../../rollout/serviceDeployment.ts'
import { describeRevision } from '../revisions.ts'
import type { Registered } from '../world.ts'
import { type History, type Listed, pastDeployment } from './history.ts'
import { type Asked, servicesAsked } from './selection.ts'
import { unlessDeleted } from './taskDefinitions.ts'

/**
 * Reads the deployments of services, whatever deploys them: the lists side by side, then each revision once. Answers also with the
 * task definitions that were deployed, which may hold secrets. Throws what AWS answers where it shows the history of no service.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html
 */
export async function readHistory(
  aws: Aws,
  asked: Asked,
  now: () => number,
): Promise<{ readonly history: History; readonly taskDefinitions: readonly TaskDefinition[] }> {
  const services = await servicesAsked(aws, asked)
  const unread: string[] = []
  const lists = await listEach(aws, services, unread)
  const listed = lists.flatMap(({ deployments }) => deployments)
  const without = noting(unread)
  const described = await describeAll(aws, listed).catch(
    without('What the deployments were rolled back to', new Map<string, Listed>(), 'ecs:DescribeServiceDeployments'),
  )
  const whole = (one: Listed): Listed => ({ ...one, ...described.get(one.serviceDeploymentArn ?? '') })
  const revisions = await revisionsOf(aws, listed.map(whole)).catch(
    without('Which revisions were deployed', new Map<string, string>(), 'ecs:DescribeServiceRevisions'),
  )
  const registered = await describeEach(aws, new Set(revisions.values())).catch(
    without(
      'The image tags of the revisions and who registered them',
      new Map<string, Registered>(),
      'ecs:DescribeTaskDefinition',
    ),
  )
  const declared = new Map(
    'definitions' in asked ? asked.definitions.map((one) => [one.taskDefinition.family, one.taskDefinition]) : [],
  )
  const known = { revisions, registered, declared, now: now() }
  return {
    history: {
      version: 1,
      at: new Date(known.now).toISOString(),
      services: lists.map(({ service, deployments }) => ({
        service,
        deployments: deployments.toSorted(newestFirst).map((one) => pastDeployment(whole(one), known)),
      })),
      unread,
    },
    taskDefinitions: [...registered.values()].map(({ taskDefinition }) => taskDefinition),
  }
}

interface ListOf {
  /** `my_cluster/web`. */
  readonly service: string
  readonly deployments: readonly Listed[]
}

/** The lists by the names of the services. Of what has none it is said in `unread`; only where all are denied, it is an error. */
async function listEach(aws: Aws, services: readonly Service[], unread: string[]): Promise<ListOf[]> {
  const sorted = services
    .map((service) => ({ service, name: serviceKey({ cluster: service.clusterArn, service: service.serviceName }) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const found = await Promise.all(
    sorted.map(async ({ service, name }) => {
      const { serviceArn, clusterArn: cluster, deploymentController } = service
      const controller = deploymentController?.type ?? 'ECS'
      if (controller !== 'ECS') {
        return { left: `${name} is deployed by ${controller}, and ECS keeps no history of its deployments.` }
      }
      try {
        const { serviceDeployments = [] } = await aws.all('listServiceDeployments', { service: serviceArn, cluster })
        return { list: { service: name, deployments: serviceDeployments } }
      } catch (error) {
        if (hasNoHistory(error)) return { left: `ECS keeps no history of the deployments of ${name}.` }
        if (!isDenied(error)) throw error
        return { left: `${name}: ${whyUnreadable(error, 'ecs:ListServiceDeployments')}.`, error }
      }
    }),
  )
  const denied = found.flatMap(({ error }) => (error ? [error] : []))
  if (denied.length > 0 && denied.length === found.length) throw denied[0]
  unread.push(...found.flatMap(({ left }) => (left === undefined ? [] : `Not shown: ${left}`)))
  return found.flatMap(({ list }) => list ?? [])
}

async function describeAll(aws: Aws, listed: readonly Listed[]): Promise<Map<string, Listed>> {
  const serviceDeploymentArns = listed.flatMap((one) => one.serviceDeploymentArn ?? [])
  const { serviceDeployments = [] } = await aws.all('describeServiceDeployments', { serviceDeploymentArns })
  return new Map(serviceDeployments.map((one) => [one.serviceDeploymentArn ?? '', one]))
}

/** The ARNs of the task definitions that were deployed or gone back to, by those of the service revisions. */
async function revisionsOf(aws: Aws, deployments: readonly Listed[]): Promise<Map<string, string>> {
  const all = deployments.flatMap(({ targetServiceRevisionArn, rollback }) => [
    targetServiceRevisionArn,
    rollback?.serviceRevisionArn,
  ])
  const serviceRevisionArns = [...new Set(all)].filter((arn) => arn !== undefined)
  const { serviceRevisions = [] } = await aws.all('describeServiceRevisions', { serviceRevisionArns })
  return new Map(
    serviceRevisions.flatMap(({ serviceRevisionArn = '', taskDefinition }) =>
      taskDefinition === undefined ? [] : [[serviceRevisionArn, taskDefinition] as const],
    ),
  )
}

async function describeEach(aws: Aws, arns: ReadonlySet<string>): Promise<Map<string, Registered>> {
  const all = await Promise.all([...arns].map((arn) => describeRevision(aws, arn).catch(unlessDeleted)))
  return new Map(all.flatMap((one) => (one ? [[one.arn, one] as const] : [])))
}

function newestFirst(one: Listed, other: Listed): number {
  return (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0)
}
