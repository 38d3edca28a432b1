/** A line of the table: what was measured, what it should be, and whether it is. */
export interface Row {
  readonly job: string
  readonly figures: Readonly<Record<string, string | number>>
  /** Empty where it is measured for comparison only. */
  readonly goal: string
  /** Undefined where there is no goal, or nothing to compare with. */
  readonly holds: boolean | undefined
}

/** The rows as a table in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['job', 'measured', 'goal', 'holds'],
    ...rows.map(({ job, figures, goal, holds }) => [
      job,
      Object.entries(figures)
        .map(([name, figure]) => `${figure} ${name}`)
        .join(', '),
      goal,
      holds === undefined ? '' : holds ? 'yes' : 'NO',
    ]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  const lines = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}
