// RegisterContainerInstance: registers an EC2 instance in a cluster, as its ECS agent does.
import type { RegisterContainerInstanceRequest, RegisterContainerInstanceResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { parseObject } from '../../world/parseJson.ts'
import { addContainerInstance } from '../containerInstances/containerInstance.ts'
import { amounts, withDefaults } from '../containerInstances/resources.ts'
import { shownContainerInstance } from '../containerInstances/tasksOn.ts'
import { findCluster, findContainerInstance } from '../find.ts'
import { invalid } from '../invalid.ts'

/**
 * The instance is the one in its identity document, whose signature nobody checks; one that is registered already is
 * returned as it is. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterContainerInstance.html
 */
export const registerContainerInstance: Operation<
  RegisterContainerInstanceRequest,
  RegisterContainerInstanceResponse
> = (input, context): Wire<RegisterContainerInstanceResponse> => {
  const { region } = context
  const { clusterName } = findCluster(region, input.cluster).cluster
  const { attributes, containerInstanceArn, tags, totalResources = [], versionInfo } = input
  const known =
    containerInstanceArn === undefined ? undefined : findContainerInstance(region, clusterName, containerInstanceArn)
  if (known && known.containerInstance.status !== 'INACTIVE') {
    return { containerInstance: shownContainerInstance(region, known, ['TAGS']) }
  }
  const { instanceId, instanceType, availabilityZone, imageId } = identityOf(input)
  const record = addContainerInstance(context, {
    cluster: clusterName,
    ec2InstanceId: instanceId,
    instanceType,
    availabilityZone,
    imageId,
    ...amounts(totalResources),
    attributes,
    registeredResources: withDefaults(totalResources),
    versionInfo,
    tags,
  })
  return { containerInstance: shownContainerInstance(region, record, ['TAGS']) }
}

type Identity = Record<'instanceId' | 'instanceType' | 'availabilityZone' | 'imageId', string>

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/retrieve-iid.html */
function identityOf({
  instanceIdentityDocument = '',
  totalResources,
}: Wire<RegisterContainerInstanceRequest>): Identity {
  const identity = parseObject(instanceIdentityDocument)
  const { instanceId, instanceType, availabilityZone, imageId } = identity ?? {}
  const isWhole = [instanceId, instanceType, availabilityZone, imageId].every((member) => typeof member === 'string')
  if (!isWhole) throw invalid('The instance identity document is not valid.')
  if (!totalResources) throw invalid('totalResources cannot be empty.')
  return { instanceId, instanceType, availabilityZone, imageId }
}
