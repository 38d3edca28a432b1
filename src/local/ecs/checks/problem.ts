// A rule of ECS: what it finds wrong, in AWS's words, or undefined.

/** The first problem that a list of rules finds. */
export function firstProblem<Input extends readonly unknown[]>(
  rules: readonly ((...input: Input) => string | undefined)[],
  ...input: Input
): string | undefined {
  for (const rule of rules) {
    const problem = rule(...input)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** The first problem that any element of a list has. */
export function firstOf<Element>(
  list: readonly Element[] | undefined,
  problemOf: (element: Element) => string | undefined,
): string | undefined {
  for (const element of list ?? []) {
    const problem = problemOf(element)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** The first element that an earlier one equals. */
export const repeated = <Element>(list: readonly Element[]): Element | undefined =>
  list.find((element, index) => list.indexOf(element) < index)
