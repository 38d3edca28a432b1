// Runs our commands against moto.
import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { systemClock } from '../../src/ground/clock.ts'
import { changeText } from '../../src/output/differencesText.ts'
import type { Declared } from '../../src/definition/definition.ts'
import { type DeployClusterOptions, deployCluster, diffCluster } from '../../src/cluster/deployCluster.ts'
import { describeCluster } from '../../src/cluster/describeCluster.ts'
import { destroyCluster } from '../../src/cluster/destroyCluster.ts'
import type { Listener, ToldEvent } from '../../src/engine/events.ts'
import { type RefreshInstancesOptions, readInstances, refreshInstances } from '../../src/instances/refreshInstances.ts'
import type { InstancesStatus } from '../../src/instances/status.ts'
import { type DefinitionCommand, type Result, executeDefinitionCommand } from '../../src/deploy/definitionCommand.ts'
import { type UpdateServiceOptions, updateService } from '../../src/deploy/updateService.ts'
import { notifiers } from '../../src/notify.ts'
import { read } from '../../src/definition/read.ts'
import { changing } from '../../src/engine/plan.ts'
import type { Settings } from '../../src/engine/settings.ts'
import { stackText } from '../../src/cluster/file/stackText.ts'
import { services } from './declared.ts'
import { withAgents } from './instances.ts'
import { type Moto, makeWorld, startMoto } from './moto.ts'

/** A run of ours, with what it told and the calls that changed something. */
export interface Run extends Result {
  readonly events: readonly ToldEvent[]
  readonly writes: readonly string[]
}

/** Our clock runs a thousand times as fast as real time: moto does at once what we would wait for. */
const speed = 1_000
const begun = Date.now()

/**
 * The tests of a file need moto: without it they are skipped. Each begins with the same small world, in which every service
 * has `running` tasks, whatever becomes of it.
 */
export function useMoto({ running = 1 } = {}): {
  readonly moto: () => Moto
  readonly deploy: (of: Declared, tag: string, more?: Settings) => Promise<Run>
  readonly rollback: (of: Declared, more?: Settings & { to?: string }) => Promise<Run>
  /** What is done with stacks, in the cluster my-cluster. */
  readonly cluster: {
    readonly deploy: (stack: string, more?: Settings) => Promise<Run>
    /** The titles of what a deploy would change, each with its lines. */
    readonly diff: (stack: string) => Promise<string[]>
    /** The file that deploys to what is there. */
    readonly described: () => Promise<string>
    readonly destroy: (service?: string) => Promise<Run>
  }
  /** What is done with a running service. */
  readonly update: (options: UpdateServiceOptions) => Promise<Run>
  /** What is done with the instances of the group asg in the cluster my_cluster, in which agents act. */
  readonly instances: {
    readonly status: () => Promise<InstancesStatus>
    readonly refresh: (options?: Partial<RefreshInstancesOptions>, more?: Settings) => Promise<Run>
  }
} {
  const python = inject('python')
  let moto: Moto
  beforeEach(({ skip }) => skip(python.missing !== undefined, python.missing))
  beforeAll(async () => {
    if (python.missing === undefined) moto = await startMoto(python.program, { running })
  })
  afterAll(() => moto?.close())
  beforeEach(async () => {
    await moto.reset()
    await makeWorld(moto, { services })
  })
  return {
    moto: () => moto,
    deploy: (of, tag, more) => run(moto, of, { command: 'deploy', tag, wait: false, skipUnchanged: false }, more),
    rollback: (of, { to, ...more } = {}) => run(moto, of, { command: 'rollback', to, wait: false }, more),
    cluster: {
      deploy: (stack, more) =>
        told((listeners) => deployCluster(wanted(stack), { ...wiring(moto), listeners, wait: false, ...more })),
      diff: async (stack) =>
        changing((await diffCluster(wanted(stack), wiring(moto))).stages).map(
          ({ title, differences = [], changes = differences.map(changeText) }) => [title, ...changes].join('\n  '),
        ),
      described: async () => stackText(await describeCluster({ cluster: 'my-cluster' }, wiring(moto))),
      destroy: (service) =>
        told((listeners) => destroyCluster({ cluster: 'my-cluster', service }, { ...wiring(moto), listeners })),
    },
    update: (options) => told((listeners) => updateService(options, { ...wiring(moto), listeners, timeout: 60_000 })),
    instances: {
      status: () => readInstances({ cluster: 'my_cluster', group: 'asg' }, acted(moto)),
      refresh: (options, more) =>
        told((listeners) =>
          refreshInstances({ cluster: 'my_cluster', group: 'asg', ...options }, { ...acted(moto), listeners, ...more }),
        ),
    },
  }
}

/**
 * moto rolls nothing: UpdateService leaves the one deployment on the old revision for ever. So nothing is waited for, as
 * with --no-wait; the local AWS is what proves the waiting.
 */
async function run(moto: Moto, of: Declared, asked: DefinitionCommand, more?: Settings): Promise<Run> {
  const { definition, warnings } = read(of, 'Web')
  return told((listeners) =>
    executeDefinitionCommand(asked, [definition], {
      ...wiring(moto),
      warnings,
      listeners,
      connect: notifiers([definition]),
      ...more,
    }),
  )
}

function wiring(moto: Moto): Pick<Settings, 'transport' | 'clock'> {
  return {
    transport: sdkTransport(moto.settings),
    clock: systemClock({ speed, now: () => begun + (Date.now() - begun) * speed }),
  }
}

function acted(moto: Moto): Pick<Settings, 'transport' | 'clock'> {
  return { ...wiring(moto), transport: withAgents(moto) }
}

function wanted(stack: string): DeployClusterOptions {
  return { cluster: 'my-cluster', files: [{ name: 'stack.yml', text: stack }], env: {} }
}

/** How a run ended, with what it told and the calls that changed something. */
async function told(act: (listeners: readonly Listener[]) => Promise<Result>): Promise<Run> {
  const events: ToldEvent[] = []
  const result = await act([{ hear: (event) => void events.push(event) }])
  const methods = events.flatMap((event) => (event.type === 'call.finished' ? [event.method] : []))
  return { ...result, events, writes: methods.filter((method) => !/^(describe|list|get)/.test(method)) }
}
