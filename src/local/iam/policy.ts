// The policy language of IAM, as far as it decides about an action on a resource.
import { AwsFault } from '../world/fault.ts'
import { parseJson, parseObject } from '../world/parseJson.ts'
import { isLike } from '../wire/filtered.ts'

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

/** A value of a policy that may be one text or a list of them. */
export const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')

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

/**
 * What these policies decide: an explicit Deny goes before every Allow. A statement with a condition counts where each
 * StringEquals and StringLike in it holds for the context; with any other operator it allows nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(
  documents: readonly string[],
  asked: { action: string; resource: string; context: ReadonlyMap<string, readonly string[]> },
): Decision {
  const matching = documents.flatMap(statementsOf).filter((statement) => isAbout(statement, asked))
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'explicitDeny'
  return matching.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'implicitDeny'
}

function isAbout(
  { Action, NotAction, Resource, NotResource, Condition }: Statement,
  { action, resource, context }: Parameters<typeof decide>[1],
): boolean {
  const like = (patterns: unknown, value: string): boolean => texts(patterns).some((each) => isLike(value, each))
  const lower = (patterns: unknown): string[] => texts(patterns).map((each) => each.toLowerCase())
  const name = action.toLowerCase()
  const hasAction = NotAction === undefined ? like(lower(Action), name) : !like(lower(NotAction), name)
  const hasResource = NotResource === undefined ? like(Resource, resource) : !like(NotResource, resource)
  return hasAction && hasResource && holds(Condition, context)
}

function holds(condition: unknown, context: ReadonlyMap<string, readonly string[]>): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries((keys ?? {}) as object).every(([key, wanted]) => {
      const given = context.get(key.toLowerCase()) ?? []
      if (operator === 'StringEquals') return texts(wanted).some((each) => given.includes(each))
      return operator === 'StringLike' && texts(wanted).some((each) => given.some((one) => isLike(one, each)))
    }),
  )
}

function malformed(message: string): never {
  throw new AwsFault('MalformedPolicyDocument', message)
}
