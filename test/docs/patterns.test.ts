// The patterns of docs/patterns.md: each is a file in docs/patterns, which compiles, and deploys to the local AWS as the page says.
import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, describe, expect, it } from 'vitest'
import { type DeclaredTask, handedInDuring } from '../../src/commands/files/door.ts'
import { selected } from '../../src/commands/files/selected.ts'
import { nameOfClass } from '../../src/definition/read.ts'
import { nameOf } from '../../src/ground/names.ts'
import type { Region } from '../../src/local/world/world.ts'
import { capturing } from '../commands/inProcess.ts'
import { serveAws } from '../commands/runningLocalAws.ts'
import { endAll, program, project } from '../commands/support.ts'
import { times } from '../deploy/fleet.ts'
import { fixturesOf, stage } from '../deploy/support.ts'
import { at, blocks, text } from './pages.ts'

afterAll(endAll)

const files = readdirSync(at('docs/patterns')).toSorted()
const patternText = (file: string): string => text(`docs/patterns/${file}`)

/** The classes that a pattern hands to `main()`. */
const tasksOf = async (pattern: string): Promise<readonly DeclaredTask[]> =>
  (await handedInDuring(() => import(`../../docs/patterns/${pattern}.ts`))).tasks

/** A local AWS with what all of these deploy to, and the deploy of those that `--only` names. */
function staged(tasks: readonly DeclaredTask[], only?: readonly string[]) {
  const context = capturing({ program: 'ecs-task', declared: tasks, env: {} })
  const { declared } = selected(context, { only, exclude: undefined })
  const named = declared.map(({ source, name }) => Object.assign(source, { name: nameOfClass(source, name) }))
  return stage(named, { made: fixturesOf(tasks.map(({ source }) => source)) })
}

/** The containers of the revision that a service of a region runs. */
function containersOf({ services, taskDefinitions }: Region, service: string) {
  const [family = '', revision] = nameOf(services[service]!.service.taskDefinition!).split(':')
  return taskDefinitions[family]![Number(revision) - 1]!.taskDefinition.containerDefinitions
}

describe('the page of patterns', () => {
  it('shows each file of docs/patterns as it is, and no other', () => {
    const shown = blocks(text('docs/patterns.md'), 'ts')
    expect(shown.toSorted()).toEqual(files.map(patternText).toSorted())
  })

  it('has files that compile under the strictest settings', () => {
    const { folder } = project(Object.fromEntries(files.map((file) => [file, patternText(file)])))
    const compilerOptions = { noImplicitOverride: true, noPropertyAccessFromIndexSignature: true }
    const typeRoots = [at('node_modules/@types')]
    const config = {
      extends: at('tsconfig.json'),
      compilerOptions: { ...compilerOptions, typeRoots },
      include: ['*.ts'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const compiler = at('node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' })
    expect(stdout).toBe('')
  })
})

describe('on the local AWS', () => {
  it('classes have what the class that they extend declares, and what is their own', async () => {
    const { deploy, world, tasks } = staged(await tasksOf('baseClass'))
    expect(await deploy('v1.2.3')).toMatchObject({ exitCode: 0 })
    const [[web], [worker]] = [containersOf(world(), 'shop/web'), containersOf(world(), 'shop/worker')]
    const options = { 'awslogs-group': '/shop', 'awslogs-region': 'us-east-1' }
    expect(web).toMatchObject({ image: 'shop:v1.2.3', memory: 512, logConfiguration: { options } })
    expect(worker).toMatchObject({ image: 'shop:v1.2.3', memory: 1024, logConfiguration: { options } })
    expect([web?.command, worker?.command]).toEqual([[], ['./manage.py', 'work']])
    expect(tasks().filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(4)
  })

  it('each environment is a class with its own cluster; prod waits for staging, and --only deploys one', async () => {
    const tasks = await tasksOf('environments')
    const both = staged(tasks)
    const { exitCode, events } = await both.deploy('v1')
    expect([exitCode, both.runs('staging/api'), both.runs('prod/api')]).toEqual([0, 'api-staging:2', 'api-prod:2'])
    expect(containersOf(both.world(), 'staging/api')).toMatchObject([
      { image: 'api:v1', memory: 256, environment: [{ name: 'STAGE', value: 'staging' }] },
    ])
    expect(containersOf(both.world(), 'prod/api')).toMatchObject([
      { image: 'api:v1', memory: 1024, environment: [{ name: 'STAGE', value: 'prod' }] },
    ])
    const timesOf = times(events)
    expect(timesOf['updateService prod/api']!.began).toBe(timesOf['updateService staging/api']!.ended)

    const one = staged(tasks, ['ApiStaging'])
    expect(await one.deploy('v1')).toMatchObject({ exitCode: 0, summary: 'Deployed v1 of ApiStaging.' })
    expect([one.runs('staging/api'), one.runs('prod/api')]).toEqual(['api-staging:2', 'api-prod:1'])
    expect(one.active('api-prod')).toEqual(['api-prod:1'])

    const failed = staged(tasks)
    expect(await failed.deploy('crash')).toMatchObject({ exitCode: 1 })
    expect([failed.runs('staging/api'), failed.runs('prod/api')]).toEqual(['api-staging:1', 'api-prod:1'])
  })

  it('50 services are 50 classes of one function, of which --only deploys one', async () => {
    const tasks = await tasksOf('fleet')
    const all = staged(tasks)
    expect(await all.deploy('v1', { maxInFlight: 10, keepGoing: true })).toMatchObject({ exitCode: 0 })
    const region = all.world()
    const tenants = Object.keys(region.services)
    expect(tenants).toHaveLength(50)
    for (const service of tenants) {
      const tenant = nameOf(service)
      expect(all.runs(service)).toBe(`${tenant}:2`)
      expect(containersOf(region, service)).toMatchObject([
        { image: 'app:v1', environment: [{ name: 'TENANT', value: tenant }] },
      ])
    }

    const one = staged(tasks, ['tenant-07'])
    expect(await one.deploy('v1')).toMatchObject({ exitCode: 0, summary: 'Deployed v1 of tenant-07.' })
    expect(tenants.filter((service) => one.runs(service).endsWith(':2'))).toEqual(['tenants/tenant-07'])
  })

  it('a shared sidecar runs in the tasks of each class, and starts first', async () => {
    const { deploy, world, tasks } = staged(await tasksOf('sidecar'))
    expect(await deploy('v1')).toMatchObject({ exitCode: 0 })
    for (const name of ['cart', 'checkout']) {
      const [own, collector, ...others] = containersOf(world(), `my_cluster/${name}`)
      expect(own).toMatchObject({ name, image: `${name}:v1`, dependsOn: [{ containerName: 'collector' }] })
      expect(own?.environment).toEqual([{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://localhost:4318' }])
      expect(collector).toMatchObject({ name: 'collector', essential: false })
      expect(others).toEqual([])
    }
    const running = tasks().filter(({ lastStatus }) => lastStatus === 'RUNNING')
    expect(running.map(({ containers }) => containers.length)).toEqual([2, 2, 2, 2])
  })
})

describe('values that are read when the file is loaded', () => {
  const aws = serveAws({ services: [] })
  const outputs = {
    cluster_name: { value: 'prod' },
    execution_role_arn: { value: 'arn:aws:iam::123456789012:role/execution' },
    private_subnets: { value: ['subnet-1', 'subnet-2'] },
    security_group: { value: 'sg-1' },
  }
  const projectWith = (terraform: object) =>
    project({
      'terraform.json': JSON.stringify(terraform),
      '_ecs/terraform.ts': patternText('terraform.ts'),
      '_ecs/parameters.ts': patternText('parameters.ts'),
    })
  const words = [program, 'deploy', 'v1', '_ecs', '--local']

  it('are those of Terraform and of the Parameter Store; one that is missing is refused before anything is written', async () => {
    const ssm = new SSMClient({})
    const put = (Name: string, Value: string) => ssm.send(new PutParameterCommand({ Name, Value, Type: 'String' }))
    await put('/search/cluster', 'prod')
    const missing = await projectWith(outputs).run(words, aws().env)
    expect([missing.exitCode, missing.stdout]).toEqual([2, ''])
    expect(missing.stderr).toContain('SearchTask/taskDefinition/containerDefinitions/0/memory')

    await put('/search/memory', '384')
    const { run, region } = projectWith(outputs)
    const { exitCode, stderr } = await run(words, aws().env)
    expect(exitCode, stderr).toBe(0)
    const { service } = region().services['prod/billing']!
    expect(service.networkConfiguration?.awsvpcConfiguration).toMatchObject({
      subnets: ['subnet-1', 'subnet-2'],
      securityGroups: ['sg-1'],
    })
    expect(containersOf(region(), 'prod/billing')).toMatchObject([{ image: 'billing:v1' }])
    expect(containersOf(region(), 'prod/search')).toMatchObject([{ image: 'search:v1', memory: 384 }])
    expect(region().taskDefinitions['billing']!.at(-1)!.taskDefinition.executionRoleArn).toBe(
      outputs.execution_role_arn.value,
    )
  })
})
