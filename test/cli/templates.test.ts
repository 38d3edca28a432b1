import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'ecs-task-templates-'))
afterAll(() => rmSync(folder, { recursive: true }))

const kinds = ['web', 'worker', 'scheduled']
const service = (name: string): string => `my_cluster/${name}`
const templates = {
  web: { family: 'web', services: [service('web')], rules: [] },
  worker: { family: 'worker', services: [service('worker')], rules: [] },
  scheduled: { family: 'scheduled', services: [], rules: ['default/nightly'] },
}

test('there is a template of every kind that init offers, and no other', () => {
  expect(readdirSync(at('templates')).toSorted()).toEqual(kinds.map((kind) => `${kind}.ts`).toSorted())
})

describe.concurrent('what init writes', () => {
  test.each(Object.entries(templates))(
    'deploys on the local AWS as it is: %s',
    async (kind, { family, services, rules }) => {
      const project = emptyProject(kind)
      expect(await ecsTask(project, 'init', kind)).toMatchObject({ exitCode: 0, stderr: '' })
      expect(read(project, `_ecs/${kind}.ts`)).toBe(read(at('templates'), `${kind}.ts`))
      const deployed = await tsx(project, `_ecs/${kind}.ts`, 'deploy', 'v1.2.3', '--local')
      expect(deployed, deployed.stderr).toMatchObject({ exitCode: 0, stdout: '' })
      const region = JSON.parse(read(project, '.ecs-task/local.json')).regions['us-east-1']
      const { taskDefinition } = region.taskDefinitions[family].at(-1)
      expect(taskDefinition.containerDefinitions[0].image).toBe('my_image:v1.2.3')
      expect(pointedAt(region)).toEqual(
        Object.fromEntries([...services, ...rules].map((name) => [name, taskDefinition.taskDefinitionArn])),
      )
    },
  )

  test('is a web service with a migration when no kind is named', async () => {
    const project = emptyProject('unnamed')
    const { exitCode, stdout } = await ecsTask(project, 'init')
    expect([exitCode, stdout]).toEqual([0, '_ecs/web.ts is written. Try it: npx tsx _ecs/web.ts deploy v1 --local\n'])
    expect(read(project, '_ecs/web.ts')).toContain('runTasks')
  })

  test('never overwrites what is there', async () => {
    const project = emptyProject('taken')
    mkdirSync(join(project, '_ecs'))
    writeFileSync(join(project, '_ecs/web.ts'), 'mine')
    const { exitCode, stdout, stderr } = await ecsTask(project, 'init', 'web')
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('_ecs/web.ts is there already')
    expect(read(project, '_ecs/web.ts')).toBe('mine')
  })

  test('is nothing when the kind is not one of them', async () => {
    const project = emptyProject('unknown')
    const { exitCode, stderr } = await ecsTask(project, 'init', 'wbe')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Choose one of web, worker, scheduled.')
    expect(existsSync(join(project, '_ecs'))).toBe(false)
  })

  test('goes to Fargate when its commented lines are made to count', async () => {
    const project = emptyProject('fargate')
    mkdirSync(join(project, '_ecs'))
    writeFileSync(join(project, '_ecs/web.ts'), uncommented(read(at('templates'), 'web.ts')))
    const { exitCode, stderr } = await tsx(project, '_ecs/web.ts', 'deploy', 'v1', '--local')
    expect(exitCode, stderr).toBe(0)
    const region = JSON.parse(read(project, '.ecs-task/local.json')).regions['us-east-1']
    const oneOff = Object.values<any>(region.tasks).find((record) => record.service === undefined)
    expect(oneOff.task.launchType).toBe('FARGATE')
    expect(region.taskDefinitions.web.at(-1).taskDefinition.containerDefinitions[0].healthCheck.interval).toBe(10)
  })
})

test.concurrent.each(readdirSync(at('_ecs')))('the example deploys on the local AWS: %s', async (file) => {
  const { exitCode, stderr } = await tsx(emptyProject(file), at(`_ecs/${file}`), 'deploy', 'v1.2.3', '--local')
  expect(exitCode, stderr).toBe(0)
})

test('the templates compile under the strictest settings, with their commented lines too, and a misspelt member does not', async () => {
  const project = emptyProject('types')
  for (const kind of kinds) {
    const text = read(at('templates'), `${kind}.ts`)
    writeFileSync(join(project, `${kind}.ts`), text)
    writeFileSync(join(project, `${kind}.uncommented.ts`), uncommented(text))
  }
  writeFileSync(
    join(project, 'misspelt.ts'),
    read(at('templates'), 'worker.ts').replace('updateServices:', 'updateService:'),
  )
  const config = { extends: at('tsconfig.json'), compilerOptions, include: ['*.ts'] }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
  const { stdout } = await node(project, {}, at('node_modules/typescript/bin/tsc'), '-p', '.')
  // The package's own source is compiled too, which users never do: only what is said of this folder counts.
  const said = stdout.split('\n').filter((line) => /^(?!\.\.)\S/.test(line))
  expect(said).toEqual([expect.stringMatching(/^misspelt\.ts.*updateService/)])
})

const compilerOptions = {
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  types: [],
  paths: { 'ecs-task': [at('src/index.ts')] },
}

/** `// cpu: '256',` becomes a line that counts; what is a sentence stays a comment. */
function uncommented(text: string): string {
  return text.replace(/^(\s*)\/\/ (\w+: .*,)$/gm, '$1$2')
}

/** Which revision each service runs and each rule's first target starts, in a region of the local AWS's state. */
function pointedAt({ services, rules }: any): Record<string, string> {
  const running = Object.entries<any>(services).map(([name, { service: one }]) => [name, one.taskDefinition])
  const started = Object.entries<any>(rules).map(([name, { targets }]) => [
    name,
    targets[0].EcsParameters.TaskDefinitionArn,
  ])
  return Object.fromEntries([...running, ...started])
}

interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

function emptyProject(name: string): string {
  const project = join(folder, name)
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  return project
}

function read(directory: string, file: string): string {
  return readFileSync(join(directory, file), 'utf8')
}

/** The `ecs-task` program, from the sources. */
function ecsTask(project: string, ...words: string[]): Promise<Ended> {
  return tsx(project, at('src/cli.ts'), ...words)
}

/** A file that imports `ecs-task`, which is the sources here, with nothing of this machine's own AWS settings. */
function tsx(project: string, ...words: string[]): Promise<Ended> {
  return node(project, { TSX_TSCONFIG_PATH: at('tsconfig.json') }, '--import', import.meta.resolve('tsx'), ...words)
}

function node(cwd: string, more: Record<string, string>, ...words: string[]): Promise<Ended> {
  const env = { PATH: dirname(process.execPath), HOME: folder, NO_COLOR: '1', ...more }
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}
