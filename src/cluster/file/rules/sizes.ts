// Tasks and containers need a size that ECS offers.
import { about, isFargate, type Service, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, numberAt, shownAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_memory */
export function sizesAreThere({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => [
    ...(isFargate(service) ? ofTask(service) : ofContainers(service)),
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

function ofContainers({ containers }: Service): Finding[] {
  return containers
    .filter(({ node }) => node.kind === 'map' && !at(node, 'memory') && !at(node, 'memory_reservation'))
    .map(({ name, node }, index) => {
      const where = index === 0 && containers[0]?.name === name ? ', here or below defaults' : ''
      return about(node, `has no memory; write memory, in MiB, or memory_reservation${where}`)
    })
}

/** Memory in MiB that goes with each number of CPU units, and how far apart its sizes are. */
const sizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16_384: [32_768, 122_880, 8192],
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
  const size = sizes[cpu]
  const all = Object.keys(sizes)
    .join(', ')
    .replace(/, (\d+)$/, ' or $1')
  if (!size) return [about(at(node, 'cpu')!, `Fargate has tasks of ${all} CPU units, not of ${shownAt(node, 'cpu')}`)]
  const [least, most, step] = size
  // A quarter vCPU has no 1.5 GB, though its other sizes are 512 MiB apart.
  const fits = memory >= least && memory <= most && (memory - least) % step === 0 && !(cpu === 256 && memory === 1536)
  if (fits) return []
  const may = cpu === 256 ? '512, 1024 or 2048 MiB' : `${least} to ${most} MiB in steps of ${step}`
  return [
    about(
      at(node, 'memory')!,
      `with a cpu of ${shownAt(node, 'cpu')}, Fargate has ${may}, not ${shownAt(node, 'memory')}`,
    ),
  ]
}
