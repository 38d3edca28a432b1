/** The least IAM policy that deploys definitions; pure. */
import type { Definition } from '../../definition/definition.ts'
import { type Needs, needsOf } from './needs.ts'
import { type Place, namesIn } from './place.ts'
import { type Drafted, statements } from './statements.ts'

/** One statement of a policy. */
export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  /** By operator and by key of the context. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface Policy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

/**
 * What `deploy`, `diff`, `rollback`, `wait`, `continue` and `status` of these definitions call, and nothing else. Every action of a
 * statement takes every resource of it. The same definitions in any order have the same policy.
 */
export function policyOf(definitions: readonly Definition[], place: Place): Policy {
  const needs: Needs = needsOf(definitions)
  const arns = namesIn(place)
  return {
    Version: '2012-10-17',
    Statement: Object.entries(statements).flatMap(([Sid, draft]) => statementOf(Sid, draft(needs, arns))),
  }
}

/** A statement about nothing is none. */
function statementOf(Sid: string, { actions, on, if: condition }: Drafted): Statement | readonly [] {
  if (actions.length === 0 || on.length === 0) return []
  const Condition =
    condition &&
    Object.fromEntries(
      Object.entries(condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, unique(values)])),
      ]),
    )
  return { Sid, Effect: 'Allow', Action: actions, Resource: unique(on), ...(Condition && { Condition }) }
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].toSorted()
