/** What is wrong with a definition or a stack file before anything is asked, as findings. */
import type { Definition } from '../../definition/definition.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import type { Finding } from './finding.ts'
import { type Verification, definitionCheck } from './verify.ts'

/** The problems of a `BadDefinition`; throws every other error. Each problem begins with its place. */
export function definitionFindings(error: unknown): Verification {
  if (!(error instanceof EcsTaskError) || error.code !== 'BadDefinition' || error.problems.length === 0) throw error
  const findings = error.problems.map((problem): Finding => {
    const [, where = definitionCheck, what = problem] = /^((?:\S+:\d+:\d+: )?\S+): (.+)$/s.exec(problem) ?? []
    return {
      check: definitionCheck,
      severity: 'error',
      what: sentence(where, what),
      where,
      fix: 'Change it, and verify again.',
    }
  })
  return { findings, checks: [definitionCheck] }
}

/** The services that several classes update: a deploy refuses such classes together. */
export function updatedTwice(definitions: readonly Definition[]): Finding[] {
  const all = definitions.flatMap(({ name, updateServices }) =>
    updateServices.map((update, index) => ({
      key: serviceKey(update),
      where: `${name}/updateServices/${index}/service`,
    })),
  )
  return all.flatMap(({ key, where }, index): Finding[] => {
    const first = all.slice(0, index).find((one) => one.key === key)
    if (!first) return []
    const what = `Service ${nameOf(key)} is updated by ${first.where}, too.`
    return [{ check: definitionCheck, severity: 'error', what, where, fix: 'Declare each service in one class only.' }]
  })
}

/** What a member is or must be begins with its name, an element of a list with that of the list. */
function sentence(where: string, what: string): string {
  const [member] = /[^/\s]+(?:\/\d+)?$/.exec(where) ?? []
  const whole = /^(?:is|are|must) /.test(what) ? `${member} ${what}` : `${what[0]?.toUpperCase()}${what.slice(1)}`
  return /[.?]$/.test(whole) ? whole : `${whole}.`
}
