import type { Service } from '@aws-sdk/client-ecs'

/**
 * Why ECS can take no task of a service off an instance that drains, in words; undefined where it can: a task may stop
 * first, or its replacement may start first. Percentages are rounded as ECS does: the minimum up, the maximum down.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export function undrainable(service: Service): string | undefined {
  const { desiredCount: desired = 0, deploymentConfiguration = {}, schedulingStrategy = 'REPLICA' } = service
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = deploymentConfiguration
  if (schedulingStrategy === 'DAEMON' || desired === 0) return undefined
  const mayStop = desired - Math.ceil((desired * minimumHealthyPercent) / 100)
  const mayStart = Math.floor((desired * maximumPercent) / 100) - desired
  if (mayStop > 0 || mayStart > 0) return undefined
  return `minimumHealthyPercent ${minimumHealthyPercent} and maximumPercent ${maximumPercent} of ${desired} let ECS neither stop nor start a task`
}
