// `init --from-…` as a user calls it: what it writes compiles, loads through the door, and shows no changes.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { importManifest } from '../../src/commands/import/copilot/fromManifest.ts'
import { importEcspresso } from '../../src/commands/import/ecspresso/fromFolder.ts'
import { classText } from '../../src/commands/import/classText.ts'
import { ecspressoFiles } from './import/ecspressoFiles.ts'
import { shapes } from './import/services.ts'
import { imported, running } from './import/support.ts'
import { serveAws } from './runningLocalAws.ts'
import { endAll, program, project, repository as at } from './support.ts'

afterAll(endAll)

const aws = serveAws({ services: ['web', 'secret'] })
const manifest = (file: string): string => readFileSync(at(`test/commands/import/manifests/${file}`), 'utf8')

test('every class that an import writes compiles under the strictest settings', async () => {
  const { folder } = project(ecspressoFiles)
  const write = (name: string, text: string): void => writeFileSync(join(folder, `${name}.ts`), text)
  for (const [index, shape] of Object.values(shapes).entries())
    write(`service${index}`, (await imported(running(shape).read)).text)
  for (const file of ['frontend.yml', 'backend.yml', 'worker.yml', 'job.yml']) {
    write(file.replace('.yml', ''), classText(importManifest(manifest(file), file)))
  }
  write('ecspresso', classText(importEcspresso(folder)))
  const compilerOptions = {
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noUnusedLocals: true,
    typeRoots: [at('node_modules/@types')],
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: at('tsconfig.json'), compilerOptions, include: ['*.ts'] }),
  )
  const compiler = at('node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' })
  expect(stdout).toBe('')
})

describe.concurrent('ecs-task init', () => {
  test('--from-service writes a class whose diff, in the words that it prints, is empty', async () => {
    const { folder, run } = project({})
    const { exitCode, stdout, stderr } = await run([program, 'init', '--from-service', 'my_cluster/web'], aws().env)
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toBe('Created _ecs/web.ts. Compare it with what runs: npx ecs-task diff initial _ecs/web.ts\n')
    expect(readFileSync(join(folder, '_ecs/web.ts'), 'utf8')).toContain("image: 'my_image:<image_tag>'")
    for (const words of [
      ['_ecs/web.ts', 'diff', 'initial'],
      [program, 'diff', 'initial', '_ecs/web.ts'],
    ]) {
      const compared = await run([...words, '--exit-code', '--json'], aws().env)
      expect([compared.exitCode, compared.stdout], compared.stderr).toEqual([0, '[]\n'])
    }
  })

  test('--from-service keeps secrets out of the file and of what it prints; without the variable the class is refused', async () => {
    const image = 'my_image:v1'
    const containerDefinitions = [
      { name: 'secret', image, memory: 512, environment: [{ name: 'API_TOKEN', value: 'battery-staple-9' }] },
    ]
    await aws().call('RegisterTaskDefinition', { family: 'secret', containerDefinitions })
    await aws().call('UpdateService', { cluster: 'my_cluster', service: 'secret', taskDefinition: 'secret' })
    const { folder, run } = project({})
    const { exitCode, stdout, stderr } = await run([program, 'init', '--from-service', 'my_cluster/secret'], aws().env)
    expect(exitCode).toBe(0)
    expect(stderr).toContain('! A value looks secret and must be set in the environment: SECRET_API_TOKEN.')
    expect(stdout + stderr + readFileSync(join(folder, '_ecs/secret.ts'), 'utf8')).not.toContain('battery-staple')
    const words = [program, 'diff', 'v1', '_ecs/secret.ts', '--exit-code', '--json']
    const without = await run(words, aws().env)
    expect([without.exitCode, without.stderr]).toEqual([
      2,
      expect.stringContaining('The environment variable SECRET_API_TOKEN is not set.'),
    ])
    const compared = await run(words, { ...aws().env, SECRET_API_TOKEN: 'battery-staple-9' })
    expect([compared.exitCode, compared.stdout], compared.stderr).toEqual([0, '[]\n'])
  })

  test('--from-copilot and --from-ecspresso write classes that debug prints', async () => {
    const { run } = project({ 'copilot/api/manifest.yml': manifest('backend.yml'), ...ecspressoFiles })
    const copilot = await run([program, 'init', '--from-copilot', 'copilot/api/manifest.yml'])
    expect([copilot.exitCode, copilot.stdout]).toEqual([
      0,
      'Created _ecs/api.ts. Compare it with what runs: npx ecs-task diff v4.2 _ecs/api.ts\n',
    ])
    const ecspresso = await run([program, 'init', '--from-ecspresso', '.', '--json'])
    expect([ecspresso.exitCode, JSON.parse(ecspresso.stdout)]).toEqual([0, { files: ['_ecs/web.ts'] }])
    const env = {
      STAGE: 'dev',
      JSON: '{}',
      SSM_SHOP_DB_ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/db',
      TFSTATE_AWS_IAM_ROLE_EXECUTION_ARN: 'arn:aws:iam::123456789012:role/execution',
      WEB_API_TOKEN: 'x',
    }
    for (const file of ['_ecs/api.ts', '_ecs/web.ts']) {
      const { exitCode, stderr } = await run([file, 'debug'], env)
      expect(exitCode, stderr).toBe(0)
    }
  })

  test('never overwrites a file', async () => {
    const { folder, run } = project({ '_ecs/web.ts': 'mine' })
    const { exitCode, stdout, stderr } = await run([program, 'init', '--from-service', 'my_cluster/web'], aws().env)
    expect([exitCode, stdout, readFileSync(join(folder, '_ecs/web.ts'), 'utf8')]).toEqual([2, '', 'mine'])
    expect(stderr).toContain('_ecs/web.ts already exists')
  })

  test.each([
    ['--from-service web', '--from-service web names no service.'],
    ['--from-service my_cluster/wbe', 'There is no service wbe in cluster my_cluster.'],
    ['--from-service no_cluster/web', 'There is no cluster no_cluster.'],
    ['--from-service my_cluster/web --stack', "A stack file can't say all of what my_cluster/web runs."],
    ['--from-copilot missing.yml', 'missing.yml cannot be read.'],
    ['--from-ecspresso .', '. has no files of ecspresso.'],
    ['--from-copilot a --from-service b/c', '--from-service and --from-copilot exclude each other.'],
    ['web --from-service b/c', 'web and --from-service exclude each other.'],
    ['--stack', '--stack says how to import, and nothing is imported.'],
  ])('refuses %s and writes nothing', async (words, problem) => {
    const { folder, run } = project({})
    const { exitCode, stdout, stderr } = await run([program, 'init', ...words.split(' ')], aws().env)
    expect([exitCode, stdout, existsSync(join(folder, '_ecs'))]).toEqual([2, '', false])
    expect(stderr).toContain(`✗ ${problem}`)
  })
})
