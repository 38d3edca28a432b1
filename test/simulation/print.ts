import type { ToldEvent } from '../../src/engine/events.ts'
import type { Outcome, Run, Sent } from './record.ts'
import { nameOf } from './touched.ts'

/** A seed as a person reads it: what was given, both sides of the wire in their order, and what it came to. */
export function print({ seed, scenario, runs, sent, milliseconds, violations }: Outcome): string {
  const { definitions, before, acts, faults, others } = scenario
  const began = runs[0]?.beganAt ?? 0
  const lines = [
    ...sent.map((one, index) => ({ at: one.at, order: index, text: ofRequest(one) })),
    ...runs.flatMap((run) => run.events.flatMap((event) => ofEvent(run, event, sent.length))),
    ...runs.map((run) => ({
      at: run.endedAt < 0 ? began + milliseconds : run.endedAt,
      order: Infinity,
      text: ofEnd(run),
    })),
  ].toSorted((one, other) => one.at - other.at || one.order - other.order)
  return [
    `seed ${seed}`,
    '',
    'definitions',
    ...definitions.map((one) => `  ${JSON.stringify(one)}`),
    'before',
    ...Object.entries(before.revisions).map(
      ([family, revisions]) =>
        `  ${family}: ${revisions.map(({ isActive }, index) => `${index + 1}${isActive ? '' : ' (INACTIVE)'}`).join(', ')}`,
    ),
    ...[...before.containerInstances, ...before.services, ...before.rules, ...before.tasks].map(
      (one) => `  ${JSON.stringify(one)}`,
    ),
    'commands',
    ...acts.map((act, index) => `  run ${index + 1}: ${JSON.stringify(act)}`),
    `faults  ${JSON.stringify(faults)}`,
    `others  ${JSON.stringify(others)}`,
    '',
    ...lines.map(({ at, text }) => `${clockOf(at - began)}  ${text}`),
    '',
    ...(violations.length === 0
      ? ['every invariant holds']
      : violations.map((one) => `VIOLATION  ${one.invariant} (${one.run}): ${one.text}`)),
  ].join('\n')
}

function ofRequest({ run, method, input, fault, acted, answer, error }: Sent): string {
  const what = `${run} → ${method} ${short(input)}`
  const came = error ?? (answer ? short(answer) : 'no answer')
  return `${what}${fault ? `  [${fault}]` : ''}\n              ← ${came}${error && acted ? `  (AWS has acted: ${short(answer)})` : ''}`
}

function ofEvent(run: Run, event: ToldEvent, order: number): { at: number; order: number; text: string }[] {
  const { type, at, ...rest } = event
  if (type === 'plan.made' || type.startsWith('call.')) return []
  return [{ at: Date.parse(at), order, text: `${run.name} : ${type} ${short(rest)}` }]
}

function ofEnd({ name, result, wasKilled }: Run): string {
  if (!result) return wasKilled ? `${name} was KILLED` : `${name} NEVER ENDED`
  const { exitCode, summary, problem, left } = result
  return [
    `${name} ended: exit ${exitCode}. ${summary}`,
    problem?.what,
    problem?.why,
    ...left.map((line) => `left: ${line}`),
  ]
    .filter(Boolean)
    .join('\n              ')
}

function short(value: unknown): string {
  const text =
    JSON.stringify(value, (key, member: unknown) =>
      key === 'events' || key === '$metadata'
        ? undefined
        : typeof member === 'string' && member.startsWith('arn:')
          ? nameOf(member)
          : member,
    ) ?? ''
  return text.length > 700 ? `${text.slice(0, 700)}…` : text
}

/** `00:01:05.250` */
function clockOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 23)
}
