// The CPU and memory of a task, and what Fargate refuses in a task definition.
import type { Wire } from '../../world/operation.ts'

/**
 * Why a task definition cannot run on Fargate, in AWS's words, or undefined when it can. It rests on "Amazon ECS task
 * definition parameters for Fargate",
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function fargateProblem(taskDefinition: Wire): string | undefined {
  const { networkMode, cpu, memory, executionRoleArn } = taskDefinition
  if (networkMode !== 'awsvpc') return 'Fargate only supports network mode ‘awsvpc’.'
  if (!cpu) return "Fargate requires that 'cpu' be defined at the task level."
  if (!memory) return "Fargate requires that 'memory' be defined at the task level."
  if (!hasConfiguration(taskCpu(cpu), taskMemory(memory))) return 'No Fargate configuration exists for given values.'
  const containers: Wire[] = taskDefinition.containerDefinitions ?? []
  const slow = containers.find(({ stopTimeout = 0 }) => stopTimeout > longestStop)
  if (slow)
    return `Invalid setting for container '${slow.name}'. On Fargate 'stopTimeout' can be at most ${longestStop} seconds.`
  const needsRole = executionRoleArn ? undefined : roleNeededFor(containers)
  return needsRole && `Fargate requires task definition to have execution role ARN to support ${needsRole}.`
}

/** Seconds: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const longestStop = 120

/** Memory in MiB that goes with each number of CPU units: lowest, highest, step. */
const configurations: Record<string, readonly [number, number, number]> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
}

function hasConfiguration(cpu: string, memory: string): boolean {
  const range = configurations[cpu]
  if (!range || !/^\d+$/.test(memory)) return false
  const [lowest, highest, step] = range
  const amount = Number(memory)
  // A quarter vCPU has no 1.5 GB, though its other sizes are 512 MiB apart.
  if (cpu === '256' && amount === 1536) return false
  return amount >= lowest && amount <= highest && (amount - lowest) % step === 0
}

const ecrImage = /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)\//

export const isEcrImage = (image: string): boolean => ecrImage.test(image)

function roleNeededFor(containers: Wire[]): string | undefined {
  if (containers.some((container) => container.logConfiguration?.logDriver === 'awslogs')) return 'log driver awslogs'
  if (containers.some((container) => isEcrImage(container.image ?? ''))) return 'ECR images'
  return undefined
}

/**
 * A task's CPU in CPU units as text, as ECS echoes it: `1 vCPU` → `1024`, `.25 vcpu` → `256`. Text of another form stays
 * as it is. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 */
export function taskCpu(amount: string | number): string {
  return inUnits(String(amount), /^(\d+|\d*\.\d+)\s*vcpu$/i)
}

/** A task's memory in MiB as text, as ECS echoes it: `1GB` → `1024`, `0.5 GB` → `512`. */
export function taskMemory(amount: string | number): string {
  return inUnits(String(amount), /^(\d+|\d*\.\d+)\s*gb$/i)
}

/** What ECS takes for a task's CPU or memory once it is in units: a whole number above 0, of 32 bits. */
export function isTaskSize(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 2_147_483_647
}

function inUnits(text: string, form: RegExp): string {
  const amount = form.exec(text.trim())?.[1]
  return amount === undefined ? text : String(Math.round(Number(amount) * 1024))
}
