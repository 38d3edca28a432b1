// What ECS refuses in the order in which the containers of a task start.
import type { TaskDefinitionInput } from '../inputs.ts'

/** No container waits for itself, nor for one that waits for it. */
export function dependencyCircle({ containerDefinitions }: TaskDefinitionInput): string | undefined {
  const waitsFor = new Map(
    containerDefinitions.map(({ name = '', dependsOn = [] }) => [
      name,
      dependsOn.map(({ containerName }) => containerName),
    ]),
  )
  const first = [...waitsFor.keys()].find((name) => reaches(waitsFor, name))
  if (first === undefined) return undefined
  return waitsFor.get(first)!.includes(first)
    ? `Container '${first}' cannot depend on itself.`
    : `The dependencies of container '${first}' form a circle.`
}

function reaches(waitsFor: ReadonlyMap<string, readonly string[]>, goal: string): boolean {
  const seen = new Set<string>()
  const open = [...(waitsFor.get(goal) ?? [])]
  while (open.length > 0) {
    const name = open.pop()!
    if (name === goal) return true
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...(waitsFor.get(name) ?? []))
  }
  return false
}
