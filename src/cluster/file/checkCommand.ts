import { type Checked, wrongAt } from './checked.ts'
import type { Check, Looking } from './looking.ts'
import { listOf, type Shape, text } from './shape.ts'
import { splitCommand } from '../../definition/splitCommand.ts'
import { called, type Written } from './written.ts'

const isOfShell = ['CMD', 'CMD-SHELL']

/**
 * Compares a command, or that of a health check, with the ways to write one, and answers the list of its words. A health
 * check that is one text is for the shell. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export function checkCommand(
  written: Written,
  { is }: Extract<Shape, { is: 'words' | 'probe' }>,
  looking: Looking,
  check: Check,
): Checked {
  const { path, report } = looking
  const words = written.kind === 'text' ? wordsOf(written.text, is) : undefined
  const problem = wrong(written, is, words)
  if (problem !== undefined) {
    report(written.place, `${path}: ${problem}`)
    return wrongAt(written, path)
  }
  if (written.kind !== 'text' || !words) return check(written, listOf(text()), looking)
  const items = words.map((word, index): Checked => ({ ...written, path: `${path}/${index}`, text: word }))
  return { kind: 'list', place: written.place, path, items }
}

/** Undefined where a quote is never closed. */
function wordsOf(command: string, is: 'words' | 'probe'): string[] | undefined {
  if (command.trim() === '') return []
  return is === 'probe' ? ['CMD-SHELL', command] : splitCommand(command)
}

function wrong(written: Written, is: 'words' | 'probe', words: readonly string[] | undefined): string | undefined {
  if (written.kind !== 'text' && written.kind !== 'list')
    return `must be a list of words or a text, not ${called(written)}`
  if (written.kind === 'text' && !words) return 'opens a quote and does not close it'
  const given = written.kind === 'list' ? written.items : words!
  const [first] = written.kind === 'list' ? written.items : []
  if (is === 'probe' && first?.kind === 'text' && !isOfShell.includes(first.text)) {
    return `must begin with CMD or CMD-SHELL, not ${called(first)}; or write it as one text for the shell`
  }
  return given.length < (is === 'probe' ? 2 : 1) ? 'is no command; write what is to be run' : undefined
}
