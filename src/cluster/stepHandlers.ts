/** The handlers of all kinds of steps in the deploy or destroy of a stack; some are those of the deploy room. */
import { deployHandlers } from '../deploy/stepHandlers.ts'
import type { DeregisterTaskDefinition } from '../deploy/steps/deregisterTaskDefinition.ts'
import type { StepHandlers } from '../engine/stepHandler.ts'
import {
  type AddListenerCertificates,
  addListenerCertificatesHandler,
  type RemoveListenerCertificates,
  removeListenerCertificatesHandler,
} from './steps/addListenerCertificates.ts'
import { type AddTags, addTagsHandler } from './steps/addTags.ts'
import { type ChangeResourceRecordSets, changeResourceRecordSetsHandler } from './steps/changeResourceRecordSets.ts'
import { type ChangeService, changeServiceHandler } from './steps/changeService.ts'
import { type CreateDiscoveryService, createDiscoveryServiceHandler } from './steps/createDiscoveryService.ts'
import { type CreateListener, createListenerHandler } from './steps/createListener.ts'
import { type CreateLoadBalancer, createLoadBalancerHandler } from './steps/createLoadBalancer.ts'
import { type CreatePrivateDnsNamespace, createPrivateDnsNamespaceHandler } from './steps/createPrivateDnsNamespace.ts'
import { type CreateSchedule, createScheduleHandler } from './steps/createSchedule.ts'
import { type CreateScheduleGroup, createScheduleGroupHandler } from './steps/createScheduleGroup.ts'
import { type CreateService, createServiceHandler } from './steps/createService.ts'
import { type CreateTargetGroup, createTargetGroupHandler } from './steps/createTargetGroup.ts'
import { type DeleteDiscoveryService, deleteDiscoveryServiceHandler } from './steps/deleteDiscoveryService.ts'
import { type DeleteListener, deleteListenerHandler } from './steps/deleteListener.ts'
import { type DeleteLoadBalancer, deleteLoadBalancerHandler } from './steps/deleteLoadBalancer.ts'
import { type DeleteNamespace, deleteNamespaceHandler } from './steps/deleteNamespace.ts'
import { type DeleteSchedule, deleteScheduleHandler } from './steps/deleteSchedule.ts'
import { type DeleteScheduleGroup, deleteScheduleGroupHandler } from './steps/deleteScheduleGroup.ts'
import { type DeleteService, deleteServiceHandler } from './steps/deleteService.ts'
import { type DeleteTargetGroup, deleteTargetGroupHandler } from './steps/deleteTargetGroup.ts'
import { type DescribeLoadBalancers, describeLoadBalancersHandler } from './steps/describeLoadBalancers.ts'
import { type ModifyListener, modifyListenerHandler } from './steps/modifyListener.ts'
import { type ModifyTargetGroup, modifyTargetGroupHandler } from './steps/modifyTargetGroup.ts'
import { type RegisterTask, registerTaskHandler } from './steps/registerTask.ts'
import {
  type SetSubnets,
  setSubnetsHandler,
  type SetSecurityGroups,
  setSecurityGroupsHandler,
} from './steps/setSubnets.ts'
import { type TagResource, tagResourceHandler } from './steps/tagResource.ts'
import { type UpdateDiscoveryService, updateDiscoveryServiceHandler } from './steps/updateDiscoveryService.ts'
import { type DeleteScalingPolicy, deleteScalingPolicyHandler } from './steps/deleteScalingPolicy.ts'
import { type DeleteScheduledAction, deleteScheduledActionHandler } from './steps/deleteScheduledAction.ts'
import { type DeregisterScalableTarget, deregisterScalableTargetHandler } from './steps/deregisterScalableTarget.ts'
import { type ScaleAgain, scaleAgainHandler } from './steps/scaleAgain.ts'
import { type DescribeTargetGroups, describeTargetGroupsHandler } from './steps/describeTargetGroups.ts'
import { type PutScalingPolicy, putScalingPolicyHandler } from './steps/putScalingPolicy.ts'
import { type PutScheduledAction, putScheduledActionHandler } from './steps/putScheduledAction.ts'
import { type RegisterScalableTarget, registerScalableTargetHandler } from './steps/registerScalableTarget.ts'

const ownHandlers = {
  addListenerCertificates: addListenerCertificatesHandler,
  addTags: addTagsHandler,
  changeResourceRecordSets: changeResourceRecordSetsHandler,
  changeService: changeServiceHandler,
  createDiscoveryService: createDiscoveryServiceHandler,
  createListener: createListenerHandler,
  createLoadBalancer: createLoadBalancerHandler,
  createPrivateDnsNamespace: createPrivateDnsNamespaceHandler,
  createSchedule: createScheduleHandler,
  createScheduleGroup: createScheduleGroupHandler,
  createService: createServiceHandler,
  createTargetGroup: createTargetGroupHandler,
  deleteDiscoveryService: deleteDiscoveryServiceHandler,
  deleteListener: deleteListenerHandler,
  deleteLoadBalancer: deleteLoadBalancerHandler,
  deleteNamespace: deleteNamespaceHandler,
  deleteSchedule: deleteScheduleHandler,
  deleteScheduleGroup: deleteScheduleGroupHandler,
  deleteService: deleteServiceHandler,
  deleteTargetGroup: deleteTargetGroupHandler,
  deregisterTaskDefinition: deployHandlers.deregisterTaskDefinition,
  describeLoadBalancers: describeLoadBalancersHandler,
  modifyListener: modifyListenerHandler,
  modifyTargetGroup: modifyTargetGroupHandler,
  registerTask: registerTaskHandler,
  removeListenerCertificates: removeListenerCertificatesHandler,
  setSecurityGroups: setSecurityGroupsHandler,
  setSubnets: setSubnetsHandler,
  deleteScalingPolicy: deleteScalingPolicyHandler,
  deleteScheduledAction: deleteScheduledActionHandler,
  deregisterScalableTarget: deregisterScalableTargetHandler,
  describeTargetGroups: describeTargetGroupsHandler,
  putScalingPolicy: putScalingPolicyHandler,
  putScheduledAction: putScheduledActionHandler,
  registerScalableTarget: registerScalableTargetHandler,
  scaleAgain: scaleAgainHandler,
  tagResource: tagResourceHandler,
  updateDiscoveryService: updateDiscoveryServiceHandler,
} satisfies StepHandlers<
  | AddListenerCertificates
  | AddTags
  | ChangeResourceRecordSets
  | ChangeService
  | CreateDiscoveryService
  | CreateListener
  | CreateLoadBalancer
  | CreatePrivateDnsNamespace
  | CreateSchedule
  | CreateScheduleGroup
  | CreateService
  | CreateTargetGroup
  | DeleteDiscoveryService
  | DeleteListener
  | DeleteLoadBalancer
  | DeleteNamespace
  | DeleteSchedule
  | DeleteScheduleGroup
  | DeleteService
  | DeleteTargetGroup
  | DeregisterTaskDefinition
  | DescribeLoadBalancers
  | ModifyListener
  | ModifyTargetGroup
  | RegisterTask
  | RemoveListenerCertificates
  | SetSecurityGroups
  | SetSubnets
  | DeleteScalingPolicy
  | DeleteScheduledAction
  | DeregisterScalableTarget
  | DescribeTargetGroups
  | PutScalingPolicy
  | PutScheduledAction
  | RegisterScalableTarget
  | ScaleAgain
  | TagResource
  | UpdateDiscoveryService
>

export const clusterHandlers = { ...deployHandlers, ...ownHandlers }
