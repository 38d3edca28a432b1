// Every command that asks AWS, each with a world in which it has something to do.
import { openAws } from '../../src/aws/aws.ts'
import { deployCluster, diffCluster } from '../../src/cluster/deployCluster.ts'
import { describeCluster } from '../../src/cluster/describeCluster.ts'
import { destroyCluster } from '../../src/cluster/destroyCluster.ts'
import { stackText } from '../../src/cluster/file/stackText.ts'
import { read } from '../../src/definition/read.ts'
import { type DefinitionCommand, executeDefinitionCommand } from '../../src/deploy/definitionCommand.ts'
import { runOnce } from '../../src/deploy/runOnce.ts'
import { readStatus } from '../../src/deploy/status/readStatus.ts'
import { updateService } from '../../src/deploy/updateService.ts'
import type { Settings } from '../../src/engine/settings.ts'
import { readInstances, refreshInstances } from '../../src/instances/refreshInstances.ts'
import type { World } from '../../src/local/world/world.ts'
import { instancesText } from '../../src/output/instancesText.ts'
import { policyText } from '../../src/output/policyText.ts'
import { historyText } from '../../src/output/look/historyText.ts'
import { readHistory } from '../../src/deploy/look/readHistory.ts'
import { statusText } from '../../src/output/look/statusText.ts'
import { checkPolicy } from '../../src/deploy/policy/check.ts'
import { readCaller } from '../../src/deploy/policy/place.ts'
import { policyOf } from '../../src/deploy/policy/policy.ts'
import { clusterStage } from '../cluster/support.ts'
import { everything, fileOf, nightly } from '../cluster/stacks.ts'
import { web } from '../deploy/declared.ts'
import { stage } from '../deploy/support.ts'
import { stage as instancesStage } from '../instances/support.ts'

type SettingsOfStory = Settings & Required<Pick<Settings, 'transport' | 'clock'>>

/** What is there before a command, and the command. */
export interface Story {
  readonly world: () => Promise<World>
  readonly act: (settings: SettingsOfStory) => Promise<unknown>
}

const declared = web()
const definition = read(declared, 'WebTask').definition
const printing = { color: false, columns: Infinity }

const deployed = once(async () => {
  const staged = stage(declared)
  await staged.deploy('v1')
  return staged.aws.world
})

const deployedTwice = once(async () => {
  const staged = stage(declared)
  await staged.deploy('v1')
  await staged.deploy('v2')
  return staged.aws.world
})

const rollingOut = once(async () => {
  const staged = stage(declared)
  await staged.deploy('v1')
  await staged.deploy('v2', { wait: false })
  return staged.aws.world
})

const paused = once(async () => {
  const staged = stage(declared)
  staged.call('ecs', 'UpdateService', {
    cluster: 'my_cluster',
    service: 'web',
    deploymentConfiguration: {
      strategy: 'BLUE_GREEN',
      bakeTimeInMinutes: 0,
      lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
    },
  })
  await staged.deploy('v2', { until: 'paused' })
  return staged.aws.world
})

const file = fileOf(everything)
const changedFile = fileOf({ ...everything, edge: { ...everything.edge, image: 'edge:v2' } })
const stackOf = (text: string) => ({ cluster: 'my-cluster', files: [{ name: 'a.yml', text }], env: {} })

const emptyCluster = once(async () => {
  const staged = clusterStage()
  staged.given(file)
  return staged.aws.world
})

const stack = once(async () => {
  const staged = clusterStage()
  staged.given(file)
  const { result } = await staged.deploy([file])
  if (result.exitCode !== 0) throw new Error(JSON.stringify(result))
  return staged.aws.world
})

const scheduledFile = fileOf({ nightly })
const withSchedule = once(async () => {
  const staged = clusterStage()
  staged.given(scheduledFile)
  const { result } = await staged.deploy([scheduledFile])
  if (result.exitCode !== 0) throw new Error(JSON.stringify(result))
  return staged.aws.world
})

const group = once(async () => {
  const staged = await instancesStage({ instances: 2, services: [{ serviceName: 'web', desiredCount: 2 }] })
  staged.renew()
  return staged.aws.world
})

export const stories: Readonly<Record<string, Story>> = {
  deploy: { world: deployed, act: ofDefinition({ command: 'deploy', tag: 'v3', wait: true, skipUnchanged: false }) },
  'deploy of what crashes': {
    world: deployed,
    act: ofDefinition({ command: 'deploy', tag: 'crash', wait: true, skipUnchanged: false }),
  },
  'deploy --skip-unchanged': {
    world: deployed,
    act: ofDefinition({ command: 'deploy', tag: 'v1', wait: true, skipUnchanged: true }),
  },
  rollback: { world: deployedTwice, act: ofDefinition({ command: 'rollback', to: undefined, wait: true }) },
  wait: { world: rollingOut, act: ofDefinition({ command: 'wait' }) },
  continue: { world: paused, act: ofDefinition({ command: 'continue', wait: true, reject: false }) },
  'continue --reject': { world: paused, act: ofDefinition({ command: 'continue', wait: true, reject: true }) },
  status: {
    world: rollingOut,
    act: async (settings) => statusText(await readStatus(openAws(settings), [definition], {}), printing),
  },
  history: {
    world: deployedTwice,
    act: async (settings) => {
      const { now } = settings.clock
      const { history } = await readHistory(openAws(settings), { definitions: [definition] }, now)
      return historyText(history, printing)
    },
  },
  'policy --check': { world: deployed, act: checkedPolicy },
  run: {
    world: deployed,
    act: (settings) => runOnce({ run: { cluster: 'my_cluster' }, taskDefinition: 'web' }, settings),
  },
  'service update': {
    world: deployed,
    act: (settings) =>
      updateService({ cluster: 'my_cluster', service: 'web', image: ['web=my_image:v3'], keep: 1 }, settings),
  },
  'cluster deploy, the first': { world: emptyCluster, act: (settings) => deployCluster(stackOf(file), settings) },
  'cluster deploy': { world: stack, act: (settings) => deployCluster(stackOf(changedFile), settings) },
  'cluster diff': { world: stack, act: (settings) => diffCluster(stackOf(changedFile), settings) },
  'cluster describe': {
    world: stack,
    act: async (settings) => stackText(await describeCluster({ cluster: 'my-cluster' }, settings)),
  },
  'cluster destroy': { world: stack, act: (settings) => destroyCluster({ cluster: 'my-cluster' }, settings) },
  'cluster deploy of a schedule, the first': {
    world: emptyCluster,
    act: (settings) => deployCluster(stackOf(scheduledFile), settings),
  },
  'cluster deploy of a schedule': {
    world: withSchedule,
    act: (settings) =>
      deployCluster(
        stackOf(
          fileOf({
            nightly: { ...nightly, image: 'nightly:v2', schedule: 'rate(1 day)', schedule_timezone: undefined },
          }),
        ),
        settings,
      ),
  },
  'cluster describe of a schedule': {
    world: withSchedule,
    act: async (settings) => stackText(await describeCluster({ cluster: 'my-cluster' }, settings)),
  },
  'cluster destroy of a schedule': {
    world: withSchedule,
    act: (settings) => destroyCluster({ cluster: 'my-cluster' }, settings),
  },
  'service destroy': {
    world: stack,
    act: (settings) => destroyCluster({ cluster: 'my-cluster', service: 'edge' }, settings),
  },
  'instances status': {
    world: group,
    act: async (settings) => instancesText(await readInstances({ cluster: 'c' }, settings), printing),
  },
  'instances refresh': {
    world: group,
    act: (settings) => refreshInstances({ cluster: 'c', group: 'asg' }, settings),
  },
}

function ofDefinition(command: DefinitionCommand): Story['act'] {
  return (settings) => executeDefinitionCommand(command, [definition], settings)
}

async function checkedPolicy(settings: SettingsOfStory): Promise<void> {
  const aws = openAws(settings)
  const caller = await readCaller(aws)
  const policy = policyOf([definition], { ...caller, region: 'us-east-1' })
  policyText(await checkPolicy(aws, policy, { caller, region: 'us-east-1' }), printing)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
