/** What is wrong with a definition or a stack file before anything is asked, as findings. */
import { EcsTaskError } from '../ground/errors.ts'
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

/** What a member is or must be begins with its name, an element of a list with that of the list. */
function sentence(where: string, what: string): string {
  const [member] = /[^/\s]+(?:\/\d+)?$/.exec(where) ?? []
  const whole = /^(?:is|are|must) /.test(what) ? `${member} ${what}` : `${what[0]?.toUpperCase()}${what.slice(1)}`
  return /[.?]$/.test(whole) ? whole : `${whole}.`
}
