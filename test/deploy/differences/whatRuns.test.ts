import { describe, expect, it } from 'vitest'
import type { Declared } from '../../../src/definition/definition.ts'
import { read } from '../../../src/definition/read.ts'
import { web } from '../declared.ts'
import { fixturesOf, stage } from '../support.ts'
import { diff, linesOf, running } from './support.ts'

const services = ['web', 'worker', 'admin'].map((service) => ({ cluster: 'my_cluster', service }))
const plain = (more: Partial<Declared> = {}): Declared => web({ runTasks: [], eventTargets: [], ...more })
const withCpu = (cpu: number): Declared['taskDefinition'] => ({
  family: 'web',
  containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', cpu, memory: 512 }],
})

/** Three services that run revisions 1, 2 and 2 of a family, of which a fourth is the newest. */
function apart() {
  const staged = stage(plain({ updateServices: services }))
  for (const cpu of [128, 64, 32]) {
    const registered = JSON.parse(JSON.stringify(withCpu(cpu)).replace('<image_tag>', 'initial'))
    staged.call('ecs', 'RegisterTaskDefinition', registered)
  }
  for (const service of ['worker', 'admin'])
    staged.call('ecs', 'UpdateService', { cluster: 'my_cluster', service, taskDefinition: 'web:2' })
  return staged
}

describe('a diff compares with what runs', () => {
  it('and not with the newest revision', async () => {
    const staged = running(plain())
    staged.call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'other:v9', memory: 64 }],
    })
    expect(linesOf(await diff(staged, plain()))).toEqual([])
    expect(linesOf(await diff(staged, plain(), 'v2'))).toEqual([
      'my_cluster/web: task definition web, compared with web:1',
      '  ~ containerDefinitions/web/image: my_image:initial → my_image:v2',
    ])
  })

  it('apart where services run different revisions', async () => {
    const declared = plain({ taskDefinition: withCpu(256), updateServices: services })
    expect(linesOf(await diff(apart(), declared, 'v2'))).toEqual([
      'my_cluster/web: task definition web, compared with web:1',
      '  ~ containerDefinitions/web/image: my_image:initial → my_image:v2',
      'my_cluster/worker, my_cluster/admin: task definition web, compared with web:2',
      '  ~ containerDefinitions/web/image: my_image:initial → my_image:v2',
      '  ~ containerDefinitions/web/cpu: 128 → 256',
    ])
  })

  it('together where different revisions differ in the same', async () => {
    const staged = apart()
    staged.call(
      'ecs',
      'RegisterTaskDefinition',
      JSON.parse(JSON.stringify(withCpu(256)).replace('<image_tag>', 'initial')),
    )
    staged.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'worker', taskDefinition: 'web:5' })
    const declared = plain({ taskDefinition: withCpu(256), updateServices: services.slice(0, 2) })
    expect(linesOf(await diff(staged, declared, 'v2'))).toEqual([
      'my_cluster/web, my_cluster/worker: task definition web, compared with web:1, web:5',
      '  ~ containerDefinitions/web/image: my_image:initial → my_image:v2',
    ])
  })

  it('and names only the services that have to move where one runs already what is declared', async () => {
    const declared = plain({ taskDefinition: withCpu(256), updateServices: services })
    expect(linesOf(await diff(apart(), declared))).toEqual([
      'my_cluster/worker, my_cluster/admin: task definition web, compared with web:2',
      '  ~ containerDefinitions/web/cpu: 128 → 256',
    ])
  })

  it('of several classes', async () => {
    const other = {
      ...plain(),
      taskDefinition: { ...withCpu(1), family: 'api' },
      updateServices: [{ cluster: 'my_cluster', service: 'api' }],
    }
    const staged = stage([plain(), other])
    expect(
      linesOf(await diff(staged, [plain(), { ...other, taskDefinition: { ...withCpu(2), family: 'api' } }])),
    ).toEqual(['my_cluster/api: task definition api, compared with api:1', '  ~ containerDefinitions/web/cpu: 1 → 2'])
  })

  it('that was deregistered', async () => {
    const staged = running(plain())
    staged.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
    expect(linesOf(await diff(staged, plain()))).toEqual([])
  })

  it('of another family', async () => {
    const staged = stage(plain(), {
      made: {
        ...fixturesOf([read(plain(), 'A').definition]),
        services: [
          {
            cluster: 'my_cluster',
            service: 'web',
            taskDefinition: {
              ...withCpu(256),
              family: 'old',
              containerDefinitions: [{ name: 'web', image: 'my_image:initial', cpu: 256, memory: 512 }],
            },
          },
        ],
      },
    })
    expect(linesOf(await diff(staged, plain()))).toEqual([
      'my_cluster/web: task definition web, compared with old:1',
      '  ~ family: old → web',
    ])
  })
})

describe('a diff of one-off tasks alone', () => {
  const migration = web({ updateServices: [], eventTargets: [] })

  it('compares with the newest revision, and says so', async () => {
    const staged = stage(migration)
    for (const image of ['my_image:v1', 'my_image:v2'])
      staged.call('ecs', 'RegisterTaskDefinition', {
        family: 'web',
        containerDefinitions: [{ name: 'web', image, cpu: 256, memory: 512 }],
      })
    expect(linesOf(await diff(staged, migration, 'v2'))).toEqual([])
    expect(linesOf(await diff(staged, migration, 'v3'))).toEqual([
      'Task definition web, compared with web:2, its newest ACTIVE revision: nothing declared runs it',
      '  ~ containerDefinitions/web/image: my_image:v2 → my_image:v3',
    ])
  })

  it('shows all of a family that has no revision', async () => {
    expect(linesOf(await diff(stage(migration), migration, 'v1'))).toEqual([
      'Task definition web, new: it has no ACTIVE revision',
      '  + family: web',
      '  + containerDefinitions/web: { name: web, image: my_image:v1, cpu: 256, memory: 512 }',
    ])
  })
})

describe('a diff of many classes', () => {
  const tenants = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
    taskDefinition: { family: name, containerDefinitions: [{ name: 'app', image: 'app:<image_tag>', memory: 64 }] },
    updateServices: [{ cluster: 'my_cluster', service: name, enableExecuteCommand: name !== 'a' }],
  }))

  it('tells once what is the same for several families and services', async () => {
    const [two, all] = [tenants.slice(1, 3), tenants.slice(0, 6)]
    expect(linesOf(await diff(stage(two), two, 'v2'))).toEqual([
      'my_cluster/b, my_cluster/c: their task definitions, compared with b:1, c:1',
      '  ~ containerDefinitions/app/image: app:initial → app:v2',
      'Services my_cluster/b, my_cluster/c',
      '  ~ enableExecuteCommand: false → true',
    ])
    expect(linesOf(await diff(stage(all), all, 'v2'), 200)).toEqual([
      '6 services and targets: my_cluster/a, my_cluster/b, … and 4 more: their task definitions, compared with 6 revisions: a:1, b:1, … and 4 more',
      '  ~ containerDefinitions/app/image: app:initial → app:v2',
      'Services my_cluster/b, my_cluster/c, my_cluster/d, my_cluster/e, my_cluster/f',
      '  ~ enableExecuteCommand: false → true',
    ])
  })
})

describe('a diff says what is pruned', () => {
  it('where a new revision is registered, and nothing where none is', async () => {
    const staged = running(plain())
    for (const tag of ['v1', 'v2']) await staged.deploy(tag)
    const declared = plain({ activeTaskCount: 3 })
    expect(linesOf(await diff(staged, declared, 'v2'))).toEqual([])
    expect(linesOf(await diff(staged, declared, 'v3'))).toEqual([
      'my_cluster/web: task definition web, compared with web:3',
      '  ~ containerDefinitions/web/image: my_image:v2 → my_image:v3',
      'Deregisters web:1',
    ])
  })
})

describe('what AWS does not show', () => {
  const without = (denied: string): Parameters<typeof stage>[1] => ({
    meddle: ({ operation }) => {
      if (operation !== denied) return undefined
      const message = `User is not authorized to perform: ecs:${operation}`
      return { status: 400, body: { __type: 'AccessDeniedException', message } }
    },
  })

  it('ends a diff, which could not look', async () => {
    const staged = running(plain(), without('DescribeTaskDefinition'))
    await expect(diff(staged, plain())).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const { exitCode, plan } = await staged.deploy('v2', { dryRun: true })
    expect([exitCode, plan?.warnings]).toEqual([
      0,
      ['What runs (web:1) is not compared: the permission ecs:DescribeTaskDefinition is missing.'],
    ])
  })

  it('is not taken for new where the revisions of a family may not be listed, and nothing points at one', async () => {
    const migration = web({ updateServices: [], eventTargets: [] })
    const staged = stage(migration, without('ListTaskDefinitions'))
    await expect(diff(staged, migration, 'v1')).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const { plan } = await staged.deploy('v1', { dryRun: true })
    expect(plan?.stages.flatMap(({ steps }) => steps.flatMap((step) => step.differences ?? []))).toEqual([])
    expect(plan?.warnings.join()).toContain('The revisions of web could not be listed')
    // What runs is known anyway.
    const known = await diff(running(plain(), without('ListTaskDefinitions')), plain(), 'v2')
    expect(linesOf(known)).toHaveLength(2)
  })
})
