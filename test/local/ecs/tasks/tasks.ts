// A local AWS whose tasks are started and watched in tests.
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { localAws, Refusal, type TestAws } from '../../support.ts'

interface TasksAws {
  readonly aws: TestAws
  readonly ecs: (operation: string, input?: Unchecked) => Unchecked
  /** What the call is refused with; an error when it is not refused. */
  readonly refusal: (operation: string, input: Unchecked) => ReturnType<typeof refusalOf>
  /** Registers a revision with one container, web. */
  readonly register: (family: string, image: string, more?: Unchecked) => Unchecked
  /** RunTask in the cluster main, of the family web unless told otherwise. */
  readonly run: (taskDefinition?: string, more?: Unchecked) => Unchecked
  readonly describeOne: (task: string, more?: Unchecked) => Unchecked
  /** The ARNs that ListTasks answers in the cluster main. */
  readonly list: (filters?: Unchecked) => string[]
}

export const fargate = { requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512' }
export const network = { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } }

/** A local AWS with the cluster main and the task definition web:1, image app:v1. */
export function tasksAws(): TasksAws {
  const aws = localAws()
  const ecs = (operation: string, input: Unchecked = {}): Unchecked => aws.call('ecs', operation, input)
  const register = (family: string, image: string, more: Unchecked = {}): Unchecked =>
    ecs('registerTaskDefinition', {
      family,
      containerDefinitions: [{ name: 'web', image, cpu: 256, memory: 512 }],
      ...more,
    }).taskDefinition
  ecs('createCluster', { clusterName: 'main', capacityProviders: ['FARGATE_SPOT'] })
  register('web', 'app:v1')
  return {
    aws,
    ecs,
    refusal: (operation, input) => refusalOf(() => ecs(operation, input)),
    register,
    run: (taskDefinition = 'web', more = {}) => ecs('runTask', { cluster: 'main', taskDefinition, ...more }),
    describeOne: (task, more = {}) => ecs('describeTasks', { cluster: 'main', tasks: [task], ...more }).tasks[0],
    list: (filters = {}) => ecs('listTasks', { cluster: 'main', ...filters }).taskArns,
  }
}

/** A refusal of that code and message. */
export const refused = (code: string, message: string): Unchecked => ({
  code,
  message,
  status: 400,
  body: { __type: code, message },
})

function refusalOf(call: () => unknown): { code: string; message: string; status: number; body: Unchecked } {
  try {
    call()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message, status, body } = error
    return { code, message, status, body: JSON.parse(body) }
  }
  throw new Error('the call was not refused')
}
