import { spawnSync } from 'node:child_process'
import { afterAll, describe, expect, test } from 'vitest'
import { ofClasses, serviceOf } from './inProcess.ts'
import { active, emptyEnvironment, endAll, lines, pointedAt, project, repository, webExample } from './support.ts'

afterAll(endAll)

describe.concurrent('the example of the README, without credentials, region or network', () => {
  test('deploys, deploys again and rolls back, each in a process of its own', async () => {
    const { run, region } = project({ 'web.ts': webExample })
    const first = await run(['web.ts', 'deploy', 'v1.2.3', '--local'])
    expect(first, first.stderr).toMatchObject({ exitCode: 0, stdout: '' })
    expect(lines(first.stderr)).toContain('Deploying v1.2.3: WebTask (local AWS, us-east-1)')
    expect(lines(first.stderr).at(-1)).toBe('✓ Deployed v1.2.3 of WebTask.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:2', 'default/nightly': 'web:2' })

    expect(await run(['web.ts', 'deploy', 'v1.2.4', '--local'])).toMatchObject({ exitCode: 0, stdout: '' })
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:3', 'default/nightly': 'web:3' })
    expect(region().taskDefinitions['web']!.at(-1)!.taskDefinition.containerDefinitions[0]!.image).toBe(
      'my_image:v1.2.4',
    )
    expect(active(region(), 'web')).toEqual([1, 2, 3])

    const back = await run(['web.ts', 'rollback', '--local'])
    expect(back, back.stderr).toMatchObject({ exitCode: 0, stdout: '' })
    expect(lines(back.stderr).at(-1)).toBe('✓ Rolled WebTask back to web:2.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:2', 'default/nightly': 'web:2' })
    expect(active(region(), 'web')).toEqual([1, 2])
  })

  test('is rolled back when its image crashes, ends 1 and says why', async () => {
    const { run, region } = project({ 'web.ts': webExample })
    const crash = await run(['web.ts', 'deploy', 'crash', '--local'])
    expect(crash).toMatchObject({ exitCode: 1, stdout: '' })
    expect(crash.stderr).toMatch(/\d tasks stopped: Essential container in task exited/)
    expect(crash.stderr).toContain('web exited with 1')
    expect(lines(crash.stderr).at(-1)).toBe('✗ Deploy crash of WebTask failed; everything is as it was.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
    expect(active(region(), 'web')).toEqual([1])
  })

  test('does not touch its service when the migration exits with 3, which ends 1', async () => {
    const { run, region } = project({ 'web.ts': webExample })
    const failed = await run(['web.ts', 'deploy', 'exit-3', '--local'])
    expect(failed).toMatchObject({ exitCode: 1, stdout: '' })
    expect(failed.stderr).toContain('The one-off task failed: container web exited with 3.')
    expect(failed.stderr).toContain('No service was touched.')
    const { service } = region().services['my_cluster/web']!
    expect([service.taskDefinition!.split('/').at(-1), service.deployments.length]).toEqual(['web:1', 1])
    // Its first deployment, made together with the service, is still the only one.
    expect(service.deployments[0]!.createdAt).toBe(service.createdAt)
    expect(active(region(), 'web')).toEqual([1])
  })

  test('has nothing to roll back to before its first deploy: ends 2 and changes nothing', async () => {
    const { run, region } = project({ 'web.ts': webExample })
    const refused = await run(['web.ts', 'rollback', '--local'])
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
    expect(active(region(), 'web')).toEqual([1])
  })

  test('runs with the tsx program as well', () => {
    const { folder } = project({ 'web.ts': webExample })
    const { status, stdout } = spawnSync(repository('node_modules/.bin/tsx'), ['web.ts', 'debug'], {
      cwd: folder,
      env: emptyEnvironment(folder),
      encoding: 'utf8',
    })
    expect(status).toBe(0)
    expect(JSON.parse(stdout).taskDefinition.family).toBe('web')
  })
})

describe.concurrent('debug', () => {
  test('prints only the five members as JSON, and creates no local AWS', async () => {
    const { run, region } = project({ 'web.ts': webExample })
    const { exitCode, stdout, stderr } = await run(['web.ts', 'debug'])
    expect([exitCode, stderr]).toEqual([0, ''])
    const shown = JSON.parse(stdout)
    expect(Object.keys(shown).toSorted()).toEqual([
      'eventTargets',
      'runTasks',
      'schedules',
      'taskDefinition',
      'updateServices',
    ])
    expect(shown.taskDefinition.containerDefinitions[0]!.image).toBe('my_image:<image_tag>')
    expect(region).toThrow(/ENOENT/)
  })

  test('shows the names of secrets and not their values', async () => {
    const environment = [
      { name: 'DB_PASSWORD', value: 'hunter22' },
      { name: 'STAGE', value: 'production' },
    ]
    const { exitCode, stdout } = await ofClasses({ WebTask: serviceOf('web', { environment }) })(['debug'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).taskDefinition.containerDefinitions[0].environment).toEqual([
      { name: 'DB_PASSWORD', value: '•••' },
      { name: 'STAGE', value: 'production' },
    ])
  })
})
