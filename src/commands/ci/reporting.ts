// What a run leaves behind beside its lines: the report that was asked for, and in GitHub Actions annotations, a summary, outputs.
import { appendFileSync, writeFileSync } from 'node:fs'
import type { Listener } from '../../engine/events.ts'
import type { Sources } from '../../output/report/annotations.ts'
import { visible } from '../../ground/visible.ts'
import { loadReport } from './loadReport.ts'
import { isGithub, jobIn } from '../../ground/runner.ts'
import { type DefinedIn, fileIn, sourcesOf } from './sources.ts'

/** What is asked for, and what it is written with. */
export interface Reporting {
  /** The file of the report; undefined without one. */
  readonly report: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Writes a line to the standard error. */
  readonly write: (line: string) => void
  readonly random: () => number
  readonly classes: readonly DefinedIn[]
  readonly ofSubject?: Sources['ofSubject'] | undefined
}

/** The listeners that write them; none where nothing is asked for. What can't be written is a warning, and changes nothing else. */
export async function reporting(asked: Reporting): Promise<Listener[]> {
  const { report, env, write, classes, ofSubject } = asked
  const ofGithub = isGithub(env)
  if (report === undefined && !ofGithub) return []
  const made = await loadReport()
  const sources = sourcesOf(classes, { ofSubject, workspace: env['GITHUB_WORKSPACE'] })
  return [filesOf(made, asked), ...(ofGithub ? [made.annotations(write, sources)] : [])]
}

/** Writes the files when the run is over. */
function filesOf(
  { collecting, reportPage, summaryMarkdown, outputsOf, outputLines, runLink }: Awaited<ReturnType<typeof loadReport>>,
  { report, env, write, random }: Reporting,
): Listener {
  const { hear, collected } = collecting()
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs } = isGithub(env) ? env : {}
  /** Answers whether it could be written. */
  const attempt = (what: string, act: () => void): boolean => {
    try {
      act()
      return true
    } catch (error) {
      write(visible(`! ${what} can't be written: ${(error as Error).message}`))
      return false
    }
  }
  return {
    hear,
    async close() {
      const all = collected()
      const job = runLink(jobIn(env)?.page)
      const isWritten =
        report !== undefined && attempt('The report', () => writeFileSync(report, reportPage(all, { job })))
      if (summary) attempt('The job summary', () => appendFileSync(summary, summaryMarkdown(all, job)))
      if (!outputs) return
      const values = outputsOf(all, isWritten ? (fileIn(env['GITHUB_WORKSPACE'] ?? '.', report) ?? report) : undefined)
      attempt('The outputs', () => appendFileSync(outputs, outputLines(values, random)))
    },
  }
}
