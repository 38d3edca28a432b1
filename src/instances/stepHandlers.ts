/** The handlers of all kinds of steps in a refresh of instances. */
import type { StepHandlers } from '../engine/stepHandler.ts'
import { type AttachInstances, attachInstancesHandler } from './steps/attachInstances.ts'
import { type CopyAttributes, copyAttributesHandler } from './steps/copyAttributes.ts'
import { type CreateOrUpdateTags, createOrUpdateTagsHandler } from './steps/createOrUpdateTags.ts'
import { type DeleteAttributes, deleteAttributesHandler } from './steps/deleteAttributes.ts'
import { type DeleteTags, deleteTagsHandler } from './steps/deleteTags.ts'
import { type DescribeAutoScalingGroups, describeAutoScalingGroupsHandler } from './steps/describeAutoScalingGroups.ts'
import { type DetachInstances, detachInstancesHandler } from './steps/detachInstances.ts'
import { type LookAgain, lookAgainHandler } from './steps/lookAgain.ts'
import { type PutAttributes, putAttributesHandler } from './steps/putAttributes.ts'
import { type RemoveCopies, removeCopiesHandler } from './steps/removeCopies.ts'
import { type RestoreDesiredCapacity, restoreDesiredCapacityHandler } from './steps/restoreDesiredCapacity.ts'
import { type SetDesiredCapacity, setDesiredCapacityHandler } from './steps/setDesiredCapacity.ts'
import {
  type TerminateInstanceInAutoScalingGroup,
  terminateInstanceInAutoScalingGroupHandler,
} from './steps/terminateInstanceInAutoScalingGroup.ts'
import { type TerminateInstances, terminateInstancesHandler } from './steps/terminateInstances.ts'
import { type UpdateAutoScalingGroup, updateAutoScalingGroupHandler } from './steps/updateAutoScalingGroup.ts'
import {
  type UpdateContainerInstancesState,
  updateContainerInstancesStateHandler,
} from './steps/updateContainerInstancesState.ts'

export const instancesHandlers = {
  attachInstances: attachInstancesHandler,
  copyAttributes: copyAttributesHandler,
  createOrUpdateTags: createOrUpdateTagsHandler,
  deleteAttributes: deleteAttributesHandler,
  deleteTags: deleteTagsHandler,
  describeAutoScalingGroups: describeAutoScalingGroupsHandler,
  detachInstances: detachInstancesHandler,
  lookAgain: lookAgainHandler,
  putAttributes: putAttributesHandler,
  removeCopies: removeCopiesHandler,
  restoreDesiredCapacity: restoreDesiredCapacityHandler,
  setDesiredCapacity: setDesiredCapacityHandler,
  terminateInstanceInAutoScalingGroup: terminateInstanceInAutoScalingGroupHandler,
  terminateInstances: terminateInstancesHandler,
  updateAutoScalingGroup: updateAutoScalingGroupHandler,
  updateContainerInstancesState: updateContainerInstancesStateHandler,
} satisfies StepHandlers<
  | AttachInstances
  | CopyAttributes
  | CreateOrUpdateTags
  | DeleteAttributes
  | DeleteTags
  | DescribeAutoScalingGroups
  | DetachInstances
  | LookAgain
  | PutAttributes
  | RemoveCopies
  | RestoreDesiredCapacity
  | SetDesiredCapacity
  | TerminateInstanceInAutoScalingGroup
  | TerminateInstances
  | UpdateAutoScalingGroup
  | UpdateContainerInstancesState
>
