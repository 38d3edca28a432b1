/** The calls to Elastic Load Balancing. */
import type * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import { type CallFacts, type Page, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to Elastic Load Balancing. */
export interface Elbv2Calls {
  describeLoadBalancers: [elbv2.DescribeLoadBalancersCommandInput, elbv2.DescribeLoadBalancersCommandOutput]
  describeListeners: [elbv2.DescribeListenersCommandInput, elbv2.DescribeListenersCommandOutput]
  describeTargetGroups: [elbv2.DescribeTargetGroupsCommandInput, elbv2.DescribeTargetGroupsCommandOutput]
  describeTags: [elbv2.DescribeTagsCommandInput, elbv2.DescribeTagsCommandOutput]
  describeTargetHealth: [elbv2.DescribeTargetHealthCommandInput, elbv2.DescribeTargetHealthCommandOutput]
  describeListenerCertificates: [
    elbv2.DescribeListenerCertificatesCommandInput,
    elbv2.DescribeListenerCertificatesCommandOutput,
  ]
  describeLoadBalancerAttributes: [
    elbv2.DescribeLoadBalancerAttributesCommandInput,
    elbv2.DescribeLoadBalancerAttributesCommandOutput,
  ]
  describeTargetGroupAttributes: [
    elbv2.DescribeTargetGroupAttributesCommandInput,
    elbv2.DescribeTargetGroupAttributesCommandOutput,
  ]
  describeRules: [elbv2.DescribeRulesCommandInput, elbv2.DescribeRulesCommandOutput]
  addTags: [elbv2.AddTagsCommandInput, elbv2.AddTagsCommandOutput]
  addListenerCertificates: [elbv2.AddListenerCertificatesCommandInput, elbv2.AddListenerCertificatesCommandOutput]
  removeListenerCertificates: [
    elbv2.RemoveListenerCertificatesCommandInput,
    elbv2.RemoveListenerCertificatesCommandOutput,
  ]
  createLoadBalancer: [elbv2.CreateLoadBalancerCommandInput, elbv2.CreateLoadBalancerCommandOutput]
  setSecurityGroups: [elbv2.SetSecurityGroupsCommandInput, elbv2.SetSecurityGroupsCommandOutput]
  setSubnets: [elbv2.SetSubnetsCommandInput, elbv2.SetSubnetsCommandOutput]
  deleteLoadBalancer: [elbv2.DeleteLoadBalancerCommandInput, elbv2.DeleteLoadBalancerCommandOutput]
  createTargetGroup: [elbv2.CreateTargetGroupCommandInput, elbv2.CreateTargetGroupCommandOutput]
  modifyTargetGroup: [elbv2.ModifyTargetGroupCommandInput, elbv2.ModifyTargetGroupCommandOutput]
  deleteTargetGroup: [elbv2.DeleteTargetGroupCommandInput, elbv2.DeleteTargetGroupCommandOutput]
  createListener: [elbv2.CreateListenerCommandInput, elbv2.CreateListenerCommandOutput]
  modifyListener: [elbv2.ModifyListenerCommandInput, elbv2.ModifyListenerCommandOutput]
  deleteListener: [elbv2.DeleteListenerCommandInput, elbv2.DeleteListenerCommandOutput]
}

const { read, write } = tableOf('elbv2')

export const elbv2Calls: Readonly<Record<keyof Elbv2Calls, CallFacts>> = {
  describeLoadBalancers: read('elasticLoadBalancing', { page: markedPage('LoadBalancers') }),
  describeListeners: read('elasticLoadBalancing', { page: markedPage('Listeners') }),
  describeTargetGroups: read('elasticLoadBalancing', { page: markedPage('TargetGroups') }),
  describeTags: read('elasticLoadBalancing', { batch: { of: 'ResourceArns', most: 20, items: ['TagDescriptions'] } }),
  describeTargetHealth: read('elasticLoadBalancing'),
  describeListenerCertificates: read('elasticLoadBalancing', { page: markedPage('Certificates') }),
  describeLoadBalancerAttributes: read('elasticLoadBalancing'),
  describeTargetGroupAttributes: read('elasticLoadBalancing'),
  describeRules: read('elasticLoadBalancing', { page: markedPage('Rules') }),
  addTags: write('elasticLoadBalancingModify'),
  addListenerCertificates: write('elasticLoadBalancingModify'),
  removeListenerCertificates: write('elasticLoadBalancingModify'),
  createLoadBalancer: write('elasticLoadBalancingModify'),
  setSecurityGroups: write('elasticLoadBalancingModify'),
  setSubnets: write('elasticLoadBalancingModify'),
  deleteLoadBalancer: write('elasticLoadBalancingModify'),
  createTargetGroup: write('elasticLoadBalancingModify'),
  modifyTargetGroup: write('elasticLoadBalancingModify'),
  deleteTargetGroup: write('elasticLoadBalancingModify'),
  createListener: write('elasticLoadBalancingModify'),
  modifyListener: write('elasticLoadBalancingModify'),
  deleteListener: write('elasticLoadBalancingModify'),
}

function markedPage(items: string): Page {
  return { items, size: 'PageSize', most: 400, token: 'Marker', next: 'NextMarker' }
}
