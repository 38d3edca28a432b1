// What ECS refuses in where tasks are to run: launch type, platform, placement, network.
import { AwsFault } from '../../world/fault.ts'
import type { AwsVpcConfiguration } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { RunTaskInput } from '../inputs.ts'
import { invalid } from '../invalid.ts'
import { launchTypeOf } from '../tasks/newTask.ts'
import { isGiven } from './network.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html */
const platformVersions = ['LATEST', '1.4.0', '1.3.0', '1.2.0', '1.1.0', '1.0.0']

/** Where a service or RunTask wants its tasks to run. */
type Place = Pick<
  RunTaskInput,
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'platformVersion'
  | 'placementConstraints'
  | 'placementStrategy'
  | 'networkConfiguration'
>

/** The same for a service and for RunTask; `placed` is what an input says over what there was before. */
export function checkPlace(placed: Place): void {
  const { launchType, capacityProviderStrategy: [first] = [], platformVersion } = placed
  const isFargate = launchTypeOf({ launchType, capacityProviderName: first?.capacityProvider }) === 'FARGATE'
  if (launchType === 'MANAGED_INSTANCES') {
    throw invalid('Managed Instances require a capacity provider strategy. Remove the launch type and try again.')
  }
  if (platformVersion !== undefined && !isFargate) {
    throw invalid('The platform version must be null when specifying an EC2 launch type.')
  }
  if (platformVersion !== undefined && !platformVersions.includes(platformVersion)) {
    throw new AwsFault('PlatformUnknownException', "The specified platform version doesn't exist.")
  }
  if (isFargate && isGiven(placed.placementConstraints)) {
    throw invalid('Placement constraints are not supported with FARGATE launch type.')
  }
  if (isFargate && isGiven(placed.placementStrategy)) {
    throw invalid('Placement strategies are not supported with FARGATE launch type.')
  }
  checkNetwork(placed.networkConfiguration?.awsvpcConfiguration, isFargate)
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
function checkNetwork(network: Wire<AwsVpcConfiguration> | undefined, isFargate: boolean): void {
  if (!network) return
  const { subnets, securityGroups = [], assignPublicIp } = network
  if (assignPublicIp === 'ENABLED' && !isFargate) {
    throw invalid('Assign public IP is not supported for this launch type.')
  }
  const strange = subnets.find((id) => !id.startsWith('subnet-')) ?? securityGroups.find((id) => !id.startsWith('sg-'))
  if (strange !== undefined) {
    const kind = subnets.includes(strange) ? 'subnet' : 'security group'
    throw invalid(`Error retrieving ${kind} information for [${strange}]: The ${kind} ID '${strange}' is malformed.`)
  }
}
