import { type Plan, changing } from '../engine/plan.ts'
import { type Line, type Style, printed } from './line.ts'
import { wrapped } from './wrapped.ts'

/** What a deploy would change: each step with its lines, warnings last; one line where there is nothing. Ends in a line break. */
export function diffText(plan: Plan, options: { readonly color: boolean; readonly columns: number }): string {
  const steps = changing(plan.stages)
  const lines: Line[] = [
    ...steps.flatMap(({ title, call, changes = [] }): Line[] => [
      [signOf(call.method), ' ', ['bold', title]],
      ...changes.flatMap((change) => wrapped(change, options.columns - 4).map((part): Line => ['    ', part])),
    ]),
    ...plan.warnings.flatMap((warning) =>
      wrapped(`! ${warning}`, options.columns).map((part): Line => [['yellow', part]]),
    ),
    ...(steps.length === 0 ? [['There is no difference.']] : []),
  ]
  return lines.map((line) => `${printed(line, options)}\n`).join('')
}

/** What comes, what goes, and what changes. */
function signOf(method: string): readonly [Style, string] {
  if (method.startsWith('create')) return ['green', '+']
  return method.startsWith('delete') ? ['red', '-'] : ['yellow', '~']
}
