import { describe, expect, it } from 'vitest'
import type { IfInProgress } from '../../../src/engine/result.ts'
import { imagesOf, running, story } from './support.ts'

const image = (tag: string): { image: string[] } => ({ image: [`docker.repo.com/doorman:${tag}`] })

/** The service with an update to v2 under way that somebody else has begun. */
async function underWay(tag = 'v2') {
  const staged = running()
  const begun = await staged.update({ ...image(tag), env: ['web=LEVEL=debug'] }, { wait: false })
  expect(begun.exitCode).toBe(0)
  await staged.clock.sleep(5_000)
  return staged
}

describe('service update while a deployment is in progress', () => {
  it('refuses with --if-in-progress refuse, and writes nothing', async () => {
    const { update } = await underWay()
    const { exitCode, problem, writes } = await update(image('v3'), { ifInProgress: 'refuse' })
    expect([exitCode, problem?.code, writes]).toEqual([2, 'InProgressElsewhere', []])
  })

  it.each([
    ['v2', 'doorman:2'],
    ['crash', 'doorman:1'],
  ])('edits with --if-in-progress wait what the service runs then, after %s', async (tag, before) => {
    const { update, definitionOf, runs } = await underWay(tag)
    const told: string[] = []
    const { exitCode, writes } = await update(image('v3'), { ifInProgress: 'wait', tell: (text) => told.push(text) })
    expect([exitCode, story(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
    expect(told).toEqual([expect.stringContaining('production1/doorman: deployment')])
    expect(runs('production1/doorman')).toBe('doorman:3')
    const { environment = [] } = definitionOf().containerDefinitions[0]
    // What had been set by hand in the deployment that failed has gone with it.
    expect(environment).toEqual(before === 'doorman:2' ? [{ name: 'LEVEL', value: 'debug' }] : [])
  })

  it('edits with --if-in-progress stop what the service goes back to', async () => {
    const { update, definitionOf } = await underWay()
    const { exitCode, writes } = await update(image('v3'), { ifInProgress: 'stop' })
    expect([exitCode, story(writes)]).toEqual([0, ['StopServiceDeployment', 'RegisterTaskDefinition', 'UpdateService']])
    const after = definitionOf()
    expect(imagesOf(after)).toEqual({ web: 'docker.repo.com/doorman:v3' })
    expect(after.containerDefinitions[0].environment ?? []).toEqual([])
  })

  it('only goes back with --if-in-progress stop where that is what is asked for', async () => {
    const { update, runs } = await underWay()
    const { exitCode, writes } = await update(image('v1'), { ifInProgress: 'stop' })
    expect([exitCode, story(writes)[0]]).toEqual([0, 'StopServiceDeployment'])
    expect(runs('production1/doorman')).toBe('doorman:1')
  })

  it.each(['wait', 'stop', 'refuse'] satisfies IfInProgress[])(
    '%s changes nothing where none is',
    async (ifInProgress) => {
      const { update } = running()
      const { exitCode, writes } = await update(image('v2'), { ifInProgress })
      expect([exitCode, story(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
    },
  )
})
