/** Rules of EventBridge: whether they are there, and have room for the targets. */
import { type Check, error, unknown } from '../finding.ts'

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const mostTargets = 5

export const eventRules: Check = {
  name: 'eventRules',
  needs: ['listTargetsByRule'],
  async of({ subjects }, reads) {
    const asked = subjects.flatMap(({ eventTargets, where }) =>
      eventTargets.map(({ Rule, EventBusName, Targets }, index) => ({
        where: where(`eventTargets/${index}/Rule`),
        targets: where(`eventTargets/${index}/Targets`),
        input: { Rule, ...(EventBusName !== undefined && { EventBusName }) },
        ids: Targets.map(({ Id }) => Id),
      })),
    )
    const found = await Promise.all(
      asked.map(async ({ where, targets, input }) => {
        const { Rule, EventBusName = 'default' } = input
        const answer = await reads.ask('listTargetsByRule', input, /^ResourceNotFoundException$/)
        if (answer.state === 'unread') return unknown(where, `rule ${Rule}`, answer.why)
        if (answer.state === 'absent') {
          const fix = 'Check the name and the region, or create it (Terraform, CloudFormation).'
          return error(where, `There is no rule ${Rule} on the event bus ${EventBusName}.`, fix)
        }
        const wanted = asked.filter((one) => ruleOf(one.input) === ruleOf(input)).flatMap((one) => one.ids)
        const all = new Set([...(answer.value.Targets ?? []).map(({ Id }) => Id), ...wanted])
        if (all.size <= mostTargets) return []
        const what = `Rule ${Rule} would have ${all.size} targets, and EventBridge takes ${mostTargets}.`
        return error(targets, what, 'Remove one, or declare another rule.')
      }),
    )
    return found.flat()
  },
}

/** Several classes may give targets to one rule. */
const ruleOf = ({ Rule, EventBusName = 'default' }: { Rule: string; EventBusName?: string }): string =>
  `${EventBusName}/${Rule}`
