/** Log groups: whether they are there. */
import { awsCommand } from '../../../ground/command.ts'
import { type Check, error, unknown } from '../finding.ts'
import { containersOf } from '../subject.ts'

export const logGroups: Check = {
  name: 'logGroups',
  needs: ['describeLogGroups'],
  async of({ subjects, region }, reads) {
    const asked = subjects.flatMap((subject) =>
      containersOf(subject).flatMap(({ path, container: { logConfiguration } }) => {
        const { logDriver, options = {} } = logConfiguration ?? {}
        const group = options['awslogs-group']
        // The driver makes it by itself.
        if (logDriver !== 'awslogs' || !group || options['awslogs-create-group'] === 'true') return []
        const where = subject.where(`${path}/logConfiguration/options/awslogs-group`)
        return [{ where, group, its: options['awslogs-region'] }]
      }),
    )
    const found = await Promise.all(
      asked.map(async ({ where, group, its }) => {
        if (its !== undefined && region !== undefined && its !== region) {
          return unknown(where, `log group ${group}`, `it is in ${its}, and calls go to ${region}`)
        }
        const answer = await reads.ask('describeLogGroups', { logGroupNamePrefix: group })
        if (answer.state === 'unread') return unknown(where, `log group ${group}`, answer.why)
        const { logGroups: all = [] } = answer.state === 'found' ? answer.value : {}
        if (all.some(({ logGroupName }) => logGroupName === group)) return []
        const fix = `Create it with: ${awsCommand('logs create-log-group', { 'log-group-name': group })}`
        return error(where, `There is no log group ${group}.`, fix)
      }),
    )
    return found.flat()
  },
}
