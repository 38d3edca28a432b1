import type { Method } from './aws.ts'
import type { Step } from './step.ts'
import type { StepKind } from './stepKind.ts'
import { addListenerCertificatesKind, removeListenerCertificatesKind } from './steps/addListenerCertificates.ts'
import { addTagsKind } from './steps/addTags.ts'
import { attachInstancesKind } from './steps/attachInstances.ts'
import { changeResourceRecordSetsKind } from './steps/changeResourceRecordSets.ts'
import { continueServiceDeploymentKind } from './steps/continueServiceDeployment.ts'
import { createDiscoveryServiceKind } from './steps/createDiscoveryService.ts'
import { createListenerKind } from './steps/createListener.ts'
import { createLoadBalancerKind } from './steps/createLoadBalancer.ts'
import { createOrUpdateTagsKind } from './steps/createOrUpdateTags.ts'
import { createPrivateDnsNamespaceKind } from './steps/createPrivateDnsNamespace.ts'
import { createServiceKind } from './steps/createService.ts'
import { createTargetGroupKind } from './steps/createTargetGroup.ts'
import { deleteAttributesKind } from './steps/deleteAttributes.ts'
import { deleteDiscoveryServiceKind } from './steps/deleteDiscoveryService.ts'
import { deleteListenerKind } from './steps/deleteListener.ts'
import { deleteLoadBalancerKind } from './steps/deleteLoadBalancer.ts'
import { deleteNamespaceKind } from './steps/deleteNamespace.ts'
import { deleteServiceKind } from './steps/deleteService.ts'
import { deleteTagsKind } from './steps/deleteTags.ts'
import { deleteTargetGroupKind } from './steps/deleteTargetGroup.ts'
import { deregisterTaskDefinitionKind } from './steps/deregisterTaskDefinition.ts'
import { describeAutoScalingGroupsKind } from './steps/describeAutoScalingGroups.ts'
import { describeLoadBalancersKind } from './steps/describeLoadBalancers.ts'
import { describeServicesKind } from './steps/describeServices.ts'
import { detachInstancesKind } from './steps/detachInstances.ts'
import { modifyListenerKind } from './steps/modifyListener.ts'
import { modifyTargetGroupKind } from './steps/modifyTargetGroup.ts'
import { putAttributesKind } from './steps/putAttributes.ts'
import { putTargetsKind } from './steps/putTargets.ts'
import { registerTaskDefinitionKind } from './steps/registerTaskDefinition.ts'
import { removeTargetsKind } from './steps/removeTargets.ts'
import { restoreDesiredCapacityKind } from './steps/restoreDesiredCapacity.ts'
import { restoreServiceKind } from './steps/restoreService.ts'
import { runTaskKind } from './steps/runTask.ts'
import { scaleServiceKind } from './steps/scaleService.ts'
import { setDesiredCapacityKind } from './steps/setDesiredCapacity.ts'
import { setSecurityGroupsKind, setSubnetsKind } from './steps/setSubnets.ts'
import { tagResourceKind } from './steps/tagResource.ts'
import { terminateInstanceInAutoScalingGroupKind } from './steps/terminateInstanceInAutoScalingGroup.ts'
import { terminateInstancesKind } from './steps/terminateInstances.ts'
import { updateContainerInstancesStateKind } from './steps/updateContainerInstancesState.ts'
import { updateDiscoveryServiceKind } from './steps/updateDiscoveryService.ts'
import { updateServiceKind } from './steps/updateService.ts'

const kinds: { readonly [M in Method]?: StepKind<M> } = {
  registerTaskDefinition: registerTaskDefinitionKind,
  runTask: runTaskKind,
  updateService: updateServiceKind,
  putTargets: putTargetsKind,
  removeTargets: removeTargetsKind,
  deregisterTaskDefinition: deregisterTaskDefinitionKind,
  describeLoadBalancers: describeLoadBalancersKind,
  describeServices: describeServicesKind,
  continueServiceDeployment: continueServiceDeploymentKind,
  addListenerCertificates: addListenerCertificatesKind,
  addTags: addTagsKind,
  changeResourceRecordSets: changeResourceRecordSetsKind,
  createDiscoveryService: createDiscoveryServiceKind,
  createListener: createListenerKind,
  createLoadBalancer: createLoadBalancerKind,
  createPrivateDnsNamespace: createPrivateDnsNamespaceKind,
  createService: createServiceKind,
  createTargetGroup: createTargetGroupKind,
  deleteDiscoveryService: deleteDiscoveryServiceKind,
  deleteListener: deleteListenerKind,
  deleteLoadBalancer: deleteLoadBalancerKind,
  deleteNamespace: deleteNamespaceKind,
  deleteService: deleteServiceKind,
  deleteTargetGroup: deleteTargetGroupKind,
  modifyListener: modifyListenerKind,
  modifyTargetGroup: modifyTargetGroupKind,
  removeListenerCertificates: removeListenerCertificatesKind,
  setSecurityGroups: setSecurityGroupsKind,
  setSubnets: setSubnetsKind,
  tagResource: tagResourceKind,
  updateDiscoveryService: updateDiscoveryServiceKind,
  createOrUpdateTags: createOrUpdateTagsKind,
  deleteTags: deleteTagsKind,
  putAttributes: putAttributesKind,
  deleteAttributes: deleteAttributesKind,
  setDesiredCapacity: setDesiredCapacityKind,
  detachInstances: detachInstancesKind,
  attachInstances: attachInstancesKind,
  describeAutoScalingGroups: describeAutoScalingGroupsKind,
  updateContainerInstancesState: updateContainerInstancesStateKind,
  terminateInstanceInAutoScalingGroup: terminateInstanceInAutoScalingGroupKind,
  terminateInstances: terminateInstancesKind,
}

const special = {
  restoreService: restoreServiceKind,
  scaleService: scaleServiceKind,
  restoreDesiredCapacity: restoreDesiredCapacityKind,
}

/** How a step is performed: as every step of its method, or in a way of its own. */
export function kindOf<M extends Method>(step: Step<M>): StepKind<M>
export function kindOf(step: Step): unknown {
  const kind = step.kind ? special[step.kind] : kinds[step.call.method]
  if (!kind) throw new Error(`there is no step for ${step.call.method}`)
  return kind
}
