import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { read } from '../../../src/definition/read.ts'
import { classText } from '../../../src/commands/import/classText.ts'
import { importManifest } from '../../../src/commands/import/copilot/fromManifest.ts'
import { expressionOf } from '../../../src/commands/import/copilot/schedule.ts'
import { sampled } from '../../sampled.ts'
import { evaluated } from './support.ts'

const folder = new URL('./manifests/', import.meta.url)
const manifests = readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const)
const textOf = (name: string): string => manifests.find(([file]) => file === name)![1]
const env = { COPILOT_ENVIRONMENT_NAME: 'test', HOST: 'shop.example.com', TAG: 'v9' }

/** The class that is written of a manifest, as text and as it is read. */
function imported(text: string) {
  const found = importManifest(text, 'manifest.yml')
  const written = classText(found)
  const source = evaluated(written, { ...env, ...Object.fromEntries(found.variables) })
  const { definition, warnings } = read(source, 'Imported')
  return { ...found, text: written, definition, readWarnings: warnings }
}

type Path = readonly (string | number)[]

/** The places of all values in which there are no others. */
function leavesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.length === 0 ? [path] : entries.flatMap(([key, member]) => leavesIn(member, [...path, key]))
}

/** A copy in which another value stands at a place. */
function changed(value: unknown, [key, ...rest]: Path): unknown {
  if (key !== undefined) {
    const copy = structuredClone(value) as Record<string | number, unknown>
    copy[key] = changed(copy[key], rest)
    return copy
  }
  if (typeof value === 'number') return value + 1
  return typeof value === 'boolean' ? !value : `${typeof value === 'string' ? value : ''}x`
}

describe('init --from-copilot', () => {
  it.each(manifests)('writes a class that can be deployed, without a warning: %s', (_file, text) => {
    const { readWarnings, warnings } = imported(text)
    expect([readWarnings, warnings.join().includes('a deploy replaces it')]).toEqual([[], false])
    expect(imported(text).definition.taskDefinition.requiresCompatibilities).toEqual(['FARGATE'])
  })

  it('drops nothing: another value anywhere in a manifest makes another file', () => {
    const all = manifests.flatMap(([file, text]) => {
      const manifest: unknown = parse(text)
      return leavesIn(manifest).map((path) => ({ file, manifest, path }))
    })
    expect(all.length).toBeGreaterThan(170)
    const whole = (text: string): string => {
      const found = importManifest(text, 'manifest.yml')
      return classText(found) + [...found.variables.values()].join()
    }
    const written = new Map(manifests.map(([file, text]) => [file, whole(text)]))
    const dropped = sampled(all, 8).filter(({ file, manifest, path }) => {
      try {
        return whole(stringify(changed(manifest, path))) === written.get(file)
      } catch {
        return false
      }
    })
    expect(dropped.map(({ file, path }) => `${file}: ${path.join('.')}`)).toEqual([])
  })

  it('says what a web service is', () => {
    const { definition, text, tag } = imported(textOf('frontend.yml'))
    const [container, proxy, , router] = definition.taskDefinition.containerDefinitions
    expect(tag).toBeUndefined()
    expect(definition.taskDefinition).toMatchObject({
      family: 'storefront',
      cpu: '512',
      memory: '2048',
      pidMode: 'task',
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'ARM64' },
      ephemeralStorage: { sizeInGiB: 40 },
    })
    expect(container).toMatchObject({
      name: 'storefront',
      image: 'my_image:<image_tag>',
      entryPoint: ['/entry', '--strict'],
      command: ['serve', '--threads', '4'],
      portMappings: [{ containerPort: 8080 }],
      healthCheck: { interval: 15, timeout: 6, retries: 4, startPeriod: 90 },
      dependsOn: [
        { containerName: 'proxy', condition: 'START' },
        { containerName: 'warm-up', condition: 'SUCCESS' },
      ],
      ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }],
      environment: [
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'STAGE', value: 'test' },
        { name: 'URL', value: 'https://shop.example.com/api' },
        { name: 'LITERAL', value: '${not_a_variable}' },
        { name: 'RETRIES', value: '3' },
      ],
    })
    expect(proxy).toMatchObject({
      image: 'public.ecr.aws/nginx/nginx:1.27',
      essential: false,
      entryPoint: ['/start', 'proxy'],
    })
    expect(router).toMatchObject({
      name: 'firelens_log_router',
      firelensConfiguration: { options: { 'config-file-value': '/fluent.conf' } },
    })
    expect(definition.updateServices).toEqual([
      {
        cluster: 'my_cluster',
        service: 'storefront',
        deploymentConfiguration: {
          minimumHealthyPercent: 0,
          maximumPercent: 100,
          alarms: { alarmNames: ['shop-errors', 'shop-latency'], enable: true, rollback: true },
        },
        enableExecuteCommand: true,
      },
    ])
    expect(text).toContain('//   http.healthcheck.path: /ready\n')
    expect(text).toContain('//   environments.prod.http.alias: prod.example.com\n')
  })

  it('takes the tag of the image for what is deployed, whether it is written or a variable', () => {
    const api = imported(textOf('backend.yml'))
    expect([api.tag, api.definition.taskDefinition.containerDefinitions.map(({ image }) => image)]).toEqual([
      'v4.2',
      ['api', 'nginx'].map((name) => `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/${name}:<image_tag>`),
    ])
    const worker = imported(textOf('worker.yml'))
    expect(worker.definition.taskDefinition.containerDefinitions[0]?.image).toBe(
      'registry.example.com/worker:<image_tag>',
    )
    expect(worker.text).toContain('// The tag was the variable TAG: deploy it as TAG.\n')
  })

  it('keeps secrets out of the file, and lets no key break out of a comment', () => {
    const { text, variables } = imported(textOf('worker.yml'))
    expect(text).not.toContain('correct-horse-battery')
    expect([...variables]).toEqual([['WORKER_DB_PASSWORD', 'correct-horse-battery']])
    expect(text).toContain('// // x: */ `${not}`')
  })

  it('keeps secrets out of comments, too', () => {
    const secrets =
      'environments: { prod: { variables: { DB_PASSWORD: hunter2hunter2, URL: "postgres://a:pass4word@db" } } }'
    const { text } = imported(`${textOf('backend.yml')}${secrets}`)
    expect(text).toContain('//   environments.prod.variables.DB_PASSWORD: •••\n')
    expect(text).toContain('//   environments.prod.variables.URL: postgres://a:•••@db\n')
  })

  it.each([
    ['@daily', 'cron(0 0 * * ? *)'],
    ['@hourly', 'cron(0 * * * ? *)'],
    ['@every 1h', 'rate(1 hour)'],
    ['@every 90m', 'rate(90 minutes)'],
    ['@every 30s', undefined],
    ['rate(5 minutes)', 'rate(5 minutes)'],
    ['cron(0 9 3W * ? *)', 'cron(0 9 3W * ? *)'],
    ['0 9 * * 1-5', 'cron(0 9 ? * 2-6 *)'],
    ['*/5 * * * *', 'cron(*/5 * * * ? *)'],
    ['0 0 1 * *', 'cron(0 0 1 * ? *)'],
    ['0 0 * * 0,7', 'cron(0 0 ? * 1,1 *)'],
    ['0 0 1 * 1', undefined],
    ['soon', undefined],
  ])('starts a job that runs %s by a schedule', (written, expression) => {
    expect(expressionOf(written)).toBe(expression)
  })

  it.each([
    ['type: Request-Driven Web Service\nname: a', "can't be imported", 'App Runner'],
    ['type: Static Site\nname: a', "can't be imported", 'CloudFront'],
    ['type: Environment\nname: a', 'no manifest of a service or a job', '"Environment"'],
    ['just a text', 'no manifest of a service or a job', 'missing'],
    ['a: [1', "can't be read as YAML", ''],
    ['a: &a [*a]', "can't be read as YAML", ''],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}`, "can't be read as YAML", 'nested too deep'],
    [`a: ${'['.repeat(1_000)}`, "can't be read as YAML", ''],
    ['type: Worker Service', 'has no name', ''],
  ])('refuses what it cannot import: %s', (text, what, why) => {
    const refused = (): unknown => importManifest(text, 'manifest.yml')
    expect(refused).toThrow(what)
    try {
      refused()
    } catch (error) {
      expect((error as { why?: string }).why ?? '').toContain(why)
    }
  })
})
