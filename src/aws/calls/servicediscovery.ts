/** The calls to Cloud Map. */
import type * as servicediscovery from '@aws-sdk/client-servicediscovery'
import { type CallFacts, type Page, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to Cloud Map. */
export interface ServicediscoveryCalls {
  listNamespaces: [servicediscovery.ListNamespacesCommandInput, servicediscovery.ListNamespacesCommandOutput]
  listDiscoveryTags: [
    servicediscovery.ListTagsForResourceCommandInput,
    servicediscovery.ListTagsForResourceCommandOutput,
  ]
  getNamespace: [servicediscovery.GetNamespaceCommandInput, servicediscovery.GetNamespaceCommandOutput]
  createPrivateDnsNamespace: [
    servicediscovery.CreatePrivateDnsNamespaceCommandInput,
    servicediscovery.CreatePrivateDnsNamespaceCommandOutput,
  ]
  deleteNamespace: [servicediscovery.DeleteNamespaceCommandInput, servicediscovery.DeleteNamespaceCommandOutput]
  getOperation: [servicediscovery.GetOperationCommandInput, servicediscovery.GetOperationCommandOutput]
  listDiscoveryServices: [servicediscovery.ListServicesCommandInput, servicediscovery.ListServicesCommandOutput]
  createDiscoveryService: [servicediscovery.CreateServiceCommandInput, servicediscovery.CreateServiceCommandOutput]
  updateDiscoveryService: [servicediscovery.UpdateServiceCommandInput, servicediscovery.UpdateServiceCommandOutput]
  deleteDiscoveryService: [servicediscovery.DeleteServiceCommandInput, servicediscovery.DeleteServiceCommandOutput]
}

const { read, write } = tableOf('servicediscovery')

export const servicediscoveryCalls: Readonly<Record<keyof ServicediscoveryCalls, CallFacts>> = {
  listNamespaces: read('cloudMap', { page: discoveryPage('Namespaces') }),
  listDiscoveryTags: read('cloudMap', { operation: 'listTagsForResource' }),
  getNamespace: read('cloudMap'),
  createPrivateDnsNamespace: write('cloudMap'),
  deleteNamespace: write('cloudMap'),
  getOperation: read('cloudMap'),
  listDiscoveryServices: read('cloudMap', { operation: 'listServices', page: discoveryPage('Services') }),
  createDiscoveryService: write('cloudMap', { operation: 'createService' }),
  updateDiscoveryService: write('cloudMap', { operation: 'updateService' }),
  deleteDiscoveryService: write('cloudMap', { operation: 'deleteService' }),
}

function discoveryPage(items: string): Page {
  return { items, size: 'MaxResults', most: 100, token: 'NextToken' }
}
