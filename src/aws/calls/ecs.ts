/** The calls to ECS. */
import type * as ecs from '@aws-sdk/client-ecs'
import { type CallFacts, type Page, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to ECS. */
export interface EcsCalls {
  describeClusters: [ecs.DescribeClustersCommandInput, ecs.DescribeClustersCommandOutput]
  listClusters: [ecs.ListClustersCommandInput, ecs.ListClustersCommandOutput]
  describeServices: [ecs.DescribeServicesCommandInput, ecs.DescribeServicesCommandOutput]
  listServices: [ecs.ListServicesCommandInput, ecs.ListServicesCommandOutput]
  createService: [ecs.CreateServiceCommandInput, ecs.CreateServiceCommandOutput]
  deleteService: [ecs.DeleteServiceCommandInput, ecs.DeleteServiceCommandOutput]
  updateService: [ecs.UpdateServiceCommandInput, ecs.UpdateServiceCommandOutput]
  listServiceDeployments: [ecs.ListServiceDeploymentsCommandInput, ecs.ListServiceDeploymentsCommandOutput]
  describeServiceDeployments: [ecs.DescribeServiceDeploymentsCommandInput, ecs.DescribeServiceDeploymentsCommandOutput]
  describeServiceRevisions: [ecs.DescribeServiceRevisionsCommandInput, ecs.DescribeServiceRevisionsCommandOutput]
  stopServiceDeployment: [ecs.StopServiceDeploymentCommandInput, ecs.StopServiceDeploymentCommandOutput]
  continueServiceDeployment: [ecs.ContinueServiceDeploymentCommandInput, ecs.ContinueServiceDeploymentCommandOutput]
  describeTaskDefinition: [ecs.DescribeTaskDefinitionCommandInput, ecs.DescribeTaskDefinitionCommandOutput]
  listTaskDefinitions: [ecs.ListTaskDefinitionsCommandInput, ecs.ListTaskDefinitionsCommandOutput]
  listTaskDefinitionFamilies: [ecs.ListTaskDefinitionFamiliesCommandInput, ecs.ListTaskDefinitionFamiliesCommandOutput]
  registerTaskDefinition: [ecs.RegisterTaskDefinitionCommandInput, ecs.RegisterTaskDefinitionCommandOutput]
  deregisterTaskDefinition: [ecs.DeregisterTaskDefinitionCommandInput, ecs.DeregisterTaskDefinitionCommandOutput]
  runTask: [ecs.RunTaskCommandInput, ecs.RunTaskCommandOutput]
  tagResource: [ecs.TagResourceCommandInput, ecs.TagResourceCommandOutput]
  stopTask: [ecs.StopTaskCommandInput, ecs.StopTaskCommandOutput]
  executeCommand: [ecs.ExecuteCommandCommandInput, ecs.ExecuteCommandCommandOutput]
  listTasks: [ecs.ListTasksCommandInput, ecs.ListTasksCommandOutput]
  describeTasks: [ecs.DescribeTasksCommandInput, ecs.DescribeTasksCommandOutput]
  listContainerInstances: [ecs.ListContainerInstancesCommandInput, ecs.ListContainerInstancesCommandOutput]
  describeContainerInstances: [ecs.DescribeContainerInstancesCommandInput, ecs.DescribeContainerInstancesCommandOutput]
  updateContainerInstancesState: [
    ecs.UpdateContainerInstancesStateCommandInput,
    ecs.UpdateContainerInstancesStateCommandOutput,
  ]
  putAttributes: [ecs.PutAttributesCommandInput, ecs.PutAttributesCommandOutput]
  deleteAttributes: [ecs.DeleteAttributesCommandInput, ecs.DeleteAttributesCommandOutput]
}

const { read, write } = tableOf('ecs')

export const ecsCalls: Readonly<Record<keyof EcsCalls, CallFacts>> = {
  describeClusters: read('clusterRead', {
    batch: { of: 'clusters', most: 100, items: ['clusters', 'failures'] },
  }),
  listClusters: read('clusterRead', { page: ecsPage('clusterArns') }),
  describeServices: read('serviceRead', {
    batch: { of: 'services', most: 10, items: ['services', 'failures'] },
  }),
  listServices: read('serviceRead', { page: ecsPage('serviceArns') }),
  createService: write('serviceModify'),
  deleteService: write('serviceModify'),
  updateService: write('serviceModify'),
  listServiceDeployments: read('serviceDeployment', { page: ecsPage('serviceDeployments') }),
  describeServiceDeployments: read('serviceDeployment', {
    batch: { of: 'serviceDeploymentArns', most: 20, items: ['serviceDeployments', 'failures'] },
  }),
  describeServiceRevisions: read('serviceRevision', {
    batch: { of: 'serviceRevisionArns', most: 20, items: ['serviceRevisions', 'failures'] },
  }),
  stopServiceDeployment: write('serviceModify'),
  continueServiceDeployment: write('serviceModify'),
  describeTaskDefinition: read('taskDefinitionRead'),
  listTaskDefinitions: read('taskDefinitionRead', { page: ecsPage('taskDefinitionArns') }),
  listTaskDefinitionFamilies: read('taskDefinitionRead', { page: ecsPage('families') }),
  registerTaskDefinition: write('taskDefinitionModify', { once: true }),
  deregisterTaskDefinition: write('taskDefinitionModify'),
  runTask: write('clusterResourceModify'),
  tagResource: write('tagModify'),
  stopTask: write('clusterResourceModify'),
  executeCommand: write('clusterResourceModify'),
  listTasks: read('clusterResourceRead', { page: ecsPage('taskArns') }),
  describeTasks: read('clusterResourceRead', {
    batch: { of: 'tasks', most: 100, items: ['tasks', 'failures'] },
  }),
  listContainerInstances: read('clusterResourceRead', { page: ecsPage('containerInstanceArns') }),
  describeContainerInstances: read('clusterResourceRead', {
    batch: { of: 'containerInstances', most: 100, items: ['containerInstances', 'failures'] },
  }),
  updateContainerInstancesState: write('clusterResourceModify'),
  putAttributes: write('clusterResourceModify'),
  deleteAttributes: write('clusterResourceModify'),
}

function ecsPage(items: string): Page {
  return { items, size: 'maxResults', most: 100, token: 'nextToken' }
}
