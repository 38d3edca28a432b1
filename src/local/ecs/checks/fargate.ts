// What Fargate has not: anything of a container instance that a task could ask for.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
import type { Volume } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import { isGiven } from './network.ts'
import { firstOf, firstProblem } from './problem.ts'

const no = (member: string): string => `Fargate compatible task definitions do not support ${member}`
const none = (member: string): string => `Tasks using the Fargate launch type do not support ${member}.`

/** What Fargate refuses in a task definition beside its size and its containers. */
export const fargateTaskProblem = (taskDefinition: Partial<TaskDefinitionInput>): string | undefined =>
  firstProblem(ofTask, taskDefinition)

const ofTask: readonly ((taskDefinition: Partial<TaskDefinitionInput>) => string | undefined)[] = [
  ({ ipcMode }) => (ipcMode === undefined ? undefined : none('ipcMode')),
  ({ pidMode }) => (pidMode === 'host' ? none("pidMode 'host'") : undefined),
  ({ placementConstraints }) => (isGiven(placementConstraints) ? no('constraints') : undefined),
  ({ volumes }) => firstOf(volumes, volumeProblem),
]

function volumeProblem({
  host,
  dockerVolumeConfiguration,
  fsxWindowsFileServerVolumeConfiguration,
}: Wire<Volume>): string | undefined {
  if (host?.sourcePath) return 'host.sourcePath should not be set for volumes in Fargate.'
  if (dockerVolumeConfiguration) return no('dockerVolumeConfiguration')
  return fsxWindowsFileServerVolumeConfiguration ? no('fsxWindowsFileServerVolumeConfiguration') : undefined
}

/** What Fargate refuses in one container. */
export const fargateContainerProblem = (container: ContainerInput): string | undefined =>
  firstProblem(ofContainer, container)

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
const logDrivers = ['awslogs', 'splunk', 'awsfirelens']

const ofContainer: readonly ((container: ContainerInput) => string | undefined)[] = [
  ({ privileged }) => (privileged === true ? "Fargate requires that the 'privileged' setting be 'false'." : undefined),
  ({ dockerSecurityOptions }) => (isGiven(dockerSecurityOptions) ? no('dockerSecurityOptions') : undefined),
  ({ linuxParameters = {} }) => {
    const member = (['devices', 'sharedMemorySize', 'maxSwap', 'swappiness'] as const).find((each) =>
      isGiven(linuxParameters[each]),
    )
    return member && no(member)
  },
  ({ linuxParameters }) => {
    const added = linuxParameters?.capabilities?.add ?? []
    const refused = added.find((capability) => capability !== 'SYS_PTRACE')
    return refused && `${refused} is not allowed on Fargate.`
  },
  ({ resourceRequirements }) =>
    firstOf(resourceRequirements, ({ type }) => (type === 'GPU' ? none('GPU resource requirements') : undefined)),
  ({ logConfiguration }) =>
    logConfiguration && !logDrivers.includes(logConfiguration.logDriver)
      ? `${logConfiguration.logDriver} is not a valid log driver. Must be one of [${logDrivers.join(', ')}]`
      : undefined,
  ({ logConfiguration }) =>
    logConfiguration?.logDriver === 'awslogs' && !logConfiguration.options?.['awslogs-stream-prefix']
      ? 'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.'
      : undefined,
  ({ startTimeout = 2, stopTimeout = 2, name }) =>
    Math.max(startTimeout, stopTimeout) > 120 || Math.min(startTimeout, stopTimeout) < 2
      ? `The startTimeout and stopTimeout of container '${name}' must be between 2 and 120 seconds on Fargate.`
      : undefined,
  ({ firelensConfiguration }) =>
    firelensConfiguration?.options?.['config-file-type'] === 's3'
      ? "Fargate launch type does not support FirelensConfiguration config file from 's3'"
      : undefined,
]
