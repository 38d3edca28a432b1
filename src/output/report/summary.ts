/** A run as Markdown, for the summary of a job: what became of each service, what failed and why, and links. */
import { type ServiceOutcome, serviceOutcomes } from '../changedServices.ts'
import { elapsed, placeText, whatIsDone } from '../phrases.ts'
import type { Picture } from '../picture.ts'
import type { Collected } from './collected.ts'
import { type Failure, failuresIn } from './failures.ts'
import { block, cell, inline, link } from './markdown.ts'

/** So many services, failures and steps have rows; of more, the number is told. A summary has at most 1 MiB. */
const mostServices = 200
const mostFailures = 20
const mostSteps = 200

/** So many lines explain a failure. */
const mostLines = 60

/** The page as Markdown; `run` is the address of the job. Ends in an empty line, as other steps write to the same file. */
export function summaryMarkdown({ picture }: Collected, run?: string): string {
  const { end, warnings } = picture
  const services = serviceOutcomes(picture)
  const failures = failuresIn(picture)
  return [
    `## ${end?.exitCode === 0 ? '✓' : '✗'} ${inline(end?.summary ?? 'The run did not end')}`,
    '',
    factsLine(picture, run),
    '',
    ...(services.length > 0 ? [...serviceTable(services), ''] : []),
    ...failures.slice(0, mostFailures).flatMap(failureLines),
    ...more(failures.length - mostFailures, 'failures'),
    ...listed('Still to do', end?.leftovers ?? []),
    ...listed('Warnings', warnings),
    ...stepTable(picture),
    '',
  ].join('\n')
}

/** `Deploying v1.2.3: WebTask · account 123456789012, eu-west-1 · 62 s · exit code 0`. */
function factsLine({ run: started, end }: Picture, run: string | undefined): string {
  const place = started && placeText(started)
  return [
    started && inline(whatIsDone(started)),
    place && inline(place),
    end && elapsed(end.milliseconds),
    end && `exit code ${end.exitCode}`,
    run && link('log of this run', run),
  ]
    .filter(Boolean)
    .join(' · ')
}

function serviceTable(services: readonly ServiceOutcome[]): string[] {
  return [
    '| Service | Revision | Outcome | Duration |',
    '| --- | --- | --- | --- |',
    ...services
      .slice(0, mostServices)
      .map(
        ({ key, revisions, fate, milliseconds, console: url }) =>
          `| ${cell(key)}${url ? ` ${link('console', url)}` : ''} | ${cell(revisions)} | ${fate} | ${milliseconds === undefined ? '' : elapsed(milliseconds)} |`,
      ),
    ...more(services.length - mostServices, 'services'),
  ]
}

function failureLines({ title, lines }: Failure): string[] {
  const all = lines()
  const shown =
    all.length > mostLines ? [...all.slice(0, mostLines), `… and ${all.length - mostLines} more lines`] : all
  return [`### ✗ ${title === '' ? 'What went wrong' : inline(title)}`, '', ...block(shown), '']
}

function listed(title: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return []
  return [`### ${title}`, '', ...block(texts.slice(0, mostFailures)), '', ...more(texts.length - mostFailures, '')]
}

/** What was done, in order, with how long each step took. */
function stepTable({ steps }: Picture): string[] {
  const begun = steps.filter(({ state }) => state !== 'waiting' && state !== 'skipped')
  if (begun.length === 0) return []
  return [
    '### Steps',
    '',
    '| Step | | Duration |',
    '| --- | --- | --- |',
    ...begun.slice(0, mostSteps).map(({ title, undoing, state, startedAt, endedAt }) => {
      const took = startedAt === undefined || endedAt === undefined ? '' : elapsed(endedAt - startedAt)
      return `| ${undoing ? 'Undo: ' : ''}${cell(title)} | ${state} | ${took} |`
    }),
    ...more(begun.length - mostSteps, 'steps'),
  ]
}

const more = (count: number, what: string): string[] =>
  count > 0 ? ['', `… and ${count} more ${what}`.trimEnd(), ''] : []
