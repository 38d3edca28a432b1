// The sizes of tasks that ECS offers, for a class, a stack and a service update.

/** Memory in MiB that goes with each number of CPU units on Fargate, and how far apart its sizes are. */
const sizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16_384: [32_768, 122_880, 8192],
}

/**
 * Which of the two is no size of Fargate, and what there is instead; undefined where there is such a task. The numbers are
 * shown as they were written. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size
 */
export function fargateSizeProblem(
  { cpu, memory }: { readonly cpu: number; readonly memory: number },
  shown: { readonly cpu: string | number; readonly memory: string | number } = { cpu, memory },
): { readonly member: 'cpu' | 'memory'; readonly sentence: string } | undefined {
  const size = sizes[cpu]
  const all = Object.keys(sizes)
    .join(', ')
    .replace(/, (\d+)$/, ' or $1')
  if (!size) return { member: 'cpu', sentence: `Fargate has tasks of ${all} CPU units, not of ${shown.cpu}` }
  const [least, most, step] = size
  // A quarter vCPU has no 1.5 GB, though its other sizes are 512 MiB apart.
  const fits = memory >= least && memory <= most && (memory - least) % step === 0 && !(cpu === 256 && memory === 1536)
  if (fits) return undefined
  const may = cpu === 256 ? '512, 1024 or 2048 MiB' : `${least} to ${most} MiB in steps of ${step}`
  return { member: 'memory', sentence: `with a cpu of ${shown.cpu}, Fargate has ${may}, not ${shown.memory}` }
}

/** A task's CPU in CPU units, of `256`, `1 vCPU` or `.25 vcpu`; undefined for another text. */
export const cpuUnits = (text: string): number | undefined => inUnits(text, /^(\d+|\d*\.\d+)\s*vcpu$/i)

/** A task's memory in MiB, of `512`, `1GB` or `0.5 GB`; undefined for another text. */
export const memoryMiB = (text: string): number | undefined => inUnits(text, /^(\d+|\d*\.\d+)\s*gb$/i)

function inUnits(text: string, form: RegExp): number | undefined {
  const amount = form.exec(text.trim())?.[1]
  if (amount !== undefined) return Math.round(Number(amount) * 1024)
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined
}
