// The Python original and our class on equal ground: how each is run, and what it leaves in its local AWS.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Declared } from '../../src/definition/definition.ts'
import { fixturesOf } from '../deploy/support.ts'
import { type Ended, active, project } from '../commands/support.ts'
import { soon } from './boto3.ts'
import { type Drivers, startDrivers } from './drivers.ts'

/** The Python original or ours, each with a local AWS of its own in which everything is as it was made. */
export interface Side extends Drivers {
  /** `deploy v2`, `rollback`; a process as people start it. */
  readonly run: (...words: string[]) => Promise<Ended>
  /** Resolves when no service moves any more. */
  readonly settled: () => Promise<void>
  readonly state: () => Promise<State>
  /** The messages that were published, parsed. */
  readonly messages: () => Promise<any[]>
}

/** What a deploy is for: where everything points, and which revisions are left. */
interface State {
  readonly services: Readonly<Record<string, { taskDefinition: string; image: string; running: number }>>
  /** The targets of each rule, with all their fields. */
  readonly targets: Readonly<Record<string, readonly object[]>>
  readonly active: readonly number[]
}

/** Two sides for one definition; `theirs` is what the original declares in its place. `speed` is that of their local AWS. */
export async function sides(
  declared: Declared,
  { speed = '600', theirs = declared }: { speed?: string; theirs?: object } = {},
): Promise<{ original: Side; ours: Side }> {
  const pythonFile = fileURLToPath(new URL('original.py', import.meta.url))
  const [original, ours] = await Promise.all([
    side(declared, speed, ({ python }, folder) => {
      const file = join(folder, 'definition.json')
      writeFileSync(file, JSON.stringify(theirs))
      return (words) => python([pythonFile, file, ...words])
    }),
    side(declared, speed, ({ local }) => {
      const { run } = project({ 'web.ts': source(declared) })
      return (words) => run(['web.ts', ...words], local.env)
    }),
  ])
  return { original, ours }
}

function source(declared: Declared): string {
  const members = Object.entries(declared).map(([member, value]) => `  ${member}: any = ${JSON.stringify(value)}`)
  return `import { EcsTask } from 'ecs-task'\nclass Web extends EcsTask {\n${members.join('\n')}\n}\nawait new Web().main()\n`
}

async function side(
  declared: Declared,
  speed: string,
  runner: (drivers: Drivers, folder: string) => (words: string[]) => Promise<Ended>,
): Promise<Side> {
  const drivers = await startDrivers(['--speed', speed], [])
  const { local, boto3 } = drivers
  const made = await fetch(`${local.url}/_local/provision`, {
    method: 'POST',
    body: JSON.stringify(fixturesOf([declared])),
  })
  expect(made.status).toBe(200)
  const run = runner(drivers, local.folder)
  const { family } = declared.taskDefinition
  const updates = declared.updateServices ?? []
  return {
    ...drivers,
    run: (...words) => run(words),
    async settled() {
      for (const { cluster = 'default', service } of updates) {
        await boto3.wait('ecs', 'services_stable', { cluster, services: [service], WaiterConfig: soon })
      }
    },
    async state() {
      const world = await local.world()
      const revisions = world.taskDefinitions[family]!.map((one) => one.taskDefinition)
      const services = updates.map(({ cluster = 'default', service }) => {
        const { taskDefinition, runningCount } = world.services[`${cluster}/${service}`]!.service
        const { image } = revisions.find((one) => one.taskDefinitionArn === taskDefinition)!.containerDefinitions[0]!
        return [
          `${cluster}/${service}`,
          { taskDefinition: taskDefinition!.split('/')[1]!, image: image!, running: runningCount },
        ] as const
      })
      const rules = Object.entries(world.rules)
      return {
        services: Object.fromEntries(services),
        targets: Object.fromEntries(rules.map(([key, { targets }]) => [key, targets])),
        active: active(world, family),
      }
    },
    async messages() {
      const answer = await fetch(`${local.url}/_local/published?topic=${declared.snsNotificationTopicArn}`)
      const { published } = (await answer.json()) as { published: { Message: string }[] }
      return published.map(({ Message }) => JSON.parse(Message))
    },
  }
}
