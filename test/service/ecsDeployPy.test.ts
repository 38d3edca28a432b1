import { describe, expect, it } from 'vitest'
import { imagesOf, running, service, story } from './support.ts'

describe('ecs-deploy.py', () => {
  it('simple: a new image for a service, by its repository', async () => {
    const { update, runs, definitionOf } = running()
    const { exitCode, writes, summary } = await update({ image: ['docker.repo.com/doorman:latest'] })
    expect({ exitCode, summary }).toEqual({ exitCode: 0, summary: 'Updated production1/doorman to a new revision of doorman.' })
    expect(story(writes)).toEqual(['RegisterTaskDefinition', 'UpdateService'])
    expect(runs('production1/doorman')).toBe('doorman:2')
    expect(imagesOf(definitionOf())).toEqual({ web: 'docker.repo.com/doorman:latest' })
  })
})
