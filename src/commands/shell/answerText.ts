// How a completion is printed for the script that has asked.
import type { shells } from '../options/valueKinds.ts'
import type { Completion } from './completionOf.ts'

/** The first line says whether the shell is to complete files; a candidate in each other line, with a tab before what it means. */
export function answerText({ isFile, candidates }: Completion, shell: (typeof shells)[number]): string {
  const lines = candidates.map(({ word, description = '' }) =>
    // bash shows candidates alone.
    shell === 'bash' || description === '' ? word : `${word}\t${description.replaceAll(/\s+/g, ' ').trim()}`,
  )
  return `${[isFile ? 'files' : 'words', ...lines].join('\n')}\n`
}
