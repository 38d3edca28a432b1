// The definition of the README, for stories of deploys.
import type { Declared } from '../../src/definition/definition.ts'

export const clusterArn = 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster'
export const roleArn = 'arn:aws:iam::123456789012:role/ecsEventsRole'

/** What the README declares: a service, a migration and a rule. */
export function web(more: Partial<Declared> = {}): Declared {
  return {
    taskDefinition: {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', cpu: 256, memory: 512 }],
    },
    runTasks: [
      {
        cluster: 'my_cluster',
        overrides: { containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }] },
      },
    ],
    updateServices: [{ cluster: 'my_cluster', service: 'web' }],
    eventTargets: [{ Rule: 'nightly', Targets: [{ Id: 'web', Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} }] }],
    ...more,
  }
}
