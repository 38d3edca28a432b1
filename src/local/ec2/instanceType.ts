// The instance types of EC2: vCPUs, memory and architecture, by rule rather than by list.
import type { _InstanceType } from '@aws-sdk/client-ec2'
import { own } from '../world/own.ts'

/** What an EC2 instance type offers. Memory is in MiB. */
interface InstanceType {
  readonly name: string
  readonly vCpus: number
  readonly memory: number
  readonly architecture: 'arm64' | 'x86_64'
}

/** vCPUs and MiB: https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html */
const burstable: Readonly<Record<string, readonly [number, number]>> = {
  nano: [2, 512],
  micro: [2, 1024],
  small: [2, 2048],
  medium: [2, 4096],
  large: [2, 8192],
  xlarge: [4, 16_384],
  '2xlarge': [8, 32_768],
}
/** Those that follow no rule. m1.small is what EC2 launches when nobody says what. */
const single: Readonly<Record<string, readonly [number, number]>> = {
  'm1.small': [1, 1740],
  't2.nano': [1, 512],
  't2.micro': [1, 1024],
  't2.small': [1, 2048],
}
/** vCPUs of the sizes below xlarge, which has four. */
const smallSizes: Readonly<Record<string, number>> = { medium: 1, large: 2 }
const sizes = ['large', 'xlarge', '2xlarge', '4xlarge']
const families: Readonly<Record<string, readonly string[]>> = {
  t3: Object.keys(burstable),
  t3a: Object.keys(burstable),
  t4g: Object.keys(burstable),
  m5: [...sizes, '8xlarge', '12xlarge', '16xlarge', '24xlarge'],
  m6i: [...sizes, '8xlarge', '12xlarge', '16xlarge', '24xlarge', '32xlarge'],
  c5: [...sizes, '9xlarge', '12xlarge', '18xlarge', '24xlarge'],
  r5: [...sizes, '8xlarge', '12xlarge', '16xlarge', '24xlarge'],
}
/** MiB for each vCPU, by the first letter of the family: compute, general purpose and memory optimized. */
const memoryPerVCpu: Readonly<Record<string, number>> = { c: 2048, m: 4096, r: 8192 }

/** The names of the types that DescribeInstanceTypes lists. */
export const instanceTypeNames = [
  ...Object.keys(single),
  ...Object.entries(families).flatMap(([family, ofIt]) => ofIt.map((size) => `${family}.${size}`)),
].filter(isInstanceType)

/**
 * What a type offers; undefined when there is none of that name. Types of the families c, m and r that are not in the list,
 * `m7g.large`, are taken to have the same vCPUs for a size and the same memory for a vCPU as their elders.
 */
export function instanceTypeOf(name: string): InstanceType | undefined {
  const [, family = '', size = ''] = /^([a-z]\w*)\.(\w+)$/.exec(name) ?? []
  const [vCpus, memory] = sizeOf(name, family, size) ?? []
  if (vCpus === undefined || memory === undefined) return undefined
  return { name, vCpus, memory, architecture: /^[a-z]+\d+g/.test(family) ? 'arm64' : 'x86_64' }
}

/** Whether there is a type of that name. */
export function isInstanceType(name: string): name is _InstanceType {
  return instanceTypeOf(name) !== undefined
}

function sizeOf(name: string, family: string, size: string): readonly [number, number] | undefined {
  if (Object.hasOwn(single, name)) return single[name]
  if (/^t\d/.test(family)) return own(burstable, size)
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? []
  const vCpus = times === undefined ? own(smallSizes, size) : 4 * Number(times || 1)
  const perVCpu = /^[cmr]\d/.test(family) ? memoryPerVCpu[family[0]!] : undefined
  return vCpus && perVCpu ? [vCpus, vCpus * perVCpu] : undefined
}
