/** What of a policy the caller lacks, as IAM simulates it. */
import type { ContextEntry, EvaluationResult } from '@aws-sdk/client-iam'
import type { Aws } from '../../aws/aws.ts'
import { isDenied } from '../../aws/denied.ts'
import { permissionOf } from '../../aws/permission.ts'
import { whyUnreadable } from '../../rollout/missingPermission.ts'
import type { Caller } from './place.ts'
import type { Policy, Statement } from './policy.ts'

/** One action on one resource. */
export interface Permission {
  readonly action: string
  readonly resource: string
  /** The Sid of the statement that grants it. */
  readonly statement: string
  /** The context in which it was asked: `ecs:cluster` and its value. */
  readonly context: Readonly<Record<string, string>>
}

export interface PolicyCheck {
  /** Whose policies were simulated: the user, or the role of the session that calls. */
  readonly principal: string
  /** How many permissions were asked about; none where IAM could not be asked. */
  readonly asked: number
  readonly lacking: readonly (Permission & { readonly isDenied: boolean })[]
  /** Those that depend on context keys that only a real request has, and those that IAM said nothing of. */
  readonly undecided: readonly (Permission & { readonly missing: readonly string[] })[]
  /** Why nothing could be asked. */
  readonly unread?: string
}

/** So many resources are asked about at once: IAM takes a request of a limited length. */
const mostResources = 50

/** Asks IAM of each statement whether the caller has it. Throws what keeps every call from being answered. */
export async function checkPolicy(
  aws: Aws,
  policy: Policy,
  { caller, region }: { readonly caller: Caller; readonly region: string },
): Promise<PolicyCheck> {
  const nothing = { principal: caller.arn, asked: 0, lacking: [], undecided: [] }
  const principal = principalOf(caller)
  if (principal === undefined) return { ...nothing, unread: 'IAM simulates users and roles only' }
  try {
    return await simulated(aws, policy, { principal, region })
  } catch (error) {
    if (!isAbsent(error)) return { ...nothing, principal, unread: unreadBecause(error, 'simulatePrincipalPolicy') }
  }
  // The ARN of a session has no path, which its role may have.
  try {
    const { Role } = await aws.call('getRole', { RoleName: principal.slice(principal.lastIndexOf('/') + 1) })
    return await simulated(aws, policy, { principal: Role?.Arn ?? principal, region })
  } catch (error) {
    return { ...nothing, principal, unread: unreadBecause(error, 'getRole') }
  }
}

/** Users stay what they are, a session is one of a role; there are no others that IAM simulates. */
function principalOf({ arn, partition, account }: Caller): string | undefined {
  const [, role] = /:assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`
  return /:iam::\d{12}:user\//.test(arn) ? arn : undefined
}

const isAbsent = (error: unknown): boolean => (error as Error).name.startsWith('NoSuchEntity')

function unreadBecause(error: unknown, method: 'simulatePrincipalPolicy' | 'getRole'): string {
  if (!isDenied(error) && !isAbsent(error)) throw error
  return whyUnreadable(error, permissionOf(method))
}

interface Asking {
  readonly principal: string
  readonly region: string
}

/** A statement in one context, about so many of its resources as are asked about at once. */
interface Question {
  readonly statement: Statement
  readonly context: Permission['context']
  readonly resources: readonly string[]
}

async function simulated(aws: Aws, policy: Policy, { principal, region }: Asking): Promise<PolicyCheck> {
  const questions = policy.Statement.flatMap((statement) =>
    contextsOf(statement).flatMap((context) =>
      inChunks(statement.Resource).map((resources): Question => ({ statement, context, resources })),
    ),
  )
  const answers = await Promise.all(
    questions.map(async (question) => {
      const { EvaluationResults = [] } = await aws.all('simulatePrincipalPolicy', {
        PolicySourceArn: principal,
        ActionNames: [...question.statement.Action],
        ResourceArns: [...question.resources],
        ContextEntries: Object.entries({ ...question.context, 'aws:RequestedRegion': region }).map(contextEntry),
      })
      return answered(question, EvaluationResults.flatMap(perResource))
    }),
  )
  const all = answers.flat()
  const others = all.filter(({ decision }) => decision !== 'allowed')
  return {
    principal,
    asked: all.length,
    lacking: others.filter(isDecided).map(({ permission, decision }) => ({
      ...permission,
      isDenied: decision === 'explicitDeny',
    })),
    undecided: others.filter((one) => !isDecided(one)).map(({ permission, missing }) => ({ ...permission, missing })),
  }
}

interface Answer {
  readonly permission: Permission
  /** Undefined where IAM said nothing of it. */
  readonly decision: string | undefined
  /** The keys that conditions of policies look at, and that were not given. */
  readonly missing: readonly string[]
}

/** One answer for each action on each resource, whatever IAM has said. */
function answered({ statement, context, resources }: Question, results: readonly EvaluationResult[]): Answer[] {
  return statement.Action.flatMap((action) =>
    resources.map((resource) => {
      const ofAction = results.filter(({ EvalActionName: name = '' }) => name.toLowerCase() === action.toLowerCase())
      const [only] = ofAction
      const found = resources.length === 1 ? only : ofAction.find(({ EvalResourceName: name }) => name === resource)
      const { EvalDecision: decision, MissingContextValues: missing = [] } = found ?? {}
      return { permission: { action, resource, statement: statement.Sid, context }, decision, missing }
    }),
  )
}

/** Of several resources IAM answers one by one, inside of what it answers of all of them. */
function perResource(result: EvaluationResult): EvaluationResult[] {
  const { ResourceSpecificResults: each = [] } = result
  if (each.length === 0) return [result]
  return each.map(({ EvalResourceName, EvalResourceDecision: EvalDecision, MissingContextValues = [] }) => ({
    ...result,
    EvalResourceName,
    EvalDecision,
    MissingContextValues,
  }))
}

/** What is not allowed may still be, by a condition on a key that was not given. */
const isDecided = ({ decision, missing }: Answer): boolean =>
  decision === 'explicitDeny' || (decision === 'implicitDeny' && missing.length === 0)

const contextEntry = ([ContextKeyName, value]: [string, string]): ContextEntry => ({
  ContextKeyName,
  ContextKeyType: 'string',
  ContextKeyValues: [value],
})

/** Each value that a statement's condition takes is a context of its own. */
function contextsOf({ Condition = {} }: Statement): Permission['context'][] {
  const keys = Object.values(Condition).flatMap((operator) => Object.entries(operator))
  return keys.reduce<Permission['context'][]>(
    (contexts, [key, values]) => contexts.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  )
}

function inChunks(resources: readonly string[]): string[][] {
  const count = Math.ceil(resources.length / mostResources)
  return Array.from({ length: count }, (_, index) =>
    resources.slice(index * mostResources, (index + 1) * mostResources),
  )
}
