/** Commands to the runner of GitHub Actions: the only lines of ours that begin with `::`. */
import { visible } from '../ground/visible.ts'

type Properties = Readonly<Record<string, string | number | undefined>>

/**
 * A line that GitHub's runner takes for a command: `::error file=web.ts,line=3::text`. The text and the values may be those of
 * others: lines in it are the runner's `%0A`, and nothing in them ends a value or begins another command.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommand(name: string, text = '', properties: Properties = {}): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}=${property(String(value))}`,
  )
  return `::${name}${given.length > 0 ? ` ${given.join(',')}` : ''}::${text.split('\n').map(data).join('%0A')}`
}

function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
