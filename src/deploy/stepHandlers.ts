import type { Method } from '../aws/aws.ts'
import type { Step } from '../engine/step.ts'
import type { StepKind } from '../engine/stepHandler.ts'
import {
  addListenerCertificatesKind,
  removeListenerCertificatesKind,
} from '../cluster/steps/addListenerCertificates.ts'
import { addTagsKind } from '../cluster/steps/addTags.ts'
import { attachInstancesKind } from '../instances/steps/attachInstances.ts'
import { changeResourceRecordSetsKind } from '../cluster/steps/changeResourceRecordSets.ts'
import { continueServiceDeploymentKind } from './steps/continueServiceDeployment.ts'
import { createDiscoveryServiceKind } from '../cluster/steps/createDiscoveryService.ts'
import { createListenerKind } from '../cluster/steps/createListener.ts'
import { createLoadBalancerKind } from '../cluster/steps/createLoadBalancer.ts'
import { createOrUpdateTagsKind } from '../instances/steps/createOrUpdateTags.ts'
import { createPrivateDnsNamespaceKind } from '../cluster/steps/createPrivateDnsNamespace.ts'
import { createServiceKind } from '../cluster/steps/createService.ts'
import { createTargetGroupKind } from '../cluster/steps/createTargetGroup.ts'
import { deleteAttributesKind } from '../instances/steps/deleteAttributes.ts'
import { deleteDiscoveryServiceKind } from '../cluster/steps/deleteDiscoveryService.ts'
import { deleteListenerKind } from '../cluster/steps/deleteListener.ts'
import { deleteLoadBalancerKind } from '../cluster/steps/deleteLoadBalancer.ts'
import { deleteNamespaceKind } from '../cluster/steps/deleteNamespace.ts'
import { deleteServiceKind } from '../cluster/steps/deleteService.ts'
import { deleteTagsKind } from '../instances/steps/deleteTags.ts'
import { deleteTargetGroupKind } from '../cluster/steps/deleteTargetGroup.ts'
import { deregisterTaskDefinitionKind } from './steps/deregisterTaskDefinition.ts'
import { describeAutoScalingGroupsKind } from '../instances/steps/describeAutoScalingGroups.ts'
import { describeLoadBalancersKind } from '../cluster/steps/describeLoadBalancers.ts'
import { describeServicesKind } from './steps/describeServices.ts'
import { detachInstancesKind } from '../instances/steps/detachInstances.ts'
import { modifyListenerKind } from '../cluster/steps/modifyListener.ts'
import { modifyTargetGroupKind } from '../cluster/steps/modifyTargetGroup.ts'
import { putAttributesKind } from '../instances/steps/putAttributes.ts'
import { putTargetsKind } from './steps/putTargets.ts'
import { registerTaskDefinitionKind } from './steps/registerTaskDefinition.ts'
import { removeTargetsKind } from './steps/removeTargets.ts'
import { restoreDesiredCapacityKind } from '../instances/steps/restoreDesiredCapacity.ts'
import { restoreServiceKind } from './steps/restoreService.ts'
import { runTaskKind } from './steps/runTask.ts'
import { scaleServiceKind } from './steps/scaleService.ts'
import { setDesiredCapacityKind } from '../instances/steps/setDesiredCapacity.ts'
import { setSecurityGroupsKind, setSubnetsKind } from '../cluster/steps/setSubnets.ts'
import { tagResourceKind } from '../cluster/steps/tagResource.ts'
import { terminateInstanceInAutoScalingGroupKind } from '../instances/steps/terminateInstanceInAutoScalingGroup.ts'
import { terminateInstancesKind } from '../instances/steps/terminateInstances.ts'
import { updateContainerInstancesStateKind } from '../instances/steps/updateContainerInstancesState.ts'
import { updateDiscoveryServiceKind } from '../cluster/steps/updateDiscoveryService.ts'
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
