/** How CloudWatch labels the requests of a load balancer to a target group. */

/**
 * `app/web/50dc6c495c0c9188/targetgroup/web/73e2d6bc24d8a067`, from the two ARNs.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
 */
export function requestLabel(balancer: string, targetGroup: string): string {
  return `${balancer.split(':loadbalancer/').at(-1)}/${targetGroup.split(':').at(-1)}`
}
