/** A plan as text: what a dry run prints. */
import { calls, operationOf } from '../aws/aws.ts'
import { type Plan, type Stage, changing } from '../engine/plan.ts'
import type { Step } from '../engine/step.ts'
import { compact } from '../ground/compact.ts'
import { stepDifferences } from './differencesText.ts'
import { type Line, printedLines } from './line.ts'
import { paragraph } from './paragraph.ts'

/** Of more calls than so many, the last line says how many there are of each. */
const mostUncounted = 20

/** So many of the steps that a step waits for are named. */
const mostNeeds = 3

/** How many lines the input of one call may take; `--json` shows all of it. */
const mostLines = 4

/**
 * What a dry run prints, and what is shown before a confirmation (`asks`): the plan's numbered stages with each step, its
 * call and what undoes it, at most `columns` wide. Ends in a line break.
 */
export function planText(
  plan: Plan,
  options: { readonly color: boolean; readonly columns: number; readonly asks?: boolean },
): string {
  const { columns } = options
  const stages = plan.stages.filter((stage) => stage.steps.length > 0)
  const lines: Line[] = [
    ...paragraph(plan.title, { columns, style: 'bold' }),
    ...plan.warnings.flatMap((warning) => paragraph(`! ${warning}`, { columns, style: 'yellow' })),
    ...stages.flatMap((stage, index) => [
      ...(stage.repeats !== undefined && stages[index - 1]?.repeats !== undefined ? [] : [[]]),
      ...(stage.repeats === undefined ? stageLines(stage, index, columns) : repeatLines(stages, index, columns)),
    ]),
    ...(stages.length === 0 ? [[], ['Nothing to do.']] : []),
    [],
    ...countLines(plan),
    ...(options.asks ? [] : [['Nothing was written.']]),
  ]
  return printedLines(lines, options)
}

/** `180 calls: 60 registerTaskDefinition, 60 updateService, 60 deregisterTaskDefinition.` */
function countLines({ stages }: Plan): Line[] {
  const steps = changing(stages)
  if (steps.length <= mostUncounted) return []
  const operations = steps.map(({ call }) => operationOf(call.method))
  const counts = [...new Set(operations)].map((name) => `${operations.filter((one) => one === name).length} ${name}`)
  return [[`${steps.length} calls: ${counts.join(', ')}.`]]
}

function stageLines(stage: Stage, index: number, columns: number): Line[] {
  const titles = new Map(stage.steps.map(({ id, title }) => [id, title]))
  return [heading(stage, index), ...stage.steps.flatMap((step) => stepLines(step, titles, columns))]
}

/** Stages that say the same of themselves as one: `5 to 7. Batch 2 of 5: the same with i-1`. */
function repeatLines(stages: readonly Stage[], index: number, columns: number): Line[] {
  const { repeats = '' } = stages[index] ?? {}
  if (stages[index - 1]?.repeats === repeats) return []
  const after = stages.slice(index).findIndex((stage) => stage.repeats !== repeats)
  const last = after < 0 ? stages.length : index + after
  const numbers = last > index + 1 ? `${index + 1} to ${last}` : `${index + 1}`
  return paragraph(`${numbers}. ${repeats}`, { columns, style: 'bold' })
}

/** How the steps of a stage go of which some wait for others. */
const inOrder = 'side by side, each after its dependencies'

function heading({ title, steps, together, onFailure }: Stage, index: number): Line {
  const notes = [
    together && steps.length > 1 && (steps.some(({ needs }) => needs) ? inOrder : 'side by side'),
    onFailure === 'warn' && 'a failure is only a warning',
  ].filter(Boolean)
  return [
    ['bold', `${index + 1}. ${title}`],
    ['dim', notes.length > 0 ? ` (${notes.join('; ')})` : ''],
  ]
}

/** `titles` of the steps of its stage, by id. */
function stepLines(step: Step, titles: ReadonlyMap<string, string>, columns: number): Line[] {
  const { title, call, needs = [], starts = [], undo = [] } = step
  const text = `${calls[call.method].client}.${call.method} ${compact(interesting(call))}`
  return [
    ...paragraph(title, { columns, indent: 3 }),
    ...neededTitles(needs, titles).flatMap((one) => paragraph(`after: ${one}`, { columns, indent: 5, style: 'dim' })),
    ...paragraph(text, { columns, indent: 5, style: 'cyan', most: mostLines }),
    ...starts.flatMap((one) => paragraph(`starts: ${one}`, { columns, indent: 5, style: 'dim' })),
    ...stepDifferences(step, columns),
    ...undo.flatMap((back) => paragraph(`undo: ${back.title}`, { columns, indent: 5, style: 'dim' })),
  ]
}

function neededTitles(needs: readonly string[], titles: ReadonlyMap<string, string>): string[] {
  const named = needs.map((id) => titles.get(id) ?? id)
  if (named.length <= mostNeeds) return named
  return [...named.slice(0, mostNeeds - 1), `${named.length - mostNeeds + 1} more`]
}

/** What tells one call from another; of a task definition, which is long, the images. */
function interesting({ input }: Step['call']): object {
  if (!('containerDefinitions' in input)) return input
  const { family, containerDefinitions = [] } = input
  return { family, containerDefinitions: containerDefinitions.map(({ name, image }) => ({ name, image })) }
}
