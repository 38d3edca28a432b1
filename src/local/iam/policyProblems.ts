// What is wrong with a policy, for whoever hands one to the local AWS.
import { parseJson } from '../world/parseJson.ts'
import { isOperator } from './condition.ts'

const members = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

/**
 * Everything that is wrong with the JSON of an identity-based policy, with its place; nothing where IAM would take it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyProblems(document: string): string[] {
  const policy: unknown = parseJson(document)
  if (policy === undefined) return ['It is not JSON.']
  if (!isObject(policy)) return ['It is not a JSON object.']
  const { Version, Statement, Id: _id, ...others } = policy
  const problems = Object.keys(others).map((name) => `${name}: a policy has no such element.`)
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    problems.push('Version: it is 2012-10-17.')
  }
  const statements: unknown[] = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement]
  if (statements.length === 0) problems.push('Statement: there is none.')
  const sids = statements.flatMap((one) => (isObject(one) && typeof one['Sid'] === 'string' ? one['Sid'] : []))
  for (const sid of new Set(sids.filter((one, index) => sids.indexOf(one) !== index))) {
    problems.push(`Statement: several have the Sid ${sid}.`)
  }
  return [
    ...problems,
    ...statements.flatMap((one, index) =>
      statementProblems(one).map((problem) => `Statement/${index}${problem.startsWith(':') ? '' : '/'}${problem}`),
    ),
  ]
}

function statementProblems(statement: unknown): string[] {
  if (!isObject(statement)) return [': it is not an object.']
  const { Sid, Effect, Condition } = statement
  const unknown = Object.keys(statement).filter((name) => !members.includes(name))
  return [
    ...(JSON.stringify(statement).includes('${')
      ? [': the local AWS fills in no policy variables like ${aws:username}.']
      : []),
    ...unknown.map((name) => `${name}: a statement of an identity-based policy has no such element.`),
    ...(Sid === undefined || (typeof Sid === 'string' && /^[A-Za-z0-9]*$/.test(Sid))
      ? []
      : ['Sid: it is letters and digits.']),
    ...(Effect === 'Allow' || Effect === 'Deny' ? [] : ['Effect: it is Allow or Deny.']),
    ...oneOf(statement, 'Action', isAction, 'ecs:UpdateService, ecs:* or *'),
    ...oneOf(statement, 'Resource', isResource, 'an ARN or *'),
    ...(Condition === undefined ? [] : conditionProblems(Condition)),
  ]
}

const isAction = (text: string): boolean => text === '*' || /^[a-zA-Z0-9-]+:[\w*?]+$/.test(text)
const isResource = (text: string): boolean => text === '*' || /^arn:(?:[^:]*:){4}./.test(text)

/** A statement has an element, or its opposite, and never both. */
function oneOf(
  statement: Readonly<Record<string, unknown>>,
  name: 'Action' | 'Resource',
  fits: (text: string) => boolean,
  form: string,
): string[] {
  const given = [name, `Not${name}`].filter((one) => statement[one] !== undefined)
  if (given.length === 0) return [`${name}: there is none.`]
  if (given.length > 1) return [`${name}: there is a Not${name}, too.`]
  const [only = ''] = given
  const value = statement[only]
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const wrong = list.filter((one) => typeof one !== 'string' || !fits(one))
  if (list.length === 0) return [`${only}: there is none.`]
  return wrong.map((one) => `${only}: ${JSON.stringify(one)} is not ${form}.`)
}

function conditionProblems(condition: unknown): string[] {
  if (!isObject(condition)) return ['Condition: it is not an object.']
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isObject(keys)) return [`Condition/${operator}: it is not an object.`]
    if (isOperator(operator)) return []
    return [`Condition/${operator}: the local AWS compares only texts, ARNs, Bool and Null.`]
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
