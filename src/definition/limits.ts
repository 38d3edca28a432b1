// What ECS allows whatever is deployed to it, for a class, a stack and a service update.

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export const mostSubnets = 16
export const mostSecurityGroups = 5

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const mostContainers = 10
export const mostLoadBalancers = 5

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export const logDrivers: readonly string[] = [
  'awsfirelens',
  'awslogs',
  'fluentd',
  'gelf',
  'journald',
  'json-file',
  'splunk',
  'syslog',
]
export const fargateLogDrivers: readonly string[] = ['awsfirelens', 'awslogs', 'splunk']
export const awslogsOptions: readonly string[] = [
  'awslogs-create-group',
  'awslogs-datetime-format',
  'awslogs-group',
  'awslogs-multiline-pattern',
  'awslogs-region',
  'awslogs-stream-prefix',
  'max-buffer-size',
  'mode',
]

/** Whether a rolling update of so many tasks may start or stop one at all. */
export function canMove(desired: number, maximumPercent: number, minimumHealthyPercent: number): boolean {
  const mayStart = Math.floor((desired * maximumPercent) / 100) - desired
  const mayStop = desired - Math.ceil((desired * minimumHealthyPercent) / 100)
  return mayStart > 0 || mayStop > 0
}
