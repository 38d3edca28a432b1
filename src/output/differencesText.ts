/** What would change, member by member: of a diff, and of each step of a dry run. */
import type { Change } from '../definition/changesBetween.ts'
import { canonical } from '../definition/normalTaskDefinition.ts'
import { hidden } from '../definition/secrets/cuts.ts'
import type { Differences } from '../deploy/differences/readDifferences.ts'
import { type DifferenceGroup, grouped } from '../engine/difference.ts'
import { type Plan, changing } from '../engine/plan.ts'
import type { Step } from '../engine/step.ts'
import { shownSubject } from '../engine/subject.ts'
import { compact } from '../ground/compact.ts'
import { shownNames } from '../ground/names.ts'
import { type Line, type Style, noBreak, printedLines } from './line.ts'
import { type Layout, paragraph } from './paragraph.ts'

/** What a text is laid out for. */
interface Page {
  readonly color: boolean
  readonly columns: number
}

/** What a diff of classes prints: what differs of each thing, warnings last; one line where nothing does. */
export function differencesText({ differences, warnings }: Differences, page: Page): string {
  const isPruned = ({ of }: DifferenceGroup): boolean => of.type === 'revision'
  const groups = grouped(differences)
  const pruned = groups.filter(isPruned).map(({ of }) => shownSubject(of))
  return printedLines(
    [
      ...alike(groups.filter((group) => !isPruned(group))).flatMap((those) => [
        ...paragraph(heading(those), { columns: page.columns, style: 'bold' }),
        ...those[0].changes.flatMap((change) => changeLines(change, { columns: page.columns, indent: 2 })),
      ]),
      ...(pruned.length > 0
        ? paragraph(`Deregisters ${shownNames(pruned, 'revisions')}`, { columns: page.columns, style: 'bold' })
        : []),
      ...warningLines(warnings, page),
      ...(groups.length === 0 ? [['No changes.']] : []),
    ],
    page,
  )
}

/** What a diff of a cluster prints: each step with what it changes, warnings last; one line where nothing changes. */
export function diffText(plan: Plan, page: Page): string {
  const steps = changing(plan.stages)
  const lines: Line[] = [
    ...steps.flatMap((step): Line[] => [
      [signOf(step.call.method), ' ', ['bold', step.title]],
      ...stepDifferences(step, page.columns, 4),
    ]),
    ...warningLines(plan.warnings, page),
    ...(steps.length === 0 ? [['No changes.']] : []),
  ]
  return printedLines(lines, page)
}

/** What a step changes, in its own words where it has some; of a task definition also what it is compared with. */
export function stepDifferences({ changes, differences = [] }: Step, columns: number, indent = 5): Line[] {
  if (changes) return changes.flatMap((change) => paragraph(change, { columns, indent }))
  return grouped(differences).flatMap((group) => [
    ...(group.runBy ? paragraph(`${whose(group)}${comparison(group)}`, { columns, indent, style: 'dim' }) : []),
    ...group.changes.flatMap((change) => changeLines(change, { columns, indent })),
  ])
}

/** A change as a line that is not wrapped. */
export function changeText(change: Change): string {
  return lineOf(change).replaceAll(noBreak, ' ')
}

function lineOf(change: Change): string {
  const { path, before, after, isSecret } = change
  if (before === undefined) return `+ ${path}: ${value(after)}`
  if (after === undefined) return `- ${path}: ${value(before)}`
  const [from, to] = [value(before), value(after)]
  if (isSecret && from === to) return `~ ${path}: ${from === hidden ? '' : `${from} `}changed (secret)`
  return `~ ${path}: ${from} → ${to}`
}

function value(of: unknown): string {
  return of === hidden ? hidden : compact(of)
}

/** How many lines a member may take that is new or gone. */
const mostLines = 4

const styles: Readonly<Record<string, Style>> = { '+': 'green', '-': 'red' }

function changeLines(change: Change, layout: Layout): Line[] {
  const text = lineOf(change)
  const style = styles[text[0] ?? '']
  // Of what changes every word counts; of what comes or goes the JSON has all.
  return paragraph(text, { ...layout, style, ...(style && { most: mostLines }) })
}

type Alike = [DifferenceGroup, ...DifferenceGroup[]]

/** Task definitions of several families that get the same changes are told together, and so are services. */
function alike(groups: readonly DifferenceGroup[]): Alike[] {
  const found = new Map<string, Alike>()
  for (const group of groups) {
    const { of, runBy = [], revisions = [], changes } = group
    const isCommon = of.type === 'service' || (of.type === 'family' && runBy.length > 0 && revisions.length > 0)
    const key = canonical(isCommon ? [of.type, changes] : group)
    const those = found.get(key)
    if (those) those.push(group)
    else found.set(key, [group])
  }
  return [...found.values()]
}

function heading(those: Alike): string {
  const [group, ...others] = those
  const { of } = group
  if (of.type === 'rule') return `Rule ${of.bus}/${of.rule}`
  if (of.type === 'schedule') return `Schedule ${of.group}/${of.name}`
  if (of.type === 'family') {
    if (others.length > 0) return `${whose(...those)}their task definitions, ${comparison(...those)}`
    const what = `ask definition ${of.family}, ${comparison(group)}`
    return group.runBy?.length ? `${whose(group)}t${what}` : `T${what}`
  }
  const names = those.map((one) => shownSubject(one.of))
  const shown = shownNames(names, 'services')
  if (others.length === 0) return `Service ${shown}`
  return shown === names.join(', ') ? `Services ${shown}` : shown
}

function whose(...those: readonly DifferenceGroup[]): string {
  const runBy = those.flatMap((one) => one.runBy ?? [])
  return runBy.length > 0 ? `${shownNames(runBy, 'services and targets')}: ` : ''
}

function comparison(...those: readonly DifferenceGroup[]): string {
  const [revisions, runBy] = [those.flatMap((one) => one.revisions ?? []), those.flatMap((one) => one.runBy ?? [])]
  if (revisions.length === 0) return 'new: it has no ACTIVE revision'
  const compared = `compared with ${shownNames(revisions, 'revisions')}`
  return runBy.length > 0 ? compared : `${compared}, its newest ACTIVE revision: nothing declared runs it`
}

function warningLines(warnings: readonly string[], { columns }: Page): Line[] {
  return warnings.flatMap((warning) => paragraph(`! ${warning}`, { columns, style: 'yellow' }))
}

/** What comes, what goes, and what changes. */
function signOf(method: string): readonly [Style, string] {
  if (method.startsWith('create')) return ['green', '+']
  return method.startsWith('delete') ? ['red', '-'] : ['yellow', '~']
}
