// The policy language of IAM, as far as it decides about an action on a resource.
import { AwsFault } from '../world/fault.ts'
import { parseJson, parseObject } from '../world/parseJson.ts'
import { isLike } from '../wire/filtered.ts'
import { holds, texts } from './condition.ts'

/** A statement of a policy; whoever wrote it may have written anything. */
export interface Statement {
  readonly Sid?: unknown
  readonly Effect?: unknown
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly NotAction?: unknown
  readonly Resource?: unknown
  readonly NotResource?: unknown
  readonly Condition?: unknown
}

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny'

/** The statements of a policy document. */
export function statementsOf(document: string): Statement[] {
  const statements: unknown = parseObject(document)?.['Statement']
  return (Array.isArray(statements) ? statements : [statements]).filter(
    (each): each is Statement => typeof each === 'object' && each !== null,
  )
}

/** Refuses a policy document that IAM would refuse: no JSON, without statements, with another effect than two. */
export function checkDocument(document: string): void {
  const statements = statementsOf(document)
  if (parseJson(document) === undefined) malformed('This policy contains invalid Json')
  if (statements.length === 0) malformed('Syntax errors in policy.')
  if (statements.some(({ Effect }) => Effect !== 'Allow' && Effect !== 'Deny')) malformed('Syntax errors in policy.')
}

/** What is asked of policies: may this be done with that, by somebody of whom these context keys say more? */
export interface Question {
  readonly action: string
  readonly resource: string
  /** The names of the keys are in lower case. */
  readonly context: ReadonlyMap<string, readonly string[]>
}

/**
 * What these statements decide: an explicit Deny goes before every Allow. A condition with an operator that is not known here
 * (numbers, dates, addresses) keeps an Allow from allowing, and no Deny from denying.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(statements: readonly Statement[], asked: Question): Decision {
  const matching = statements.filter((statement) => isAbout(statement, asked))
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'explicitDeny'
  return matching.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'implicitDeny'
}

function isAbout(statement: Statement, { action, resource, context }: Question): boolean {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement
  const like = (patterns: unknown, value: string): boolean => texts(patterns).some((each) => isLike(value, each))
  const lower = (patterns: unknown): string[] => texts(patterns).map((each) => each.toLowerCase())
  const name = action.toLowerCase()
  const hasAction = NotAction === undefined ? like(lower(Action), name) : !like(lower(NotAction), name)
  const hasResource = NotResource === undefined ? like(Resource, resource) : !like(NotResource, resource)
  return hasAction && hasResource && (holds(Condition, context) ?? Effect === 'Deny')
}

function malformed(message: string): never {
  throw new AwsFault('MalformedPolicyDocument', message)
}
