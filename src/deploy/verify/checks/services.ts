/** Services: whether they are there, and can be updated. */
import { isDaemon, refusalOf } from '../../live.ts'
import { nameOf } from '../../../ground/names.ts'
import { serviceOf } from '../effective.ts'
import { type Check, error, unknown } from '../finding.ts'

export const services: Check = {
  name: 'services',
  needs: ['describeServices', 'describeClusters'],
  async of(world, reads) {
    const { services: known, clusters } = world
    const asked = world.subjects.flatMap(({ services: wanted, where }) => wanted.map((one) => ({ one, where })))
    const found = await Promise.all(
      asked.map(async ({ one, where: whereOf }) => {
        const where = whereOf(`${one.path}/service`)
        const name = nameOf(one.service)
        if (known.state !== 'found') {
          return unknown(where, `service ${name}`, known.state === 'unread' ? known.why : 'AWS did not answer')
        }
        const service = serviceOf(world, one)
        if (service) {
          const refusal = refusalOf(service)
          const what = refusal && `${refusal[0]?.toUpperCase()}${refusal.slice(1)}`
          if (what) return error(where, what, 'Deploy it as before, or name another service.')
          if (one.settings.desiredCount === undefined || !isDaemon(service)) return []
          const count = whereOf(`${one.path}/desiredCount`)
          return error(
            count,
            `Service ${name} is a DAEMON, which has one task on each instance.`,
            'Remove desiredCount.',
          )
        }
        // What is said of the cluster says it all.
        const isClusterThere = clusters.state !== 'found' || clusters.value.has(nameOf(one.cluster))
        if (one.isCreated || !isClusterThere) return []
        const place = await reads.elsewhere([one.cluster, one.service])
        const fix = 'Check the name and the region, or create it (Terraform, CloudFormation).'
        return error(where, `There is no service ${name} in cluster ${nameOf(one.cluster)}${place}.`, fix)
      }),
    )
    return found.flat()
  },
}
