// The conditions of a policy's statement.
import { isLike } from '../wire/filtered.ts'

/** A value of a policy that may be one text or a list of them. */
export const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')

/** How one value of the request is compared with one of the policy. */
type Comparison = (given: string, wanted: string) => boolean

const equals: Comparison = (given, wanted) => given === wanted
const sameText: Comparison = (given, wanted) => given.toLowerCase() === wanted.toLowerCase()

/** Those of texts, ARNs and truth values. Of ARNs both ways compare with wildcards. */
const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: sameText,
  StringLike: isLike,
  ArnEquals: isLike,
  ArnLike: isLike,
  Bool: sameText,
}

/** An operator as the policy spells it, taken apart: `ForAnyValue:StringNotLikeIfExists`. */
interface Operator {
  readonly quantifier: string | undefined
  readonly comparison: Comparison
  readonly isNegated: boolean
  readonly ifExists: boolean
}

/** Undefined for one that is not known. */
function operatorOf(text: string): Operator | undefined {
  const [, quantifier, kind = '', not, rest = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(String|Arn|Bool)(Not)?(Equals|EqualsIgnoreCase|Like)?(IfExists)?$/.exec(text) ??
    []
  const comparison = Object.hasOwn(comparisons, `${kind}${rest}`) ? comparisons[`${kind}${rest}`] : undefined
  if (!comparison || (kind === 'Bool' && not !== undefined)) return undefined
  return { quantifier, comparison, isNegated: not !== undefined, ifExists: ifExists !== undefined }
}

/** Whether an operator is one that is compared here. */
export const isOperator = (text: string): boolean => text === 'Null' || operatorOf(text) !== undefined

/**
 * Whether all conditions hold for these context keys, which are in lower case; undefined where an operator is not known, so
 * that nobody can say.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function holds(condition: unknown, context: ReadonlyMap<string, readonly string[]>): boolean | undefined {
  const answers = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries((keys ?? {}) as object).map(([key, wanted]) =>
      holdsFor(operator, asTexts(wanted), context.get(key.toLowerCase())),
    ),
  )
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

/** Truth values may stand in a policy as they are in JSON. */
const asTexts = (wanted: unknown): string[] =>
  (Array.isArray(wanted) ? wanted : [wanted]).flatMap((one: unknown) =>
    typeof one === 'string' || typeof one === 'boolean' ? String(one) : [],
  )

function holdsFor(name: string, wanted: readonly string[], given: readonly string[] | undefined): boolean | undefined {
  const isAbsent = given === undefined || given.length === 0
  if (name === 'Null') return wanted.some((one) => one === String(isAbsent))
  const operator = operatorOf(name)
  if (!operator) return undefined
  const { quantifier, comparison, isNegated, ifExists } = operator
  // What is not there differs from everything, and has no value that could break a rule for all of them.
  if (isAbsent) return ifExists || quantifier === 'ForAllValues' || (isNegated && quantifier === undefined)
  const fits = (one: string): boolean => wanted.some((each) => comparison(one, each)) !== isNegated
  return quantifier === 'ForAnyValue' || (quantifier === undefined && !isNegated) ? given.some(fits) : given.every(fits)
}
