/** The failures of a run as lines: what failed, why, and what is left to do. */
import { type Line, printed } from '../line.ts'
import { stepTitle } from '../phrases.ts'
import type { Picture } from '../picture.ts'
import { forensicsLines, problemLines } from '../problemLines.ts'

/** A failure: what failed, and the lines that explain it, as in the log. */
export interface Failure {
  readonly title: string
  readonly lines: () => readonly string[]
}

/** Each step that failed; and the problem of the run, where no step has it. */
export function failuresIn({ steps, end }: Picture): Failure[] {
  const ofSteps = steps.flatMap((step) => {
    const { state, problem, forensics } = step
    if (state !== 'failed' || !problem) return []
    const lines = (): Line[] => [...problemLines(problem), ...(forensics ? forensicsLines(forensics, problem) : [])]
    return { title: stepTitle(step), lines: () => texts(lines()) }
  })
  const { problem } = end ?? {}
  const isTold = steps.some((step) => step.problem?.what === problem?.what && step.problem?.why === problem?.why)
  return problem && !isTold ? [...ofSteps, { title: '', lines: () => texts(problemLines(problem)) }] : ofSteps
}

const texts = (lines: readonly Line[]): string[] => lines.map((line) => printed(line, { color: false }))
