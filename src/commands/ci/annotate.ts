// Annotates an error that no run tells of, such as a definition that can't be read, in the log of GitHub Actions.
import type { Problem } from '../../engine/events.ts'
import { loadReport } from './loadReport.ts'
import { isGithub } from '../../ground/runner.ts'
import { type DefinedIn, sourcesOf } from './sources.ts'

interface Told {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stderr: { write(text: string): unknown }
  readonly declared: readonly DefinedIn[]
  /** The file that runs itself. */
  readonly file?: string | undefined
}

export async function annotate(problem: Problem, { env, stderr, declared, file }: Told): Promise<void> {
  if (!isGithub(env)) return
  const { annotationsOf } = await loadReport()
  const classes = declared.map(({ name, path = file }) => ({ name, path }))
  const sources = sourcesOf(classes, { workspace: env['GITHUB_WORKSPACE'] })
  for (const line of annotationsOf(problem, sources)) stderr.write(`${line}\n`)
}
