import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRunner } from '../../src/commands/program/packageRunner.ts'
import { nameOf } from '../../src/ground/names.ts'
import { type Project, lines, pointedAt, program, project, repository as at } from './support.ts'

const kinds = ['web', 'worker', 'scheduled']
const ofStack = ['stack.schema.json', 'stack.yml']
const service = (name: string): string => `my_cluster/${name}`
const templates = {
  web: { family: 'web', services: [service('web')], rules: [] },
  worker: { family: 'worker', services: [service('worker')], rules: [] },
  scheduled: { family: 'scheduled', services: [], rules: ['default/nightly'] },
}

test('init offers a template of each kind, and no other', () => {
  expect(readdirSync(at('templates')).toSorted()).toEqual([...kinds.map((kind) => `${kind}.ts`), ...ofStack].toSorted())
})

describe.concurrent('what init writes', () => {
  test.each(Object.entries(templates))(
    'deploys on the local AWS unchanged: %s',
    async (kind, { family, services, rules }) => {
      const { folder, run, region: regionOf } = project({})
      expect(await run([program, 'init', kind])).toMatchObject({ exitCode: 0, stderr: '' })
      expect(read(folder, `_ecs/${kind}.ts`)).toBe(read(at('templates'), `${kind}.ts`))
      const deployed = await run([`_ecs/${kind}.ts`, 'deploy', 'v1.2.3', '--local'])
      expect(deployed, deployed.stderr).toMatchObject({ exitCode: 0, stdout: '' })
      const region = regionOf()
      const { taskDefinition } = region.taskDefinitions[family]!.at(-1)!
      expect(taskDefinition.containerDefinitions[0]!.image).toBe('my_image:v1.2.3')
      expect(pointedAt(region)).toEqual(
        Object.fromEntries([...services, ...rules].map((name) => [name, nameOf(taskDefinition['taskDefinitionArn'])])),
      )
    },
  )

  test('is a web service with a migration by default', async () => {
    const { folder, run } = project({})
    const { exitCode, stdout } = await run([program, 'init'])
    expect([exitCode, stdout]).toEqual([0, 'Created _ecs/web.ts. Try it: npx ecs-task deploy v1 _ecs/web.ts --local\n'])
    expect(read(folder, '_ecs/web.ts')).toContain('runTasks')
  })

  test.each(['commonjs', ''])('is in a folder of ES modules where the project has the type "%s"', async (type) => {
    const { folder, run } = project({}, { type })
    const { stdout } = await run([program, 'init'])
    expect(stdout).toMatch(/^Created _ecs\/web.ts and _ecs\/package.json. Try it: /)
    expect(JSON.parse(read(folder, '_ecs/package.json'))).toEqual({ private: true, type: 'module' })
    await run([program, 'init', 'worker'])
    expect(readdirSync(join(folder, '_ecs')).toSorted()).toEqual(['package.json', 'web.ts', 'worker.ts'])
  })

  test('leaves the type of a folder that has other files', async () => {
    const { folder, run } = project({ '_ecs/mine.ts': "require('node:fs')" }, { type: 'commonjs' })
    await run([program, 'init'])
    expect(readdirSync(join(folder, '_ecs')).toSorted()).toEqual(['mine.ts', 'web.ts'])
  })

  test.each([
    ['npm', { 'package-lock.json': '' }, '', 'npx'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, '', 'pnpm'],
    ['yarn', { 'yarn.lock': '' }, '', 'yarn'],
    ['Bun', { 'bun.lock': '' }, '', 'bunx'],
    ['npm, by its lock file,', { 'package-lock.json': '' }, 'pnpm/10.34.9 npm/? node/v24.9.0', 'npx'],
    ['pnpm, which runs it,', {}, 'pnpm/10.34.9 npm/? node/v24.9.0', 'pnpm'],
    ['Bun, which runs it,', {}, 'bun/1.4.5 npm/? node/v24.9.0', 'bunx'],
  ])('is run in a project of %s by a command that works there', (_, files, agent, runner) => {
    const { folder } = project(files)
    expect(packageRunner(folder, { npm_config_user_agent: agent })).toBe(runner)
  })

  test('is a stack, and beside it the schema that its first line names', async () => {
    const { folder, run } = project({})
    expect(await run([program, 'init', 'stack'])).toMatchObject({ exitCode: 0, stderr: '' })
    expect(readdirSync(join(folder, '_ecs')).toSorted()).toEqual(ofStack)
    for (const file of ofStack) expect(read(folder, `_ecs/${file}`)).toBe(read(at('templates'), file))
  })

  test('is a stack that deploys on the local AWS unchanged, after which diff finds no changes', async () => {
    const { run, region: regionOf } = project({})
    await run([program, 'init', 'stack'])
    const words = ['my-cluster', '-f', '_ecs/stack.yml', '--local']
    const deployed = await run([program, 'cluster', 'deploy', ...words, '--no-wait'])
    expect(deployed, deployed.stderr).toMatchObject({ exitCode: 0, stdout: '' })
    const { services, loadBalancers } = regionOf()
    const names = ['admin', 'agent', 'email-worker', 'report', 'shop', 'user', 'web']
    expect(Object.keys(services).toSorted()).toEqual(names.map((name) => `my-cluster/${name}`))
    const made = Object.values(loadBalancers).map(({ loadBalancer }): string => loadBalancer.LoadBalancerName)
    expect(made.toSorted()).toEqual(['admin', 'my-cluster-web-main-lb', 'shared'])
    const { stdout, ...ended } = await run([program, 'cluster', 'diff', ...words])
    expect(ended).toEqual({ exitCode: 0, stderr: 'Using local AWS, us-east-1\n' })
    // A tag is no content: what only has the same name is said.
    expect(stdout).toMatch(/^! Compared by name: [^]*--redeploy\.\nNo changes\.\n$/)
  })

  test('never overwrites a file beside a stack', async () => {
    const { folder, run } = project({ '_ecs/stack.schema.json': 'mine' })
    const { exitCode, stderr } = await run([program, 'init', 'stack'])
    expect([exitCode, existsSync(join(folder, '_ecs/stack.yml'))]).toEqual([2, false])
    expect(stderr).toContain('_ecs/stack.schema.json already exists')
  })

  test('never overwrites an existing file', async () => {
    const { folder, run } = project({ '_ecs/web.ts': 'mine' })
    const { exitCode, stdout, stderr } = await run([program, 'init', 'web'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('_ecs/web.ts already exists')
    expect(read(folder, '_ecs/web.ts')).toBe('mine')
  })

  test('is nothing where a file or a dangling link is in the way, and says which', async () => {
    const [file, folderLink, link] = [project({ _ecs: 'mine' }), project({}), project({ '_ecs/mine.ts': '' })]
    symlinkSync('nowhere', join(folderLink.folder, '_ecs'))
    for (const name of ofStack) symlinkSync(join('..', 'nowhere'), join(link.folder, '_ecs', name))
    const said = async ({ run }: Project): Promise<readonly string[]> => {
      const { exitCode, stdout, stderr } = await run([program, 'init', 'stack'])
      expect([exitCode, stdout]).toEqual([2, ''])
      return lines(stderr)
    }
    expect((await said(file))[0]).toBe('✗ _ecs is not a folder.')
    expect((await said(folderLink))[0]).toBe('✗ _ecs is a symbolic link that leads nowhere.')
    const both = (await said(link)).join('\n')
    for (const name of ofStack) expect(both).toContain(`_ecs/${name} is a symbolic link that leads nowhere.`)
    expect(read(file.folder, '_ecs')).toBe('mine')
    for (const { folder } of [folderLink, link]) expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  test('is nothing for an unknown kind', async () => {
    const { folder, run } = project({})
    const { exitCode, stderr } = await run([program, 'init', 'wbe'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Choose one of web, worker, scheduled, stack.')
    expect(existsSync(join(folder, '_ecs'))).toBe(false)
  })

  test('deploys to Fargate with its commented lines enabled', async () => {
    const { run, region: regionOf } = project({ '_ecs/web.ts': uncommented(read(at('templates'), 'web.ts')) })
    const { exitCode, stderr } = await run(['_ecs/web.ts', 'deploy', 'v1', '--local'])
    expect(exitCode, stderr).toBe(0)
    const region = regionOf()
    const oneOff = Object.values(region.tasks).find((record) => record.service === undefined)!
    expect(oneOff.task.launchType).toBe('FARGATE')
    expect(region.taskDefinitions['web']!.at(-1)!.taskDefinition.containerDefinitions[0]!.healthCheck!.interval).toBe(
      10,
    )
  })
})

test.concurrent.each(readdirSync(at('_ecs')))('the example deploys on the local AWS: %s', async (file) => {
  const { run } = project({ [file]: read(at('_ecs'), file) })
  const { exitCode, stderr } = await run([file, 'deploy', 'v1.2.3', '--local'])
  expect(exitCode, stderr).toBe(0)
})

test('the templates compile under the strictest settings, with their commented lines too, and a misspelt member does not compile', async () => {
  const { folder } = project({})
  for (const kind of kinds) {
    const text = read(at('templates'), `${kind}.ts`)
    writeFileSync(join(folder, `${kind}.ts`), text)
    writeFileSync(join(folder, `${kind}.uncommented.ts`), uncommented(text))
  }
  writeFileSync(
    join(folder, 'misspelt.ts'),
    read(at('templates'), 'worker.ts').replace('updateServices:', 'updateService:'),
  )
  const config = { extends: at('tsconfig.json'), compilerOptions, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = at('node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' })
  const said = stdout.split('\n').filter((line) => /^\S/.test(line))
  expect(said).toEqual([expect.stringMatching(/^misspelt\.ts.*updateService/)])
})

const compilerOptions = {
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  types: [],
}

/** `// cpu: '256',` becomes a line that counts; what is a sentence stays a comment. */
function uncommented(text: string): string {
  return text.replace(/^(\s*)\/\/ (\w+: .*,)$/gm, '$1$2')
}

function read(directory: string, file: string): string {
  return readFileSync(join(directory, file), 'utf8')
}
