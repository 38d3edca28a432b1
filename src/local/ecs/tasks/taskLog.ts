// Where the containers of a task write to, and why one without its log group never starts.
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { appendLog, makeLogGroup } from '../../logs/logGroup.ts'
import { nameOf } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { ShownContainer } from '../shown/records.ts'
import type { TaskLife, TaskRecord } from '../../world/world.ts'

/** The log groups of the containers with log driver awslogs, by container. */
export function logsOf(containers: readonly Wire<ContainerDefinition>[]): TaskLife['logs'] {
  return Object.fromEntries(
    containers.flatMap(({ name = '', logConfiguration }) => {
      const options = logConfiguration?.options ?? {}
      const { 'awslogs-group': group, 'awslogs-stream-prefix': streamPrefix } = options
      if (logConfiguration?.logDriver !== 'awslogs' || !group) return []
      // Docker reads it as Go reads a boolean.
      const creates = /^(1|t|T|TRUE|true|True)$/.test(options['awslogs-create-group'] ?? '')
      return [[name, { group, ...(streamPrefix !== undefined && { streamPrefix }), ...(creates && { creates }) }]]
    }),
  )
}

const because =
  'failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.'

/** Why a container on an instance cannot start, in AWS's words. */
export const cannotStartLogging = `CannotStartContainerError: Error response from daemon: failed to initialize logging driver: ${because}`

/** The same of a whole task on Fargate: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
export const cannotInitializeLogging =
  'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
  `${because} : exit status 1`

/** Whether the log group of a container is there, or it has none; with awslogs-create-group its log driver makes it. */
export function hasLogGroup(context: Context, { life }: TaskRecord, container: string): boolean {
  const to = own(life.logs, container)
  if (!to || own(context.region.logs, to.group)) return true
  if (to.creates) makeLogGroup(context, to.group)
  return to.creates === true
}

/** The awslogs driver names a stream `prefix/container/task`, and after the container's runtime id without a prefix. */
export function log(
  context: Context,
  { task, life }: TaskRecord,
  { name, runtimeId }: ShownContainer,
  text = '',
): void {
  const to = own(life.logs, name)
  if (!to || !own(context.region.logs, to.group)) return
  const stream = to.streamPrefix ? `${to.streamPrefix}/${name}/${nameOf(task.taskArn)}` : (runtimeId ?? '')
  for (const line of text.split('\n')) appendLog(context, to.group, stream, line)
}
