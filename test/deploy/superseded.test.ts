// What a superseded deploy says of the services that nobody took over.
import { expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { web } from './declared.ts'
import { stage } from './support.ts'

const cluster = 'my_cluster'
const services = ['a', 'b', 'c'].map((service) => ({ cluster, service }))

/** A deploy of three services in which somebody deploys b as soon as it is being followed; `also` hears every event. */
async function overtakenAtB(tag: string, also: (event: ToldEvent, stop: AbortController) => void = () => {}) {
  const { deploy, call, runs } = stage(web({ runTasks: [], eventTargets: [], updateServices: services }))
  const stop = new AbortController()
  let hasMeddled = false
  const result = await deploy(tag, {
    signal: stop.signal,
    hear: (event) => {
      also(event, stop)
      if (event.type !== 'service.progressed' || event.service !== 'b' || hasMeddled) return
      hasMeddled = true
      call('ecs', 'UpdateService', { cluster, service: 'b', taskDefinition: 'web:1', forceNewDeployment: true })
    },
  })
  return { ...result, runs: services.map(({ service }) => runs(`${cluster}/${service}`)) }
}

it('says of services that fail by themselves that they were put back', async () => {
  const { exitCode, summary, problem, left, runs } = await overtakenAtB('crash')
  expect([exitCode, summary]).toEqual([
    5,
    'Deploy crash of Task was superseded; what had failed or was half done was put back.',
  ])
  expect(problem?.fix).toBe(
    'The newer change stays: ecs-task undoes nothing of it. Deploy again if it is not what you want.',
  )
  expect({ left, runs }).toEqual({ left: [], runs: ['web:1', 'web:1', 'web:1'] })
})

it('says no more than that where the others came to their end', async () => {
  const { exitCode, summary, left, runs } = await overtakenAtB('v2')
  expect([exitCode, summary, left]).toEqual([5, 'Deploy v2 of Task was superseded.', []])
  expect(runs).toEqual(['web:2', 'web:1', 'web:2'])
})

it('can be interrupted while it follows the others: those that had not come to their end go back', async () => {
  const { exitCode, outcome, summary, left, runs } = await overtakenAtB('v2', (event, stop) => {
    if (event.type !== 'step.failed' || event.subject.type !== 'service') return
    stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } }))
  })
  expect({ exitCode, outcome, left }).toEqual({ exitCode: 130, outcome: 'interrupted', left: [] })
  expect(summary).toBe(
    'Deploy v2 of Task was interrupted after it was superseded; what had failed or was half done was put back.',
  )
  expect(runs).toEqual(['web:1', 'web:1', 'web:1'])
})
