// The members of a task definition, each of which a test can change, and what AWS makes of it.
import { registerRevision } from '../../src/local/ecs/taskDefinitions/taskDefinition.ts'
import { contextOf, localAws } from '../local/support.ts'

/** What the local AWS describes once it has registered a task definition. */
export function registered(declared: { family: string }): any {
  const aws = localAws()
  // As it is: whether ECS would take it is not asked here.
  registerRevision(contextOf(aws), structuredClone(declared))
  const taskDefinition = declared.family
  const answer = aws.call('ecs', 'DescribeTaskDefinition', { taskDefinition, include: ['TAGS'] })
  return { ...answer.taskDefinition, tags: answer.tags }
}

export interface Member {
  readonly path: string
  readonly steps: readonly string[]
  readonly value: unknown
  readonly set: (copy: any, value: unknown) => void
  readonly remove: (copy: any) => void
}

/** Every member and every element of a value, at any depth. */
export function membersOf(root: unknown, path: string[] = []): Member[] {
  if (typeof root !== 'object' || root === null) return []
  return Object.entries(root).flatMap(([key, value]) => {
    const here = [...path, key]
    const ownerIn = (copy: any): any => path.reduce((at, step) => at[step], copy)
    const set = (copy: any, other: unknown): void => void (ownerIn(copy)[key] = other)
    const remove = (copy: any): void => {
      const owner = ownerIn(copy)
      if (Array.isArray(owner)) owner.splice(Number(key), 1)
      else delete owner[key]
    }
    return [{ path: here.join('/'), steps: here, value, set, remove }, ...membersOf(value, here)]
  })
}

/** Another value of the same type. */
export function otherThan(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  return typeof value === 'number' ? value + 1 : `${value}x`
}
