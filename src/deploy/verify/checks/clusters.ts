/** Clusters: whether they are there, and ACTIVE. */
import { nameOf } from '../../../ground/names.ts'
import { type Check, error, unknown } from '../finding.ts'

export const clusters: Check = {
  name: 'clusters',
  needs: ['describeClusters'],
  async of({ subjects, clusters: known }, reads) {
    const asked = subjects.flatMap(({ services, runs, eventTargets, schedules, where }) => [
      ...services.map(({ path, cluster }) => ({ where: where(`${path}/cluster`), cluster })),
      ...runs.map(({ cluster = 'default' }, index) => ({ where: where(`runTasks/${index}/cluster`), cluster })),
      ...eventTargets.flatMap(({ Targets }, rule) =>
        Targets.flatMap(({ Arn, EcsParameters }, index) =>
          EcsParameters ? [{ where: where(`eventTargets/${rule}/Targets/${index}/Arn`), cluster: Arn }] : [],
        ),
      ),
      ...schedules.flatMap(({ Target }, index) =>
        Target?.Arn === undefined ? [] : [{ where: where(`schedules/${index}/Target/Arn`), cluster: Target.Arn }],
      ),
    ])
    const found = await Promise.all(
      asked.map(async ({ where, cluster }) => {
        const name = nameOf(cluster)
        if (known.state !== 'found') {
          return unknown(where, `cluster ${name}`, known.state === 'unread' ? known.why : 'AWS did not answer')
        }
        const there = known.value.get(name)
        if (!there) {
          const place = await reads.elsewhere([cluster])
          return error(where, `There is no cluster ${name}${place}.`, 'Check the name, the region and the account.')
        }
        if (there.status === 'ACTIVE') return []
        return error(where, `Cluster ${name} is ${there.status}.`, 'Wait until it is ACTIVE, or name another.')
      }),
    )
    return found.flat()
  },
}
