import { describe, expect, it } from 'vitest'
import { everyMember } from '../../hostile/everyMember.ts'
import { imagesOf, running, service, story } from './support.ts'

describe('ecs-deploy.py', () => {
  it('simple: a new image for a service, by its repository', async () => {
    const { update, runs, definitionOf, active } = running()
    const { exitCode, writes, summary } = await update({ image: ['docker.repo.com/doorman:latest'] })
    expect([exitCode, summary]).toEqual([0, 'Updated production1/doorman to a new revision of doorman.'])
    expect(story(writes)).toEqual(['RegisterTaskDefinition', 'UpdateService'])
    expect(runs('production1/doorman')).toBe('doorman:2')
    expect(imagesOf(definitionOf())).toEqual({ web: 'docker.repo.com/doorman:latest' })
    expect(active('doorman')).toEqual(['doorman:1', 'doorman:2'])
  })

  it('all options: percentages and desired count, in the one UpdateService that changes the revision', async () => {
    const { update, service: seen, definitionOf } = running()
    const before = structuredClone(seen('production1/doorman').deploymentConfiguration)
    const { exitCode, writes } = await update(
      { image: ['docker.repo.com/doorman'], minimumHealthyPercent: 50, maximumPercent: 100, desiredCount: 3 },
      { timeout: 240_000 },
    )
    expect([exitCode, story(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService 3']])
    expect(imagesOf(definitionOf())).toEqual({ web: 'docker.repo.com/doorman:latest' })
    // What the configuration has beside the percentages, such as the circuit breaker, stays.
    const deploymentConfiguration = { ...before, minimumHealthyPercent: 50, maximumPercent: 100 }
    expect(writes[1]?.input.deploymentConfiguration).toEqual(deploymentConfiguration)
    expect(seen('production1/doorman')).toMatchObject({ desiredCount: 3, runningCount: 3, deploymentConfiguration })
  })

  it('a family alone finds every service of the cluster that runs it, and updates all of them', async () => {
    const other = { ...service('doorman-eu'), taskDefinition: service('doorman').taskDefinition }
    const { update, runs } = running([service('doorman'), other, service('lobby')])
    const { exitCode, writes } = await update({ taskDefinition: 'doorman', image: ['docker.repo.com/doorman:v2'] })
    expect([exitCode, story(writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService', 'UpdateService']])
    expect(['doorman', 'doorman-eu', 'lobby'].map((name) => runs(`production1/${name}`))).toEqual([
      'doorman:2',
      'doorman:2',
      'lobby:1',
    ])
  })

  it('a family is found on every page of the list of services', async () => {
    const doormen = Array.from({ length: 23 }, (_, index) => ({
      ...service(`doorman-${index}`),
      taskDefinition: service('doorman').taskDefinition,
    }))
    const { update, region } = running(doormen)
    const { exitCode } = await update({ taskDefinition: 'doorman', image: ['docker.repo.com/doorman:v2'] })
    expect(exitCode).toBe(0)
    const revisions = Object.values<any>(region().services).map(({ service: one }) => one.taskDefinition.split('/')[1])
    expect(revisions).toEqual(Array(23).fill('doorman:2'))
  })

  it('a service that is being deleted is not one that runs the family', async () => {
    const { update, region, runs } = running([
      service('doorman'),
      { ...service('old'), taskDefinition: service('doorman').taskDefinition },
    ])
    region().services['production1/old']!.service.status = 'DRAINING'
    expect((await update({ taskDefinition: 'doorman', image: ['docker.repo.com/doorman:v2'] })).exitCode).toBe(0)
    expect(runs('production1/doorman')).toBe('doorman:2')
  })

  it.each([
    ['mariadb', 'mariadb:10', 'mariadb:latest'],
    ['mariadb:11', 'mariadb:10', 'mariadb:11'],
    ['silintl/mariadb', 'silintl/mariadb:10', 'silintl/mariadb:latest'],
    ['silintl/mariadb:11', 'silintl/mariadb', 'silintl/mariadb:11'],
    [
      'private.registry.com:8000/repo/image:tag',
      'private.registry.com:8000/repo/image',
      'private.registry.com:8000/repo/image:tag',
    ],
  ])('reads the image %s of its document', async (image, before, after) => {
    const containerDefinitions = [{ name: 'web', image: before, memory: 64 }]
    const { update, definitionOf } = running([service('doorman', { containerDefinitions })])
    expect((await update({ image: [image] })).exitCode).toBe(0)
    expect(imagesOf(definitionOf())).toEqual({ web: after })
  })

  it('keeps as many revisions as it is told to, and none that runs', async () => {
    const { update, active, runs } = running()
    for (const tag of ['v2', 'v3']) await update({ image: [`docker.repo.com/doorman:${tag}`] })
    expect((await update({ image: ['docker.repo.com/doorman:v4'], keep: 2 })).exitCode).toBe(0)
    expect(active('doorman')).toEqual(['doorman:3', 'doorman:4'])
    expect(runs('production1/doorman')).toBe('doorman:4')
  })
})

describe('bugs of ecs-deploy.py', () => {
  const two = {
    containerDefinitions: [
      { name: 'proxy', image: 'nginx:1.25', memory: 64 },
      { name: 'web', image: 'docker.repo.com/doorman:v1', memory: 64 },
      { name: 'worker', image: 'docker.repo.com/doorman:v1', memory: 64 },
    ],
  }

  it('the first container keeps its image where that is of another repository; every one of the repository is changed', async () => {
    const { update, definitionOf } = running([service('doorman', two)])
    await update({ image: ['docker.repo.com/doorman:v2'] })
    expect(imagesOf(definitionOf())).toEqual({
      proxy: 'nginx:1.25',
      web: 'docker.repo.com/doorman:v2',
      worker: 'docker.repo.com/doorman:v2',
    })
  })

  it('every member that can be registered survives, unknown ones included, and so does every tag', async () => {
    const { update, definitionOf, region, runs } = running()
    const revision = region().taskDefinitions['doorman']![0]!
    const { family: _, tags: __, ...every } = JSON.parse(JSON.stringify(everyMember({ unknown: true })))
    Object.assign(revision.taskDefinition, every)
    const aboutToBe = structuredClone(definitionOf())
    const { exitCode, writes } = await update({ env: ['proxy=ADDED=1'] })
    const registered = writes.find(({ operation }) => operation === 'RegisterTaskDefinition')!.input
    const { containerDefinitions, ...rest } = registered
    const { containerDefinitions: containersBefore, ...restBefore } = withoutReadOnly(aboutToBe)
    expect(rest).toEqual(restBefore)
    expect(containerDefinitions.slice(0, -1)).toEqual(containersBefore.slice(0, -1))
    expect(containerDefinitions.at(-1)).toEqual({
      ...containersBefore.at(-1),
      environment: [{ name: 'ADDED', value: '1' }],
    })
    expect(rest.addedNextYear).toBeDefined()
    // The local AWS knows no member of next year, and nothing was changed by its refusal.
    expect([exitCode, runs('production1/doorman')]).toEqual([2, 'doorman:1'])
  })

  it('tags survive, except those of AWS itself, which nobody may register', async () => {
    const { update, definitionOf, region } = running([service('doorman', { tags: [{ key: 'team', value: 'gate' }] })])
    region().tags[definitionOf().taskDefinitionArn]!.push(ofCloudFormation)
    expect((await update({ image: ['docker.repo.com/doorman:v2'] })).exitCode).toBe(0)
    expect(definitionOf().tags).toEqual([{ key: 'team', value: 'gate' }])
  })

  it('tags of AWS itself make no difference: an unchanged service is left alone', async () => {
    const { update, definitionOf, region } = running()
    region().tags[definitionOf().taskDefinitionArn] = [ofCloudFormation]
    const { exitCode, writes } = await update({ image: ['docker.repo.com/doorman:v1'], skipUnchanged: true })
    expect([exitCode, writes]).toEqual([0, []])
  })

  it('a time-out is a failure, and everything is put back', async () => {
    const { update, runs, active, service: seen } = running()
    const { exitCode, problem } = await update({ image: ['docker.repo.com/doorman:slow-30m'] }, { timeout: 90_000 })
    expect([exitCode, problem?.code]).toEqual([1, 'TimedOut'])
    expect([runs('production1/doorman'), active('doorman')]).toEqual(['doorman:1', ['doorman:1']])
    expect(seen('production1/doorman')).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  it('the time-out is measured, not compared with the time of day', async () => {
    const { update, clock } = running()
    const began = clock.now()
    await update({ image: ['docker.repo.com/doorman:slow-30m'] }, { timeout: 90_000, onFailure: 'leave' })
    expect(clock.now() - began).toBeGreaterThanOrEqual(90_000)
    expect(clock.now() - began).toBeLessThan(130_000)
  })

  it('a task of the new revision that runs for a moment is not yet success', async () => {
    const { update, runs } = running()
    const { exitCode, problem } = await update({ image: ['docker.repo.com/doorman:crash'] })
    expect([exitCode, problem?.code, runs('production1/doorman')]).toEqual([1, 'DeploymentFailed', 'doorman:1'])
  })

  it('an image that no container has is refused before anything is written, with the images that exist', async () => {
    const { update, writes } = running([service('doorman', two)])
    const { problem } = await update({ image: ['docker.repo.com/doorwoman:v2'] })
    expect(problem).toMatchObject({
      code: 'BadArguments',
      problems: [
        '--image docker.repo.com/doorwoman:v2: no container has an image of docker.repo.com/doorwoman; there are proxy (nginx:1.25), web (docker.repo.com/doorman:v1), worker (docker.repo.com/doorman:v1)',
      ],
    })
    expect(writes()).toEqual([])
  })
})

const ofCloudFormation = { key: 'aws:cloudformation:stack-name', value: 'doorman' }

function withoutReadOnly(shown: Record<string, unknown>): any {
  const own = new Set([
    'taskDefinitionArn',
    'revision',
    'status',
    'requiresAttributes',
    'compatibilities',
    'registeredAt',
    'registeredBy',
  ])
  const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0
  return Object.fromEntries(
    Object.entries(shown).filter(([member, value]) => !own.has(member) && !(member === 'tags' && isEmpty(value))),
  )
}
