import { describe, expect, it } from 'vitest'
import type { EcsTaskError } from '../../src/ground/errors.ts'
import { sampled } from '../sampled.ts'
import { type Keys, edge, fileOf, migrate, report, user } from './stacks.ts'
import { clusterStage } from './support.ts'

/** A service with a text at each key that takes one, as far as `everything` has none there. */
const worker = {
  image: 'registry.example:5000/shop/worker:v1',
  memory: 64,
  network_mode: 'bridge',
  command: ['run', 'it'],
  entrypoint: ['sh', '-c'],
  environment: { LEVEL: 'info' },
  ports: ['8081:80'],
  volumes: ['data:/mnt/data:/var/lib/data:ro'],
  healthcheck: { command: ['CMD', 'true'] },
  logging: { log_driver: 'awslogs', options: { 'awslogs-region': 'us-east-1', 'awslogs-group': '/ecs/worker' } },
  placement_constraints: [{ type: 'memberOf', expression: 'attribute:ecs.os-type == linux' }],
  task_role_arn: 'arn:aws:iam::123456789012:role/worker',
  depends_on: ['migrate'],
  containers: { proxy: { image: 'proxy:v1', memory: 64 } },
} as const satisfies Keys

const services = {
  migrate,
  user,
  edge: { ...edge, elb: { ...edge.elb, tls_policy: 'ELBSecurityPolicy-2016-08' } },
  report,
  worker,
}

type Path = readonly string[]

/** The paths of all texts. */
function textsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => textsOf(one, [...path, key]))
}

/** A copy with another text at a path. */
function withText(value: unknown, [key, ...rest]: Path, text: string): unknown {
  if (key === undefined) return text
  const entries = Object.entries(value as object).map(([name, one]) => [
    name,
    name === key ? withText(one, rest, text) : one,
  ])
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries)
}

const hostile = {
  'a line break': 'a1\nb',
  'a blank': 'a1 b',
  'another alphabet': 'ä✓',
  'many characters': 'x'.repeat(300),
  'a quote': 'a"b',
}

const cases = textsOf(services).flatMap((path) =>
  Object.entries(hostile).map(([what, text]) => ({ at: `${what} at ${path.join('/')}`, path, text })),
)

describe('whatever text stands at a key of a stack', () => {
  it('the deploy is done, or refused before the first write with its path', { timeout: 600_000 }, async () => {
    const wrong: unknown[] = []
    for (const { at, path, text } of sampled(cases, 6)) {
      const stage = clusterStage()
      stage.given(fileOf(services))
      // A group that nobody has made is another matter: its tasks never start.
      if (path.at(-1) === 'awslogs-group' && /^[\w./#-]{1,512}$/.test(text))
        stage.call('logs', 'CreateLogGroup', { logGroupName: text })
      const file = fileOf(withText(services, path, text) as typeof services)
      const refused = await stage.deploy([file]).then(
        ({ result, writes }) => {
          const isClean = result.exitCode === 0 || (result.exitCode === 2 && writes.length === 0)
          return isClean ? undefined : [result.exitCode, result.problem?.what, result.problem?.why]
        },
        (error: EcsTaskError) =>
          error.code === 'BadDefinition' && JSON.stringify(error.problems).includes('services/')
            ? undefined
            : error.message,
      )
      if (refused !== undefined) wrong.push([at, refused])
    }
    expect(wrong).toEqual([])
  })
})
