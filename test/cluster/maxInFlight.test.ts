import { expect, it } from 'vitest'
import { mostAtOnce } from '../deploy/fleet.ts'
import { type Keys, fileOf } from './stacks.ts'
import { clusterStage } from './support.ts'

const service = (image: string, ...depends_on: string[]): Keys => ({ image, memory: 256, depends_on })

it.each([1, 2])('at most %i services of a stack roll at one time, whatever they depend on', async (maxInFlight) => {
  const file = (tag: string): string =>
    fileOf({
      api: service(`api:${tag}`, 'zoo'),
      zoo: service(`zoo:${tag}`),
      web: service(`web:${tag}`, 'api'),
      docs: service(`docs:${tag}`),
    })
  const stage = clusterStage()
  stage.given(file('v1'))
  for (const tag of ['v1', 'v2', 'crash']) {
    const { result, events } = await stage.deploy([file(tag)], {}, { maxInFlight })
    expect(result).toMatchObject({ exitCode: tag === 'crash' ? 1 : 0, left: [] })
    expect(mostAtOnce(events, ['createService', 'updateService', 'restoreService'])).toBe(maxInFlight)
  }
})
