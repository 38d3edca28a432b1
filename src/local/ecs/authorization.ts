// What ECS asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
import type * as ecs from '@aws-sdk/client-ecs'
import { clusterArn, containerInstanceArn, familyArn, nameOf, serviceArn, taskArn } from '../world/arn.ts'
import {
  type Authorization,
  type Authorizations,
  type Needed,
  onEach,
  passing,
  tagKeys,
} from '../world/authorization.ts'
import type { Context } from '../world/operation.ts'
import type { Region } from '../world/world.ts'
import { findTaskDefinition } from './find.ts'
import { infrastructureRoles } from './infrastructureRoles.ts'

/** The service that tasks' roles are passed to, and the one that the roles of services are. */
const tasks = 'ecs-tasks.amazonaws.com'
const services = 'ecs.amazonaws.com'

type Roles = { readonly taskRoleArn?: string | undefined; readonly executionRoleArn?: string | undefined }
type OfCluster = { readonly cluster?: string | undefined }

const inCluster = ({ region }: Context, cluster: string | undefined): string =>
  clusterArn(region, nameOf(cluster ?? 'default'))
const clusterKey = (context: Context, { cluster }: OfCluster) => ({ 'ecs:cluster': inCluster(context, cluster) })

const serviceIn = ({ region }: Context, cluster: string | undefined, service: string): string =>
  serviceArn(region, nameOf(cluster ?? 'default'), nameOf(service))

const onServices = (context: Context, { cluster }: OfCluster, named: readonly string[]): Needed[] =>
  onEach(
    named.map((service) => serviceIn(context, cluster, service)),
    clusterKey(context, { cluster }),
  )

const onTasks = (context: Context, { cluster }: OfCluster, named: readonly string[]): Needed[] =>
  onEach(
    named.map((task) => taskArn(context.region, nameOf(cluster ?? 'default'), nameOf(task))),
    clusterKey(context, { cluster }),
  )

const onInstances = (context: Context, { cluster }: OfCluster, named: readonly (string | undefined)[]): Needed[] =>
  onEach(
    named.map((one = '*') => containerInstanceArn(context.region, nameOf(cluster ?? 'default'), nameOf(one))),
    clusterKey(context, { cluster }),
  )

const onCluster: Authorization<OfCluster> = ({ cluster }, context) => onEach([inCluster(context, cluster)])
const inTheCluster: Authorization<OfCluster> = ({ cluster }, context) => onEach(['*'], clusterKey(context, { cluster }))

/** A deployment or a revision of a service and the service itself: the reference requires both. */
const withService = (arns: readonly string[], { region }: Context): Needed[] => {
  const asked = arns.flatMap((arn) => {
    const [, cluster = '', service = ''] = /:service-(?:deployment|revision)\/([^/]+)\/([^/]+)\//.exec(arn) ?? []
    const context = { 'ecs:cluster': clusterArn(region, cluster), 'ecs:service': serviceArn(region, cluster, service) }
    return onEach([serviceArn(region, cluster, service), arn], context)
  })
  return [...new Map(asked.map((one) => [one.resource, one])).values()]
}

/** The tags of something new are a question of their own. */
const tagging = (
  action: string,
  resource: string,
  tags: readonly ecs.Tag[] | undefined = [],
  isTagged = tags.length > 0,
): Needed[] =>
  isTagged ? [{ action: 'ecs:TagResource', resource, context: { ...tagKeys(tags), 'ecs:CreateAction': action } }] : []

function revisionOf(region: Region, identifier: string | undefined) {
  return findTaskDefinition(region, identifier)?.taskDefinition
}

const rolesIn = ({ taskRoleArn, executionRoleArn }: Roles): (string | undefined)[] => [taskRoleArn, executionRoleArn]

/** A revision's roles are passed again by whoever has it run: https://github.com/keidarcy/e1s/issues/429 shows it of UpdateService. */
const passingForService = (
  input: { readonly taskDefinition?: string | undefined; readonly role?: string | undefined },
  context: Context,
): Needed[] => [
  ...passing(rolesIn(revisionOf(context.region, input.taskDefinition) ?? {}), tasks, context),
  ...passing([...infrastructureRoles(input), input.role], services, context),
]

const serviceKeys = (
  input: OfCluster &
    Pick<ecs.UpdateServiceRequest, 'taskDefinition' | 'enableExecuteCommand' | 'capacityProviderStrategy'>,
  context: Context,
): NonNullable<Needed['context']> => ({
  ...clusterKey(context, input),
  'ecs:task-definition': revisionOf(context.region, input.taskDefinition)?.taskDefinitionArn,
  'ecs:enable-execute-command': input.enableExecuteCommand?.toString(),
  'ecs:capacity-provider': input.capacityProviderStrategy?.flatMap(({ capacityProvider = [] }) => capacityProvider),
})

const createService: Authorization<ecs.CreateServiceRequest> = (input, context) => {
  const resource = serviceIn(context, input.cluster, input.serviceName)
  return [
    { resource, context: { ...serviceKeys(input, context), ...tagKeys(input.tags) } },
    ...tagging('CreateService', resource, input.tags),
    ...passingForService(input, context),
  ]
}

const updateService: Authorization<ecs.UpdateServiceRequest> = (input, context) => [
  { resource: serviceIn(context, input.cluster, input.service), context: serviceKeys(input, context) },
  ...passingForService(input, context),
]

const registerTaskDefinition: Authorization<ecs.RegisterTaskDefinitionRequest> = (input, context) => {
  const resource = familyArn(context.region, input.family)
  return [
    { resource, context: tagKeys(input.tags) },
    ...tagging('RegisterTaskDefinition', resource, input.tags),
    ...passing(rolesIn(input), tasks, context),
  ]
}

const runTask: Authorization<ecs.RunTaskRequest> = (input, context) => {
  const { cluster, taskDefinition, overrides = {}, tags, propagateTags } = input
  const revision = revisionOf(context.region, taskDefinition)
  const isTagged = (tags?.length ?? 0) > 0 || (propagateTags !== undefined && propagateTags !== 'NONE')
  const keys = { ...serviceKeys(input, context), ...tagKeys(tags), 'ecs:task-definition': undefined }
  const own = revision ?? { taskRoleArn: undefined, executionRoleArn: undefined }
  const roles = [overrides.taskRoleArn ?? own.taskRoleArn, overrides.executionRoleArn ?? own.executionRoleArn]
  const anyTask = taskArn(context.region, nameOf(cluster ?? 'default'), '*')
  return [
    {
      resource: revision?.taskDefinitionArn ?? familyArn(context.region, nameOf(taskDefinition).split(':')[0] ?? ''),
      context: keys,
    },
    ...tagging('RunTask', anyTask, tags, isTagged),
    ...passing(roles, tasks, context),
    ...passing(infrastructureRoles(input), services, context),
  ]
}

/** ListTasks is about the container instances of a cluster, all of them unless one is named. */
const listTasks: Authorization<ecs.ListTasksRequest> = (input, context) =>
  onInstances(context, input, [input.containerInstance])

const describeServiceDeployments: Authorization<ecs.DescribeServiceDeploymentsRequest> = (input, context) =>
  withService(input.serviceDeploymentArns, context)
const describeServiceRevisions: Authorization<ecs.DescribeServiceRevisionsRequest> = (input, context) =>
  withService(input.serviceRevisionArns, context)
const ofDeployment: Authorization<ecs.StopServiceDeploymentRequest> = ({ serviceDeploymentArn }, context) =>
  withService([serviceDeploymentArn], context)

const ofService: Authorization<{ cluster?: string; service: string }> = (input, context) =>
  onServices(context, input, [input.service])
const describeServices: Authorization<ecs.DescribeServicesRequest> = (input, context) =>
  onServices(context, input, input.services)

const describeTasks: Authorization<ecs.DescribeTasksRequest> = (input, context) => onTasks(context, input, input.tasks)
const stopTask: Authorization<ecs.StopTaskRequest> = (input, context) => onTasks(context, input, [input.task])
const executeCommand: Authorization<ecs.ExecuteCommandRequest> = (input, context) => [
  ...onEach([inCluster(context, input.cluster)]),
  ...onTasks(context, input, [input.task]),
]

const ofInstances: Authorization<ecs.DescribeContainerInstancesRequest> = (input, context) =>
  onInstances(context, input, input.containerInstances)
const ofAttributes: Authorization<ecs.PutAttributesRequest> = (input, context) =>
  onInstances(
    context,
    input,
    input.attributes.map(({ targetId }) => targetId),
  )

const describeClusters: Authorization<ecs.DescribeClustersRequest> = ({ clusters = ['default'] }, context) =>
  onEach(clusters.map((cluster) => inCluster(context, cluster)))
const named: Authorization<ecs.CreateClusterRequest> = ({ clusterName }, context) =>
  onEach([inCluster(context, clusterName)])
const ofResource: Authorization<ecs.TagResourceRequest> = ({ resourceArn, tags }) =>
  onEach([resourceArn], tagKeys(tags))

export const ecsAuthorizations: Authorizations = {
  continueServiceDeployment: ofDeployment,
  createCluster: named,
  createService,
  deleteAttributes: ofAttributes,
  deleteCluster: onCluster,
  deleteService: ofService,
  deregisterContainerInstance: onCluster,
  describeClusters,
  describeContainerInstances: ofInstances,
  describeServiceDeployments,
  describeServiceRevisions,
  describeServices,
  describeTasks,
  executeCommand,
  listAttributes: onCluster,
  listContainerInstances: onCluster,
  listServiceDeployments: ofService,
  listServices: inTheCluster,
  listTagsForResource: ofResource,
  listTasks,
  putAttributes: ofAttributes,
  putClusterCapacityProviders: onCluster,
  registerContainerInstance: onCluster,
  registerTaskDefinition,
  runTask,
  stopServiceDeployment: ofDeployment,
  stopTask,
  tagResource: ofResource,
  untagResource: ofResource,
  updateContainerInstancesState: ofInstances,
  updateService,
}
