// What Fargate refuses in a task definition.
import type { RuntimePlatform } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import { fargateContainerProblem, fargateTaskProblem } from '../checks/fargate.ts'
import { isWindows } from '../checks/containers.ts'
import { firstOf } from '../checks/problem.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import { taskCpu, taskMemory } from './taskSize.ts'

/**
 * Why a task definition cannot run on Fargate, in AWS's words, or undefined when it can. It rests on "Amazon ECS task
 * definition parameters for Fargate",
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function fargateProblem(taskDefinition: Partial<TaskDefinitionInput>): string | undefined {
  const { networkMode, cpu, memory, executionRoleArn, containerDefinitions = [], runtimePlatform } = taskDefinition
  if (networkMode !== 'awsvpc') return 'Fargate only supports network mode ‘awsvpc’.'
  if (!cpu) return "Fargate requires that 'cpu' be defined at the task level."
  if (!memory) return "Fargate requires that 'memory' be defined at the task level."
  const isOffered = hasConfiguration(taskCpu(cpu), taskMemory(memory)) && isPlatform(taskCpu(cpu), runtimePlatform)
  if (!isOffered) return 'No Fargate configuration exists for given values.'
  const needsRole = executionRoleArn ? undefined : roleNeededFor(containerDefinitions)
  if (needsRole) return `Fargate requires task definition to have execution role ARN to support ${needsRole}.`
  return fargateTaskProblem(taskDefinition) ?? firstOf(containerDefinitions, fargateContainerProblem)
}

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

/** Windows needs a whole vCPU, and has no ARM. */
const isPlatform = (cpu: string, platform: Wire<RuntimePlatform> | undefined): boolean =>
  !isWindows(platform) || (Number(cpu) >= 1024 && platform?.cpuArchitecture !== 'ARM64')

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

function roleNeededFor(containers: readonly ContainerInput[]): string | undefined {
  if (containers.some((container) => container.logConfiguration?.logDriver === 'awslogs')) return 'log driver awslogs'
  if (containers.some((container) => isEcrImage(container.image ?? ''))) return 'ECR images'
  return undefined
}
