/** Room on the instances: whether one more task fits on any, where a rollout or a one-off task begins with one more. */
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { canMove } from '../../../definition/limits.ts'
import { isOnFargate } from '../../inherited.ts'
import { isDaemon } from '../../live.ts'
import { nameOf } from '../../../ground/names.ts'
import { type Launch, launchOf, runOf, serviceOf } from '../effective.ts'
import { type Check, type Found, error, unknown, warning } from '../finding.ts'
import type { Answer, Reads } from '../reads.ts'
import type { Subject, WantedService } from '../subject.ts'
import { lacking, needsOf } from '../taskNeeds.ts'
import type { World } from '../world.ts'

interface Asked {
  readonly where: string
  readonly subject: Subject
  /** Why: `A rollout of service web starts one more task`. */
  readonly who: string
  readonly fix: string
  readonly cluster: string
  /** Whether a capacity provider may start another instance. */
  readonly mayGrow: boolean
}

/** Placement constraints and attributes are not looked at: it says that there is no room, never that there is. */
export const room: Check = {
  name: 'room',
  needs: ['listContainerInstances', 'describeContainerInstances'],
  notLocal: true,
  async of(world, reads) {
    const asked = world.subjects.flatMap((subject) => [
      ...subject.services.flatMap((wanted) => ofService(world, subject, wanted)),
      ...subject.runs.flatMap((run, index) => {
        const { cluster = 'default', ...settings } = runOf(world, subject, run)
        const launch = inCluster(world, cluster, settings)
        const where = subject.where(`runTasks/${index}`)
        return isOnInstances(launch) && isThere(world, cluster)
          ? [
              {
                where,
                subject,
                who: 'The one-off task needs room',
                fix: fixes.run,
                cluster,
                mayGrow: hasProvider(launch),
              },
            ]
          : []
      }),
    ])
    const found = await Promise.all(asked.map(async (one) => problemsOf(one, await instancesOf(one.cluster, reads))))
    return found.flat()
  },
}

const fixes = {
  rollout: 'Add an instance, or let a task stop first with a lower minimumHealthyPercent.',
  run: 'Add an instance, or make the task smaller.',
}

/** One that is created needs room for its first task. */
function ofCreated(world: World, subject: Subject, wanted: WantedService): Asked[] {
  const { cluster, settings } = wanted
  const launch = inCluster(world, cluster, launchOf(world, wanted))
  const isKnown = world.services.state === 'found' && isThere(world, cluster)
  if (!wanted.isCreated || !isKnown || isDaemon(settings) || !isOnInstances(launch)) return []
  if (settings.desiredCount === 0) return []
  return [
    {
      where: subject.where(wanted.path),
      subject,
      who: `Service ${nameOf(wanted.service)} needs room for its first task`,
      fix: fixes.run,
      cluster,
      mayGrow: hasProvider(launch),
    },
  ]
}

/** Only one that may stop no task first needs room for one more. */
function ofService(world: World, subject: Subject, wanted: WantedService): Asked[] {
  const now = serviceOf(world, wanted)
  if (!now) return ofCreated(world, subject, wanted)
  const launch = launchOf(world, wanted)
  if (isDaemon(now) || !isOnInstances(launch)) return []
  const { desiredCount = now.desiredCount ?? 0, deploymentConfiguration } = wanted.settings
  const { minimumHealthyPercent: least = 100 } = { ...now.deploymentConfiguration, ...deploymentConfiguration }
  // One that may not go above its number has to stop a task to move at all.
  if (desiredCount === 0 || canMove(desiredCount, 100, least)) return []
  const who = `A rollout of service ${nameOf(wanted.service)} starts one more task`
  return [
    {
      where: subject.where(wanted.path),
      subject,
      who,
      fix: fixes.rollout,
      cluster: wanted.cluster,
      mayGrow: hasProvider(launch),
    },
  ]
}

/** A one-off task that says nothing goes where the cluster says. */
function inCluster({ clusters }: World, cluster: string, launch: Launch): Launch {
  if (launch.launchType !== undefined || (launch.capacityProviderStrategy ?? []).length > 0) return launch
  const known = clusters.state === 'found' ? clusters.value.get(nameOf(cluster)) : undefined
  return { capacityProviderStrategy: known?.defaultCapacityProviderStrategy }
}

function isThere({ clusters }: World, cluster: string): boolean {
  return clusters.state === 'found' && clusters.value.has(nameOf(cluster))
}

function isOnInstances(launch: Launch): boolean {
  return !isOnFargate(launch) && (launch.launchType ?? 'EC2') === 'EC2'
}

const hasProvider = ({ capacityProviderStrategy = [] }: Launch): boolean => capacityProviderStrategy.length > 0

async function instancesOf(cluster: string, reads: Reads): Promise<Answer<readonly ContainerInstance[]>> {
  const listed = await reads.ask('listContainerInstances', { cluster, status: 'ACTIVE' }, /^ClusterNotFoundException$/)
  if (listed.state !== 'found') return listed
  const { containerInstanceArns: containerInstances = [] } = listed.value
  if (containerInstances.length === 0) return { state: 'found', value: [] }
  const described = await reads.ask('describeContainerInstances', { cluster, containerInstances })
  if (described.state !== 'found') return described
  return { state: 'found', value: described.value.containerInstances ?? [] }
}

function problemsOf(asked: Asked, instances: Answer<readonly ContainerInstance[]>): Found[] {
  const { where, who, fix, cluster, mayGrow, subject } = asked
  const name = nameOf(cluster)
  if (instances.state === 'absent') return []
  if (instances.state === 'unread') return [unknown(where, `the room in cluster ${name}`, instances.why)]
  const needs = needsOf(subject.taskDefinition)
  const lacks = instances.value
    .filter(({ agentConnected }) => agentConnected !== false)
    .map((one) => lacking(one, needs))
  if (lacks.some((those) => those.length === 0)) return []
  const why =
    lacks.length === 0
      ? 'the cluster has no instance'
      : `no instance of ${lacks.length} has enough ${[...new Set(lacks.flat())].join(', ')}`
  const what = `${who}, and ${why} (${needs.cpu} CPU units, ${needs.memory} MiB).`
  if (mayGrow) return [warning(where, what, 'Its capacity provider has to start another instance.')]
  return [error(where, what, fix)]
}
