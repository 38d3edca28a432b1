import type { Method } from '../../src/aws/aws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { Region } from '../../src/local/world/world.ts'

/** How long AWS may go on showing what was, in milliseconds. */
export const lag = 10_000

interface Seen {
  readonly at: number
  readonly value: Unchecked | string[]
}

/** Remembers what could have been read a while ago, to answer reads with it. */
interface Memory {
  /** Looks at what a write is about to change. */
  before(method: Method, input: Unchecked, region: Region, now: number): void
  /** The answer of a read as it would have been a moment ago; the same object where nothing was otherwise. */
  stale(method: Method, input: Unchecked, answer: Unchecked, now: number): Unchecked
}

export function memory(): Memory {
  const things = new Map<string, Seen>()
  const recall = (key: string, now: number): Seen['value'] | undefined => {
    const seen = things.get(key)
    return seen && now - seen.at <= lag ? structuredClone(seen.value) : undefined
  }
  const remember = (key: string, at: number, value: Seen['value']): void =>
    void things.set(key, { at, value: structuredClone(value) })

  return {
    before(method, input, region, now) {
      if (method === 'updateService') {
        const key = `${nameOf(input['cluster'] ?? 'default')}/${nameOf(input['service'])}`
        const service = region.services[key]?.service
        if (service) remember(service['serviceArn'], now, service)
      }
      if (method === 'putTargets' || method === 'removeTargets') {
        const rule = `${input['EventBusName'] ?? 'default'}/${input['Rule']}`
        remember(rule, now, region.rules[rule]?.targets ?? [])
      }
      if (method === 'registerTaskDefinition' || method === 'deregisterTaskDefinition') {
        const family: string = input['family'] ?? nameOf(input['taskDefinition']).split(':')[0]
        const active = (region.taskDefinitions[family] ?? []).filter(
          ({ taskDefinition }) => taskDefinition['status'] === 'ACTIVE',
        )
        remember(family, now, active.map(({ taskDefinition }) => taskDefinition['taskDefinitionArn']).toReversed())
      }
    },

    stale(method, input, answer, now) {
      switch (method) {
        case 'describeServices':
          return {
            ...answer,
            services: answer['services'].map((one: Unchecked) => recall(one['serviceArn'], now) ?? one),
          }
        case 'listTargetsByRule': {
          const Targets = recall(`${input['EventBusName'] ?? 'default'}/${input['Rule']}`, now)
          return Targets ? { Targets } : answer
        }
        case 'listTaskDefinitions': {
          const taskDefinitionArns = recall(input['familyPrefix'], now)
          return taskDefinitionArns ? { taskDefinitionArns } : answer
        }
        case 'describeTasks':
          return staleTasks(answer)
        default:
          return answer
      }

      /** A task is shown as it was last time; one that nobody has seen yet is not shown at all. */
      function staleTasks({ tasks, ...rest }: Unchecked): Unchecked {
        const shown = tasks.flatMap((task: Unchecked) => {
          if (now - task['createdAt'] * 1000 < 4_000) return []
          const before = recall(task['taskArn'], now)
          remember(task['taskArn'], now, task)
          return before ?? task
        })
        return { ...rest, tasks: shown }
      }
    },
  }
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
