/** The calls to Application Auto Scaling. */
import type * as scaling from '@aws-sdk/client-application-auto-scaling'
import { type CallFacts, type Page, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to Application Auto Scaling. */
export interface ApplicationAutoscalingCalls {
  describeScalableTargets: [scaling.DescribeScalableTargetsCommandInput, scaling.DescribeScalableTargetsCommandOutput]
  describeScalingPolicies: [scaling.DescribeScalingPoliciesCommandInput, scaling.DescribeScalingPoliciesCommandOutput]
  describeScheduledActions: [
    scaling.DescribeScheduledActionsCommandInput,
    scaling.DescribeScheduledActionsCommandOutput,
  ]
  registerScalableTarget: [scaling.RegisterScalableTargetCommandInput, scaling.RegisterScalableTargetCommandOutput]
  deregisterScalableTarget: [
    scaling.DeregisterScalableTargetCommandInput,
    scaling.DeregisterScalableTargetCommandOutput,
  ]
  putScalingPolicy: [scaling.PutScalingPolicyCommandInput, scaling.PutScalingPolicyCommandOutput]
  deleteScalingPolicy: [scaling.DeleteScalingPolicyCommandInput, scaling.DeleteScalingPolicyCommandOutput]
  putScheduledAction: [scaling.PutScheduledActionCommandInput, scaling.PutScheduledActionCommandOutput]
  deleteScheduledAction: [scaling.DeleteScheduledActionCommandInput, scaling.DeleteScheduledActionCommandOutput]
}

const { read, write } = tableOf('application-autoscaling')

export const applicationAutoscalingCalls: Readonly<Record<keyof ApplicationAutoscalingCalls, CallFacts>> = {
  describeScalableTargets: read('applicationAutoScaling', {
    batch: { of: 'ResourceIds', most: 50, items: ['ScalableTargets'] },
  }),
  describeScalingPolicies: read('applicationAutoScaling', { page: scalingPage('ScalingPolicies') }),
  describeScheduledActions: read('applicationAutoScaling', { page: scalingPage('ScheduledActions') }),
  registerScalableTarget: write('applicationAutoScaling'),
  deregisterScalableTarget: write('applicationAutoScaling'),
  putScalingPolicy: write('applicationAutoScaling'),
  deleteScalingPolicy: write('applicationAutoScaling'),
  putScheduledAction: write('applicationAutoScaling'),
  deleteScheduledAction: write('applicationAutoScaling'),
}

function scalingPage(items: string): Page {
  return { items, size: 'MaxResults', most: 50, token: 'NextToken' }
}
