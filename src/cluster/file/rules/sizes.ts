// Tasks and containers need a size that ECS offers.
import { fargateSizeProblem } from '../../../definition/taskSize.ts'
import { about, isFargate, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, numberAt, shownAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_memory */
export function sizesAreThere({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => [
    ...(isFargate(service) ? [...ofTask(service), ...withinTask(service)] : ofContainers(service)),
    ...service.containers.flatMap(({ node }) => {
      const [hard, soft] = [numberAt(node, 'memory'), numberAt(node, 'memory_reservation')]
      if (hard === undefined || soft === undefined || soft <= hard) return []
      return [
        about(
          at(node, 'memory_reservation')!,
          `is more than the memory of ${shownAt(node, 'memory')} MiB, which is the limit`,
        ),
      ]
    }),
  ])
}

/** On Fargate, what the service says is for the whole task: no further container has more. */
function withinTask({ node, containers: [, ...further] }: Service): Finding[] {
  const [cpu, memory] = [numberAt(node, 'cpu'), numberAt(node, 'memory')]
  const larger = further.flatMap((container) =>
    ['memory', 'memory_reservation'].flatMap((key) => {
      const amount = numberAt(container.node, key)
      return memory !== undefined && amount !== undefined && amount > memory
        ? [about(at(container.node, key)!, `is more than the memory of the task, ${shownAt(node, 'memory')} MiB`)]
        : []
    }),
  )
  const all = further.reduce((sum, container) => sum + (numberAt(container.node, 'cpu') ?? 0), 0)
  const isTooMuch = cpu !== undefined && all > cpu
  return [
    ...larger,
    ...(isTooMuch
      ? [about(at(node, 'cpu')!, `is less than the ${all} CPU units of its further containers together`)]
      : []),
  ]
}

function ofContainers({ containers }: Service): Finding[] {
  return containers
    .filter(({ node }) => node.kind === 'map' && !at(node, 'memory') && !at(node, 'memory_reservation'))
    .map(({ name, node }, index) => {
      const where = index === 0 && containers[0]?.name === name ? ', here or below defaults' : ''
      return about(node, `has no memory; write memory, in MiB, or memory_reservation${where}`)
    })
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size */
function ofTask({ node }: Service): Finding[] {
  if (node.kind !== 'map') return []
  const missing = ['cpu', 'memory'].filter((key) => !at(node, key))
  if (missing.length > 0) {
    return [
      {
        place: node.place,
        sentence: `${node.path}/${missing[0]}: is missing; Fargate needs cpu and memory, as in cpu: 256 and memory: 512`,
      },
    ]
  }
  const [cpu, memory] = [numberAt(node, 'cpu'), numberAt(node, 'memory')]
  if (cpu === undefined || memory === undefined) return []
  const shown = { cpu: shownAt(node, 'cpu') ?? cpu, memory: shownAt(node, 'memory') ?? memory }
  const problem = fargateSizeProblem({ cpu, memory }, shown)
  return problem ? [about(at(node, problem.member)!, problem.sentence)] : []
}
