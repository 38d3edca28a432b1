/** Target groups: whether they are there, and take the kind of targets that the tasks are. */
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import { nameOfTargetGroup } from '../../../ground/names.ts'
import { serviceOf } from '../effective.ts'
import { type Check, type Found, error, unknown } from '../finding.ts'
import type { World } from '../world.ts'

interface Asked {
  readonly where: string
  readonly arn: string
  readonly isAwsvpc: boolean
}

export const targetGroups: Check = {
  name: 'targetGroups',
  needs: ['describeTargetGroups'],
  async of(world, reads) {
    const asked = groupsIn(world)
    if (asked.length === 0) return []
    // Asked for by ARN, AWS refuses all where one is missing.
    const answer = await reads.ask('describeTargetGroups', {})
    if (answer.state !== 'found') {
      const why = answer.state === 'unread' ? answer.why : 'AWS did not answer'
      return asked.map(({ where, arn }) => unknown(where, `target group ${nameOfTargetGroup(arn)}`, why))
    }
    const all = new Map((answer.value.TargetGroups ?? []).map((one) => [one.TargetGroupArn, one]))
    return asked.flatMap((one) => problemsOf(one, all.get(one.arn)))
  },
}

function groupsIn(world: World): Asked[] {
  return world.subjects.flatMap(({ services, taskDefinition, where }) =>
    services.flatMap((wanted) => {
      const all = wanted.settings.loadBalancers ?? serviceOf(world, wanted)?.loadBalancers ?? []
      return all.flatMap(({ targetGroupArn: arn, advancedConfiguration }, index) =>
        [arn, advancedConfiguration?.alternateTargetGroupArn].flatMap((one) =>
          one === undefined
            ? []
            : [
                {
                  where: where(`${wanted.path}/loadBalancers/${index}/targetGroupArn`),
                  arn: one,
                  isAwsvpc: taskDefinition.networkMode === 'awsvpc',
                },
              ],
        ),
      )
    }),
  )
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html */
function problemsOf({ where, arn, isAwsvpc }: Asked, group: TargetGroup | undefined): Found[] {
  const name = nameOfTargetGroup(arn)
  if (!group) return [error(where, `There is no target group ${name}.`, 'Check the ARN, the region and the account.')]
  const wanted = isAwsvpc ? 'ip' : 'instance'
  if (group.TargetType === undefined || group.TargetType === wanted) return []
  const what = `Target group ${name} takes targets of type ${group.TargetType}, and these tasks are of type ${wanted}.`
  const fix = isAwsvpc
    ? 'Name a target group of type ip.'
    : "Name a target group of type instance, or set networkMode: 'awsvpc'."
  return [error(where, what, fix)]
}
