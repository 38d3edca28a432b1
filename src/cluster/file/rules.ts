// The list of all rules for stacks.
import type { Rule } from './unvalidatedStack.ts'
import { scalingIsPossible } from './rules/autoScaling.ts'
import { balancersCanBeMade } from './rules/balancers.ts'
import { containersAreTellable } from './rules/containers.ts'
import { dependenciesCanBeMet } from './rules/dependencies.ts'
import { deploymentsCanMove } from './rules/deployment.ts'
import { discoveryHasANamespace, interfacesHaveSubnets } from './rules/discovery.ts'
import { fargateHasNoInstance } from './rules/fargate.ts'
import { imagesAreImages } from './rules/images.ts'
import { daemonsAreNotCounted, tasksAreNoServices } from './rules/kinds.ts'
import { awslogsKnowsItsGroup, logDriversAreKnown } from './rules/logging.ts'
import { hostIsSaid, networkModeFits } from './rules/networkMode.ts'
import { constraintsHaveTheirExpression } from './rules/placement.ts'
import { portsAreFree } from './rules/ports.ts'
import { ecsHasTheRoleItNeeds } from './rules/roles.ts'
import { schedulesStartTasks } from './rules/schedules.ts'
import { balancersAreShared, othersAreLeftAlone } from './rules/sharedBalancers.ts'
import { sizesAreThere } from './rules/sizes.ts'
import { volumesAgree } from './rules/volumes.ts'

/** What a stack must not say. */
export const rules: readonly Rule[] = [
  dependenciesCanBeMet,
  tasksAreNoServices,
  containersAreTellable,
  imagesAreImages,
  awslogsKnowsItsGroup,
  logDriversAreKnown,
  sizesAreThere,
  portsAreFree,
  networkModeFits,
  volumesAgree,
  fargateHasNoInstance,
  ecsHasTheRoleItNeeds,
  constraintsHaveTheirExpression,
  deploymentsCanMove,
  scalingIsPossible,
  schedulesStartTasks,
  balancersCanBeMade,
  balancersAreShared,
  discoveryHasANamespace,
  interfacesHaveSubnets,
]

/** What it may say to no effect. */
export const warningRules: readonly Rule[] = [daemonsAreNotCounted, othersAreLeftAlone, hostIsSaid]
