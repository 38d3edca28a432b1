import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { EcsTaskError } from '../ground/errors.ts'

/** An Auto Scaling group as it stands. Throws `NotFound` where there is none of that name. */
export async function readGroup(aws: Aws, name: string, signal?: AbortSignal): Promise<AutoScalingGroup> {
  const { AutoScalingGroups = [] } = await aws.call(
    'describeAutoScalingGroups',
    { AutoScalingGroupNames: [name] },
    signal,
  )
  const [group] = AutoScalingGroups
  if (group) return group
  throw new EcsTaskError('NotFound', `There is no Auto Scaling group ${name}.`, {
    fix: 'Check --asg, the region and the account.',
  })
}

/** The container instances of a cluster, by the id of the EC2 instance. Throws `NotFound` where there is no cluster. */
export async function readContainers(
  aws: Aws,
  cluster: string,
  signal?: AbortSignal,
): Promise<Map<string, ContainerInstance>> {
  const { containerInstanceArns = [] } = await aws
    .all('listContainerInstances', { cluster }, signal)
    .catch((error: unknown) => {
      if ((error as Error).name !== 'ClusterNotFoundException') throw error
      throw new EcsTaskError('NotFound', `There is no cluster ${cluster}.`, {
        fix: 'Check --cluster, the region and the account.',
      })
    })
  return describeContainers(aws, { cluster, arns: containerInstanceArns }, signal)
}

/** Some container instances of a cluster, by the id of the EC2 instance; who has gone is not among them. */
export async function describeContainers(
  aws: Aws,
  { cluster, arns }: { readonly cluster: string; readonly arns: readonly string[] },
  signal?: AbortSignal,
): Promise<Map<string, ContainerInstance>> {
  if (arns.length === 0) return new Map()
  const { containerInstances = [] } = await aws.all(
    'describeContainerInstances',
    { cluster, containerInstances: [...arns] },
    signal,
  )
  const there = containerInstances.filter(({ status }) => status !== 'INACTIVE')
  return new Map(there.map((one) => [one.ec2InstanceId ?? '', one]))
}
