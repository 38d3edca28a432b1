// The definitions that are deployed to moto.
import type { Declared } from '../../src/definition/definition.ts'

export const services = ['web', 'worker']

const clusterArn = 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster'

/** The ARN of a revision of web. */
export function revision(number: number): string {
  return `arn:aws:ecs:us-east-1:123456789012:task-definition/web:${number}`
}

/** A target that starts tasks; `more` goes into its EcsParameters. */
export function target(Id: string, more: object = {}): any {
  const RoleArn = 'arn:aws:iam::123456789012:role/events'
  return { Id, Arn: clusterArn, RoleArn, EcsParameters: { TaskCount: 2, ...more } }
}

/** A definition of the family web with both services. */
export function declared(more: Partial<Declared> = {}): Declared {
  const environment = [{ name: 'TAG', value: '<image_tag>' }]
  return {
    taskDefinition: {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'shop/web:<image_tag>', memory: 128, environment }],
    },
    updateServices: services.map((service) => ({ cluster: 'my_cluster', service })),
    ...more,
  }
}
