import { describe, expect, it } from 'vitest'
import { ofType } from '../deploy/support.ts'
import { everything, fileOf } from './stacks.ts'
import { clusterStage, worldOf } from './support.ts'

const world = await worldOf(fileOf(everything))
const withReport = (tag: string): string =>
  fileOf({ ...everything, report: { ...everything.report, image: `report:${tag}` } })

/** A stack whose service `report` is still rolling out, in an AWS that does not answer about deployments. */
async function unsure() {
  const stage = clusterStage({ world })
  await stage.deploy([withReport('slow-10m')], {}, { wait: false })
  stage.meddle(({ operation }) => (operation === 'ListServiceDeployments' ? 'lostBefore' : undefined))
  return stage
}

describe('a stack with a service that has not completed what it runs, and a history that cannot be read', () => {
  it('is deployed, with a warning that says what the way back does', async () => {
    const stage = await unsure()
    const { result, events } = await stage.deploy([withReport('v3')])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toContain(
      'The deployment history of report could not be read: socket hang up. ' +
        'On failure each service goes back to the revision that it runs now, whether or not that ever completed.',
    )
  })

  it('goes back where the warning says', async () => {
    const stage = await unsure()
    const { taskDefinition } = stage.region().services['my-cluster/report']!.service
    const { result } = await stage.deploy([withReport('crash')])
    expect(result).toMatchObject({ exitCode: 1 })
    expect(stage.region().services['my-cluster/report']!.service.taskDefinition).toBe(taskDefinition)
  })

  it('is described without a word of it', async () => {
    const stage = await unsure()
    await expect(stage.describe()).resolves.toBeDefined()
  })
})
