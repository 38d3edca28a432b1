/** Roles: whether they are there, and whether the service of AWS that takes them on may. */
import { type Check, type Found, error, unknown } from '../finding.ts'
import { otherAccount } from '../otherAccount.ts'
import type { Reads } from '../reads.ts'
import { startersOf } from '../starters.ts'
import { isTrusted } from '../trust.ts'
import type { World } from '../world.ts'

interface Asked {
  readonly where: string
  readonly arn: string
  /** Who takes it on. */
  readonly service: string
}

export const roles: Check = {
  name: 'roles',
  needs: ['getRole', 'listTargetsByRule', 'getSchedule'],
  notLocal: true,
  async of(world, reads) {
    const starters = await startersOf(world, reads)
    const ofStarters = starters.flatMap(({ at, RoleArn, service }) => asked(at('RoleArn'), RoleArn, service))
    const found = await Promise.all([...rolesIn(world), ...ofStarters].map((one) => ofRole(one, world, reads)))
    return found.flat()
  },
}

const tasks = 'ecs-tasks.amazonaws.com'

function rolesIn({ subjects }: World): Asked[] {
  return subjects.flatMap(({ taskDefinition, runs, where }) => [
    ...asked(where('taskDefinition/taskRoleArn'), taskDefinition.taskRoleArn, tasks),
    ...asked(where('taskDefinition/executionRoleArn'), taskDefinition.executionRoleArn, tasks),
    ...runs.flatMap(({ overrides = {} }, index) => [
      ...asked(where(`runTasks/${index}/overrides/taskRoleArn`), overrides.taskRoleArn, tasks),
      ...asked(where(`runTasks/${index}/overrides/executionRoleArn`), overrides.executionRoleArn, tasks),
    ]),
  ])
}

const asked = (where: string, arn: string | undefined, service: string): Asked[] =>
  arn === undefined || arn === '' ? [] : [{ where, arn, service }]

async function ofRole({ where, arn, service }: Asked, { account }: World, reads: Reads): Promise<Found[]> {
  // A task definition may name a role of its own account without the ARN.
  const [, itsAccount] = /^arn:[\w-]+:iam::(\d{12}):role\//.exec(arn) ?? []
  const RoleName = arn.slice(arn.lastIndexOf('/') + 1)
  const elsewhere = otherAccount(arn, account)
  if (elsewhere !== undefined) return [unknown(where, `role ${RoleName}`, elsewhere)]
  const answer = await reads.ask('getRole', { RoleName }, /^NoSuchEntity/)
  if (answer.state === 'unread') return [unknown(where, `role ${RoleName}`, answer.why)]
  const role = answer.state === 'found' ? answer.value.Role : undefined
  if (!role) return [error(where, `There is no role ${RoleName}.`, 'Create it, or check the name and the account.')]
  if (itsAccount !== undefined && role.Arn !== arn) {
    return [
      error(where, `There is no role ${arn}; role ${RoleName} is ${role.Arn}.`, 'Write its whole ARN, with the path.'),
    ]
  }
  if (isTrusted(role.AssumeRolePolicyDocument, service)) return []
  const fix = `Allow sts:AssumeRole to ${service} in its trust policy.`
  return [error(where, `Role ${RoleName} does not trust ${service}.`, fix)]
}
