/**
 * What AWS always answers and a run cannot do without, by the structure of AWS's model that it is a member of. AWS's model calls
 * every member of an answer optional.
 */
export const reliedOn: Readonly<Record<string, readonly string[]>> = {
  'ecs.CreateServiceResponse': ['service'],
  'ecs.UpdateServiceResponse': ['service'],
  'ecs.RegisterTaskDefinitionResponse': ['taskDefinition'],
  'ecs.DescribeTaskDefinitionResponse': ['taskDefinition'],
  'ecs.Deployment': ['id', 'status'],
  'ecs.TaskDefinition': ['taskDefinitionArn', 'containerDefinitions'],
  'elasticloadbalancingv2.CreateListenerOutput': ['Listeners'],
  'elasticloadbalancingv2.CreateLoadBalancerOutput': ['LoadBalancers'],
  'elasticloadbalancingv2.CreateTargetGroupOutput': ['TargetGroups'],
  'elasticloadbalancingv2.Listener': ['ListenerArn'],
  'elasticloadbalancingv2.LoadBalancer': ['LoadBalancerArn'],
  'elasticloadbalancingv2.TargetGroup': ['TargetGroupArn'],
  'route53.ChangeInfo': ['Id', 'Status'],
  'route53.ChangeResourceRecordSetsResponse': ['ChangeInfo'],
  's3.GetObjectOutput': ['ETag'],
  's3.PutObjectOutput': ['ETag'],
  // UpdateSchedule needs them, and resets what it is not given.
  'scheduler.GetScheduleOutput': ['FlexibleTimeWindow', 'ScheduleExpression', 'Target'],
  'servicediscovery.CreatePrivateDnsNamespaceResponse': ['OperationId'],
  'servicediscovery.CreateServiceResponse': ['Service'],
  'servicediscovery.Service': ['Arn', 'Id'],
}
