/** The roles of targets and schedules: whether they may run the task, and hand it its own roles. */
import type { EvaluationResult } from '@aws-sdk/client-iam'
import { nameOf } from '../../../ground/names.ts'
import { type Check, type Found, error, unknown } from '../finding.ts'
import { otherAccount } from '../otherAccount.ts'
import type { Reads } from '../reads.ts'
import { type Starter, startersOf } from '../starters.ts'
import type { World } from '../world.ts'

/** A role that is missing or not trusted is told of by `roles`. */
export const startingRoles: Check = {
  name: 'startingRoles',
  needs: ['simulatePrincipalPolicy', 'listTargetsByRule', 'getSchedule'],
  notLocal: true,
  async of(world, reads) {
    const starters = await startersOf(world, reads)
    const found = await Promise.all(starters.map((starter) => ofStarter(starter, world, reads)))
    return found.flat()
  },
}

interface Question {
  readonly action: string
  readonly resources: readonly string[]
  readonly context: Readonly<Record<string, string>>
}

async function ofStarter(starter: Starter, { account, region }: World, reads: Reads): Promise<Found[]> {
  const { at, RoleArn, name } = starter
  if (RoleArn === undefined || account === undefined || region === undefined) return []
  const elsewhere = otherAccount(RoleArn, account)
  if (elsewhere !== undefined) return [unknown(at('RoleArn'), `role ${nameOf(RoleArn)}`, elsewhere)]
  const questions = questionsOf(starter, { account, region, partition: RoleArn.split(':')[1] ?? 'aws' })
  const found = await Promise.all(
    questions.map(async ({ action, resources, context }): Promise<Found[]> => {
      const answer = await reads.ask(
        'simulatePrincipalPolicy',
        {
          PolicySourceArn: RoleArn,
          ActionNames: [action],
          ResourceArns: [...resources],
          ContextEntries: Object.entries({ ...context, 'aws:RequestedRegion': region }).map(([key, value]) => ({
            ContextKeyName: key,
            ContextKeyType: 'string',
            ContextKeyValues: [value],
          })),
        },
        /^NoSuchEntity/,
      )
      if (answer.state === 'absent') return []
      if (answer.state === 'unread') return [unknown(at('RoleArn'), `what role ${nameOf(RoleArn)} may do`, answer.why)]
      const denied = (answer.value.EvaluationResults ?? []).flatMap(deniedResources)
      return denied.map((resource) => {
        const what = `Role ${nameOf(RoleArn)} of ${name} may not ${action} on ${resource}.`
        return error(at('RoleArn'), what, `Allow ${action} on it in a policy of the role.`)
      })
    }),
  )
  return found.flat()
}

function questionsOf(
  { subject, Arn }: Starter,
  { account, region, partition }: { readonly account: string; readonly region: string; readonly partition: string },
): Question[] {
  const { family, taskRoleArn, executionRoleArn } = subject.taskDefinition
  const roles = [taskRoleArn, executionRoleArn]
    .flatMap((role) => role || [])
    .map((role) => (role.startsWith('arn:') ? role : `arn:${partition}:iam::${account}:role/${role}`))
  return [
    {
      action: 'ecs:RunTask',
      resources: [`arn:${partition}:ecs:${region}:${account}:task-definition/${family}:*`],
      context: Arn === undefined ? {} : { 'ecs:cluster': Arn },
    },
    ...(roles.length > 0
      ? [
          {
            action: 'iam:PassRole',
            resources: [...new Set(roles)],
            context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
          },
        ]
      : []),
  ]
}

/** What is not allowed for want of context that only a real request has may still be. */
function deniedResources(result: EvaluationResult): string[] {
  const { EvalResourceName = '', EvalDecision, MissingContextValues = [], ResourceSpecificResults: each = [] } = result
  if (each.length > 0) {
    return each.flatMap((one) =>
      deniedResources({ ...result, ...one, EvalDecision: one.EvalResourceDecision, ResourceSpecificResults: [] }),
    )
  }
  const isDecided = EvalDecision === 'explicitDeny' || MissingContextValues.length === 0
  return EvalDecision !== 'allowed' && isDecided ? [EvalResourceName] : []
}
