/**
 * The cluster that the user data of an instance, in base64, tells the ECS agent to join: the last `ECS_CLUSTER=name` in it,
 * which ECS's AMIs have in /etc/ecs/ecs.config. Undefined where it names none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html
 */
export function clusterIn(userData: string | undefined): string | undefined {
  const script = Buffer.from(userData ?? '', 'base64').toString()
  return [...script.matchAll(/\bECS_CLUSTER=["']?([\w-]+)/g)].at(-1)?.[1]
}
