/** The text that `logs` prints: every line behind its task and container, in the color of the task. */
import type { LogLine } from '../../deploy/look/logReader.ts'
import { type Line, type Style, printedLines } from '../line.ts'
import { shortId } from '../phrases.ts'
import { width } from '../width.ts'

/** Red is left to what fails. */
const styles: readonly Style[] = ['cyan', 'green', 'yellow', 'magenta', 'blue']

/** Answers with what makes a text of a line, so that the lines of one task look alike and all stand in one column. */
export function logTexts({
  color,
}: {
  readonly color: boolean
}): (line: Pick<LogLine, 'source' | 'message'>) => string {
  const styleOf = new Map<string, Style>()
  let column = 0
  return ({ source: { of, taskArn, container }, message }) => {
    const style = styleOf.get(taskArn) ?? styles[styleOf.size % styles.length]!
    styleOf.set(taskArn, style)
    // Of `my_cluster/web` the service, of `my_cluster: migrate` the family.
    const head = `${of.replace(/^[^/:]*(?:\/|: )/, '')}/${shortId(taskArn)} ${container}`
    column = Math.max(column, width(head))
    const padded = `${head}${' '.repeat(column - width(head))} │ `
    // A log driver that joins lines sends a stack trace as one.
    const lines = message.split(/\r?\n/).map((text): Line => [[style, padded], text])
    return printedLines(lines, { color })
  }
}
