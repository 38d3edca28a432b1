import { at, numberAt, shownAt } from '../checked.ts'
import { about, type Draft, isFargate } from '../draft.ts'
import type { Service } from '../service.ts'
import type { Finding } from '../written.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_memory */
export function sizesAreThere({ services }: Draft): Finding[] {
  return services.flatMap((service) => [
    ...(isFargate(service) ? ofTask(service) : ofContainers(service)),
    ...service.containers.flatMap(({ checked }) => {
      const [hard, soft] = [numberAt(checked, 'memory'), numberAt(checked, 'memory_reservation')]
      if (hard === undefined || soft === undefined || soft <= hard) return []
      return [
        about(
          at(checked, 'memory_reservation')!,
          `is more than the memory of ${shownAt(checked, 'memory')} MiB, which is the limit`,
        ),
      ]
    }),
  ])
}

function ofContainers({ containers }: Service): Finding[] {
  return containers
    .filter(({ checked }) => checked.kind === 'map' && !at(checked, 'memory') && !at(checked, 'memory_reservation'))
    .map(({ name, checked }, index) => {
      const where = index === 0 && containers[0]?.name === name ? ', here or below defaults' : ''
      return about(checked, `has no memory; write memory, in MiB, or memory_reservation${where}`)
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
function ofTask({ checked }: Service): Finding[] {
  if (checked.kind !== 'map') return []
  const missing = ['cpu', 'memory'].filter((key) => !at(checked, key))
  if (missing.length > 0) {
    return [
      {
        place: checked.place,
        sentence: `${checked.path}/${missing[0]}: is missing; Fargate needs cpu and memory, as in cpu: 256 and memory: 512`,
      },
    ]
  }
  const [cpu, memory] = [numberAt(checked, 'cpu'), numberAt(checked, 'memory')]
  if (cpu === undefined || memory === undefined) return []
  const size = sizes[cpu]
  const all = Object.keys(sizes)
    .join(', ')
    .replace(/, (\d+)$/, ' or $1')
  if (!size)
    return [about(at(checked, 'cpu')!, `Fargate has tasks of ${all} CPU units, not of ${shownAt(checked, 'cpu')}`)]
  const [least, most, step] = size
  // A quarter vCPU has no 1.5 GB, though its other sizes are 512 MiB apart.
  const fits = memory >= least && memory <= most && (memory - least) % step === 0 && !(cpu === 256 && memory === 1536)
  if (fits) return []
  const may = cpu === 256 ? '512, 1024 or 2048 MiB' : `${least} to ${most} MiB in steps of ${step}`
  return [
    about(
      at(checked, 'memory')!,
      `with a cpu of ${shownAt(checked, 'cpu')}, Fargate has ${may}, not ${shownAt(checked, 'memory')}`,
    ),
  ]
}
