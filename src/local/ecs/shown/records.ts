// The resources of ECS as the local AWS keeps and shows them: AWS's own shapes, with what is always there.
import type {
  Attachment,
  Cluster,
  Container,
  ContainerDefinition,
  ContainerInstance,
  Deployment,
  DeploymentConfiguration,
  DeploymentLifecycleHookDetail,
  PortMapping,
  Resource,
  Service,
  ServiceCurrentRevisionSummary,
  ServiceDeployment,
  ServiceDeploymentCircuitBreaker,
  ServiceEvent,
  ServiceRevision,
  ServiceRevisionSummary,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/wire.ts'

/** A shape of the API, on the wire, whose named members are always there. */
type With<Shape, Always extends keyof Shape & keyof Wire<Shape>> = Omit<Wire<Shape>, Always> & {
  [Member in Always]-?: Exclude<Wire<Shape>[Member], undefined>
}

export type ShownCluster = With<
  Cluster,
  'clusterArn' | 'clusterName' | 'status' | 'settings' | 'capacityProviders' | 'defaultCapacityProviderStrategy'
>

export interface ShownTaskDefinition extends With<
  TaskDefinition,
  | 'taskDefinitionArn'
  | 'family'
  | 'revision'
  | 'volumes'
  | 'status'
  | 'requiresAttributes'
  | 'placementConstraints'
  | 'compatibilities'
  | 'registeredAt'
  | 'registeredBy'
> {
  containerDefinitions: ShownContainerDefinition[]
}

export interface ShownContainerDefinition extends With<
  ContainerDefinition,
  'name' | 'cpu' | 'essential' | 'environment' | 'mountPoints' | 'volumesFrom' | 'systemControls'
> {
  portMappings: With<PortMapping, 'protocol'>[]
}

export interface ShownService extends With<
  Service,
  | 'serviceArn'
  | 'serviceName'
  | 'clusterArn'
  | 'loadBalancers'
  | 'serviceRegistries'
  | 'status'
  | 'desiredCount'
  | 'runningCount'
  | 'pendingCount'
  | 'createdAt'
  | 'placementConstraints'
  | 'placementStrategy'
  | 'healthCheckGracePeriodSeconds'
  | 'schedulingStrategy'
  | 'deploymentController'
  | 'createdBy'
  | 'enableECSManagedTags'
  | 'propagateTags'
  | 'enableExecuteCommand'
  | 'availabilityZoneRebalancing'
> {
  currentServiceRevisions: With<ServiceCurrentRevisionSummary, keyof ServiceCurrentRevisionSummary>[]
  deploymentConfiguration: ShownDeploymentConfiguration
  /** Newest first. */
  deployments: ShownDeployment[]
  /** Newest first, at most 100. */
  events: With<ServiceEvent, 'id' | 'createdAt' | 'message'>[]
}

export type ShownDeploymentConfiguration = With<
  DeploymentConfiguration,
  'alarms' | 'deploymentCircuitBreaker' | 'maximumPercent' | 'minimumHealthyPercent' | 'strategy'
>

export type ShownDeployment = With<
  Deployment,
  'id' | 'status' | 'desiredCount' | 'pendingCount' | 'runningCount' | 'failedTasks' | 'createdAt' | 'updatedAt'
>

export interface ShownServiceDeployment extends With<
  ServiceDeployment,
  'serviceDeploymentArn' | 'serviceArn' | 'clusterArn' | 'createdAt' | 'updatedAt' | 'status' | 'alarms'
> {
  deploymentConfiguration: ShownDeploymentConfiguration
  sourceServiceRevisions: ShownServiceRevisionSummary[]
  targetServiceRevision: ShownServiceRevisionSummary
  lifecycleHookDetails?: ShownLifecycleHookDetail[]
  /** Absent until its service has been counted for the first time. */
  deploymentCircuitBreaker?: With<ServiceDeploymentCircuitBreaker, 'status' | 'failureCount' | 'threshold'>
}

export type ShownLifecycleHookDetail = With<
  DeploymentLifecycleHookDetail,
  'hookId' | 'targetType' | 'status' | 'expiresAt' | 'timeoutAction'
>

export type ShownServiceRevisionSummary = With<ServiceRevisionSummary, 'arn'>

export type ShownServiceRevision = With<
  ServiceRevision,
  'serviceRevisionArn' | 'serviceArn' | 'clusterArn' | 'guardDutyEnabled' | 'createdAt'
>

export interface ShownTask extends With<
  Task,
  | 'attributes'
  | 'availabilityZone'
  | 'clusterArn'
  | 'cpu'
  | 'createdAt'
  | 'desiredStatus'
  | 'enableExecuteCommand'
  | 'group'
  | 'healthStatus'
  | 'lastStatus'
  | 'launchType'
  | 'memory'
  | 'overrides'
  | 'tags'
  | 'taskArn'
  | 'taskDefinitionArn'
  | 'version'
> {
  attachments: With<Attachment, 'id' | 'type' | 'status' | 'details'>[]
  containers: ShownContainer[]
}

export type ShownContainer = With<
  Container,
  'containerArn' | 'taskArn' | 'name' | 'lastStatus' | 'networkBindings' | 'networkInterfaces' | 'healthStatus' | 'cpu'
>

export interface ShownContainerInstance extends With<
  ContainerInstance,
  | 'containerInstanceArn'
  | 'ec2InstanceId'
  | 'version'
  | 'versionInfo'
  | 'status'
  | 'agentConnected'
  | 'attributes'
  | 'registeredAt'
  | 'attachments'
  | 'tags'
> {
  registeredResources: Wire<Resource>[]
}

/** With what follows from its tasks. */
export interface DescribedContainerInstance extends ShownContainerInstance {
  remainingResources: Wire<Resource>[]
  runningTasksCount: number
  pendingTasksCount: number
}
