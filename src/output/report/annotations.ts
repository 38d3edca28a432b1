/** Failures as annotations of GitHub Actions, on the line of the definition where that is known. */
import type { Forensics, Listener, Problem } from '../../engine/events.ts'
import type { Subject } from '../../engine/subject.ts'
import { stepTitle } from '../phrases.ts'
import { endOf } from '../problemLines.ts'
import { workflowCommand } from '../workflowCommand.ts'

/** A file as the repository has it, and a line in it. */
export interface SourceLine {
  readonly file: string
  readonly line?: number | undefined
}

/** Finds where a thing is defined: what a step is about, or what the sentence of a problem begins with. */
export interface Sources {
  readonly ofSubject: (subject: Subject) => SourceLine | undefined
  readonly ofSentence: (sentence: string) => SourceLine | undefined
}

/** GitHub shows so many of a step. */
const most = 10

/** A problem as annotations: one for each of its findings that stands in a file, else one for all of it. */
export function annotationsOf(problem: Problem, sources: Pick<Sources, 'ofSentence'>, source?: SourceLine): string[] {
  const { what, problems = [] } = problem
  const placed = problems.flatMap((sentence) => {
    const found = sources.ofSentence(sentence)
    return found ? [annotation(what, [withoutPlace(sentence)], found)] : []
  })
  const rest = problems.filter((sentence) => !sources.ofSentence(sentence))
  const isTold = placed.length > 0 && rest.length === 0
  return isTold
    ? placed.slice(0, most)
    : [annotation(what, reasons({ ...problem, problems: rest }), source), ...placed].slice(0, most)
}

/** Writes an annotation for each failure of a run. */
export function annotations(write: (line: string) => void, sources: Sources): Listener {
  let left = most
  const told = new Set<string>()
  const put = (lines: readonly string[]): void => {
    lines.slice(0, left).forEach(write)
    left = Math.max(0, left - lines.length)
  }
  return {
    hear(event) {
      if (event.type === 'step.failed') {
        const { problem, forensics, subject } = event
        told.add(problem.what)
        put([annotation(stepTitle(event), [problem.what, ...reasons(problem, forensics)], sources.ofSubject(subject))])
      }
      if (event.type === 'run.finished' && event.problem && !told.has(event.problem.what)) {
        put(annotationsOf(event.problem, sources))
      }
    },
  }
}

/** The place stands beside it. */
const withoutPlace = (sentence: string): string => sentence.replace(/^[^\s:]+:\d+(?::\d+)?: /, '')

function annotation(title: string, lines: readonly string[], source?: SourceLine): string {
  const { file, line } = source ?? {}
  const text = lines.length > 0 ? lines.join('\n') : title
  return workflowCommand('error', text, { file, line: file === undefined ? undefined : line, title })
}

/** Why it failed, what stopped the most tasks, and what to do. */
function reasons({ why, problems = [], fix }: Problem, forensics?: Forensics): string[] {
  const [stopped] = forensics?.stoppedTasks.toSorted((one, other) => other.count - one.count) ?? []
  return [
    ...(why && why !== stopped?.stoppedReason ? [why] : []),
    ...problems,
    ...(stopped ? [`${stopped.stoppedReason} (${stopped.containers.flatMap(endOf).join('; ')})`] : []),
    ...(fix ? [`→ ${fix}`] : []),
  ]
}
