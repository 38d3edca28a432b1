import { expect, it } from 'vitest'
import { readClusterStatus } from '../../../src/deploy/look/clusterStatus.ts'
import { statusText } from '../../../src/output/look/statusText.ts'
import { looking, service } from './support.ts'

it('the status of a cluster has each family once, with its services, also in the middle of a rollout', async () => {
  const twin = { ...service('web'), updateServices: [{ cluster: 'my_cluster', service: 'twin' }] }
  const { look, update, pass } = looking([service('web'), twin, service('api')])
  await pass(600)
  update('web', 'v2')
  await pass(12)
  const { status } = await readClusterStatus(look, { cluster: 'my_cluster', services: [] })
  expect(status.state).toBe('inProgress')
  expect(
    status.definitions.map(({ family, services }) => [family, services.map((one) => one.service).toSorted()]),
  ).toEqual([
    ['api', ['my_cluster/api']],
    ['web', ['my_cluster/twin', 'my_cluster/web']],
  ])
  expect(statusText(status, { color: false, columns: 80 })).toContain(
    'Service my_cluster/web: in progress\n  web:2 (v2), ',
  )
})

it('a service that something else deploys is not shown, which is said', async () => {
  const { look, region, pass } = looking([service('web'), service('blue')])
  await pass(600)
  region().services['my_cluster/blue']!.service.deploymentController = { type: 'CODE_DEPLOY' }
  const { status } = await readClusterStatus(look, { cluster: 'my_cluster', services: [] })
  expect(status.definitions.map(({ family }) => family)).toEqual(['web'])
  expect(status.unread).toEqual([
    'Not shown: service blue is deployed by CODE_DEPLOY; only the ECS deployment controller is supported.',
  ])
})
