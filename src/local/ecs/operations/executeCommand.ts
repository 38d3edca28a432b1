// ExecuteCommand: answers a session in a container of a task that was started with it enabled. Nobody answers at its URL.
import type { ExecuteCommandRequest, ExecuteCommandResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findCluster, findTask } from '../find.ts'
import { invalid } from '../invalid.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html */
export const executeCommand: Operation<ExecuteCommandRequest, ExecuteCommandResponse> = (
  input,
  { region, ids },
): Wire<ExecuteCommandResponse> => {
  const { interactive, command } = input
  const { clusterName, clusterArn } = findCluster(region, input.cluster).cluster
  if (!interactive) throw invalid('Interactive is the only mode supported currently.')
  if (command === '') throw invalid('Command cannot be empty.')
  const task = findTask(region, clusterName, input.task)?.task
  if (!task) throw invalid('The referenced task was not found.')
  if (task.lastStatus !== 'RUNNING') throw notConnected()
  if (!task.enableExecuteCommand) {
    throw invalid(
      'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.',
    )
  }
  const { containers } = task
  if (input.container === undefined && containers.length > 1) {
    throw invalid('A container name must be specified for a task with more than one container.')
  }
  const container = containers.find(({ name }) => name === (input.container ?? name))
  if (!container) throw invalid(`The container ${input.container} was not found in the task.`)
  if (container.lastStatus !== 'RUNNING') throw notConnected()
  const sessionId = `ecs-execute-command-${ids.hex(26)}`
  return {
    clusterArn,
    taskArn: task.taskArn,
    containerArn: container.containerArn,
    containerName: container.name,
    interactive,
    session: {
      sessionId,
      streamUrl: `wss://localhost/v1/data-channel/${sessionId}?role=publish_subscribe`,
      tokenValue: ids.text(64),
    },
  }
}

const notConnected = (): AwsFault =>
  new AwsFault('TargetNotConnectedException', 'The execute command failed due to an internal error. Try again later.')
