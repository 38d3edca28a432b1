/** A fleet in a local AWS of this process, with AWS's throttle buckets and a hand-turned clock, on which commands are run. */
import type { Transport } from '../src/aws/aws.ts'
import { createLocalAws } from '../src/local/localAws.ts'
import type { Provision } from '../src/local/provisioning/provision.ts'
import type { Declared } from '../src/definition/definition.ts'
import { read } from '../src/definition/read.ts'
import { executeDefinitionCommand } from '../src/deploy/definitionCommand.ts'
import type { ToldEvent } from '../src/engine/events.ts'
import type { Settings } from '../src/engine/settings.ts'
import { ask } from '../test/simulation/transport.ts'
import { callIn, transportInProcess } from '../test/sdkInProcess.ts'
import { fleetClock } from './fleetClock.ts'

/** What a command cost. */
export interface Measured {
  readonly exitCode: number
  readonly summary: string
  /** Of the hand-turned clock. */
  readonly seconds: number
  readonly calls: number
  /** How many of each operation. */
  readonly byOperation: Readonly<Record<string, number>>
  readonly throttled: number
  /** When each operation was last sent, in seconds since the command began. */
  readonly last: Readonly<Record<string, number>>
  readonly cpuSeconds: number
  readonly peakMegabytes: number
}

const start = Date.UTC(2026, 0, 1)

/** A local AWS with what these definitions need, and deploys of them. Its answers take about `answersAfter` milliseconds. */
export function fleetStage(
  declared: readonly (Declared & { readonly name: string })[],
  { seed = 1, answersAfter = 0 }: { readonly seed?: number; readonly answersAfter?: number } = {},
) {
  const definitions = declared.map((one) => read(one, one.name).definition)
  const clock = fleetClock(start, seed)
  const aws = createLocalAws({ now: clock.now })
  aws.provision(neededBy(declared))
  let byOperation: Record<string, number> = {}
  let last: Record<string, number> = {}
  let throttled = 0
  let began = start
  let peak = 0
  const look = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()))
  const inProcess = transportInProcess((request) => {
    clock.touch()
    const { operation } = callIn(request)
    const count = (byOperation[operation] = (byOperation[operation] ?? 0) + 1)
    last[operation] = (clock.now() - began) / 1000
    if (count % 50 === 0) look()
    const answer = aws.handle(request)
    if (answer.status === 400 && answer.body.includes('Rate exceeded')) throttled++
    return answer
  })
  const slowly: Transport = async (method, input, signal) => {
    await clock.sleep(answersAfter * (0.5 + clock.random()), signal)
    return inProcess(method, input, signal)
  }
  const transport = answersAfter > 0 ? slowly : inProcess

  return {
    aws,
    clock,
    /** Registers a task definition so many times, as has happened long before: its bucket is full again. */
    async register(input: object, times: number): Promise<void> {
      for (let count = 0; count < times; count++) {
        const { status, body } = ask(aws, 'registerTaskDefinition', input)
        if (status !== 200) throw new Error(JSON.stringify(body))
        await clock.sleep(20_000)
      }
    },
    async deploy(tag: string, more: Settings & { hear?: (event: ToldEvent) => void } = {}): Promise<Measured> {
      byOperation = {}
      last = {}
      throttled = 0
      peak = 0
      began = clock.now()
      const cpu = process.cpuUsage()
      const { hear = () => {}, ...settings } = more
      const command = { command: 'deploy', tag, wait: settings.wait ?? true, skipUnchanged: false } as const
      const listeners = [{ hear }]
      const result = await executeDefinitionCommand(command, definitions, { transport, clock, listeners, ...settings })
      look()
      const { user, system } = process.cpuUsage(cpu)
      return {
        exitCode: result.exitCode,
        summary: `${result.summary} ${JSON.stringify(result.problem ?? '')}`,
        seconds: (clock.now() - began) / 1000,
        calls: Object.values(byOperation).reduce((sum, count) => sum + count, 0),
        byOperation,
        throttled,
        last,
        cpuSeconds: (user + system) / 1e6,
        peakMegabytes: Math.round(peak / 2 ** 20),
      }
    },
  }
}

/** What Terraform would have made: each service runs the first revision of its family. */
function neededBy(declared: readonly Declared[]): Provision {
  return {
    services: declared.flatMap(({ updateServices = [], taskDefinition }) =>
      updateServices.map(({ cluster = 'default', service }) => ({ cluster, service, taskDefinition })),
    ),
    rules: declared.flatMap(({ eventTargets = [] }) => eventTargets.map(({ Rule }) => ({ name: Rule }))),
    schedules: declared.flatMap(({ schedules = [], updateServices = [], taskDefinition }) =>
      schedules.map(({ Name }) => ({ name: Name, cluster: updateServices[0]?.cluster ?? 'default', taskDefinition })),
    ),
  }
}

/** So many families, each with a service, in so many clusters in turn; `keep` is how many revisions stay ACTIVE. */
export function familiesIn(families: number, clusters: number, keep: number): (Declared & { readonly name: string })[] {
  return Array.from({ length: families }, (_, index) => ({
    name: `Service${index}`,
    taskDefinition: {
      family: `family-${index}`,
      containerDefinitions: [{ name: 'web', image: 'shop/web:<image_tag>', cpu: 64, memory: 128 }],
    },
    updateServices: [{ cluster: `cluster-${index % clusters}`, service: `service-${index}` }],
    activeTaskCount: keep,
  }))
}
