// The problems that `read` reports for a declaration.
import type { Declared, RuleTarget } from '../../src/definition/definition.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { read } from '../../src/definition/read.ts'

/** The least that can be deployed. */
export const web: Declared = {
  taskDefinition: {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', cpu: 256, memory: 512 }],
  },
}

/** A target that starts an ECS task. */
export const target: RuleTarget = {
  Id: 'web',
  Arn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/prod',
  RoleArn: 'arn:aws:iam::123456789012:role/events',
  EcsParameters: {},
}

/** What is reported of `WebTask`, which declares the least and, in place of it, `members` of any type. */
export function problemsOf(members: object): readonly string[] {
  return problemsIn({ ...web, ...members })
}

/** What is reported of an object whose type has not been looked at, as that of a class written in JavaScript. */
export function problemsIn(source: any): readonly string[] {
  try {
    read(source, 'WebTask')
  } catch (error) {
    if (error instanceof EcsTaskError && error.code === 'BadDefinition') return error.problems
    throw error
  }
  return []
}
