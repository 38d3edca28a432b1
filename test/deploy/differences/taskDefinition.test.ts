import { describe, expect, it } from 'vitest'
import type { Declared } from '../../../src/definition/definition.ts'
import {
  base,
  container,
  data,
  http,
  level,
  logs,
  password,
  statsd,
  taskDefinition,
  withContainer,
  withTask,
} from './declared.ts'
import { diff, linesOf, running } from './support.ts'

const head = 'my_cluster/web, default/nightly/report: task definition web, compared with web:1'
const first = 'containerDefinitions/web'

describe('a diff says of a task definition', () => {
  it.each<[string, Declared, string[]]>([
    [
      'another image',
      withContainer({ image: 'other:<image_tag>' }),
      [`~ ${first}/image: my_image:initial → other:initial`],
    ],
    [
      'a new variable',
      withContainer({ environment: [level, password, { name: 'A', value: '1' }] }),
      [`+ ${first}/environment/A/value: 1`],
    ],
    [
      'a variable that is gone',
      withContainer({ environment: [password] }),
      [`- ${first}/environment/LEVEL/value: info`],
    ],
    [
      'another value',
      withContainer({ environment: [{ ...level, value: 'debug' }, password] }),
      [`~ ${first}/environment/LEVEL/value: info → debug`],
    ],
    [
      'another secret value, and shows neither',
      withContainer({ environment: [level, { ...password, value: 'correct-horse-2' }] }),
      [`~ ${first}/environment/DB_PASSWORD/value: changed (secret)`],
    ],
    [
      'a new secret value, and does not show it',
      withContainer({ environment: [level, password, { name: 'API_TOKEN', value: 'battery-staple' }] }),
      [`+ ${first}/environment/API_TOKEN/value: •••`],
    ],
    [
      'a URL, and not its password',
      withContainer({ environment: [level, password, { name: 'DB', value: 'postgres://web:staple-77@db/web' }] }),
      [`+ ${first}/environment/DB/value: "postgres://web:•••@db/web"`],
    ],
    [
      'another reference of a secret',
      withContainer({ secrets: [{ name: 'API_KEY', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/new' }] }),
      [
        `~ ${first}/secrets/API_KEY/valueFrom:`,
        '  arn:aws:ssm:us-east-1:123456789012:parameter/old →',
        '  arn:aws:ssm:us-east-1:123456789012:parameter/new',
      ],
    ],
    [
      'a secret that is gone',
      withContainer({ secrets: [] }),
      [`- ${first}/secrets/API_KEY/valueFrom:`, '  arn:aws:ssm:us-east-1:123456789012:parameter/old'],
    ],
    [
      'sizes of a container',
      withContainer({ cpu: 512, memory: 1024 }),
      [`~ ${first}/cpu: 256 → 512`, `~ ${first}/memory: 512 → 1024`],
    ],
    ['sizes of the task', withTask({ cpu: '.5 vCPU', memory: '1 GB' }), ['+ cpu: 512', '+ memory: 1024']],
    [
      'a new container',
      withTask({ containerDefinitions: [container, { name: 'sidecar', image: 'sidecar:v1', memory: 64 }] }),
      ['+ containerDefinitions/sidecar: { name: sidecar, image: sidecar:v1, memory: 64 }'],
    ],
    [
      'a container that is gone, and one that is new, in few words',
      withTask({ containerDefinitions: [{ name: 'api', image: 'api:v1', memory: 64 }] }),
      [
        '- containerDefinitions/web: { name: web, image: my_image:initial, cpu: 256, memory: 512,',
        '  portMappings: [{ containerPort: 80 }, { containerPort: 8125, protocol: udp }], command: [serve,',
        '  --threads, 4], environment: [{ name: DB_PASSWORD, value: "•••" }, { name: LEVEL, value: info }],',
        '  mountPoints: [{ sourceVolume: data, containerPath: /data }, { sourceVolume: logs, …',
        '+ containerDefinitions/api: { name: api, image: api:v1, memory: 64 }',
      ],
    ],
    [
      'another port',
      withContainer({ portMappings: [{ containerPort: 81 }, statsd] }),
      [
        `- ${first}/portMappings/80/tcp: { containerPort: 80 }`,
        `+ ${first}/portMappings/81/tcp: { containerPort: 81 }`,
      ],
    ],
    [
      'a host port',
      withContainer({ portMappings: [{ ...http, hostPort: 80 }, statsd] }),
      [`~ ${first}/portMappings/80/tcp/hostPort: 0 → 80`],
    ],
    [
      'a mount point',
      withContainer({ mountPoints: [data, { ...logs, readOnly: true }] }),
      [`~ ${first}/mountPoints//var/log/readOnly: false → true`],
    ],
    [
      'the words of a command',
      withContainer({ command: ['serve', '--threads', '8'] }),
      [`~ ${first}/command: [serve, --threads, 4] → [serve, --threads, 8]`],
    ],
    [
      'a label',
      withContainer({ dockerLabels: { 'traefik.enable': 'true' } }),
      [`+ ${first}/dockerLabels/traefik.enable: true`],
    ],
    [
      'tags',
      withTask({
        tags: [
          { key: 'team', value: 'b' },
          { key: 'env', value: 'prod' },
        ],
      }),
      ['~ tags/team/value: a → b', '+ tags/env/value: prod'],
    ],
    [
      'a role',
      withTask({ taskRoleArn: 'arn:aws:iam::123456789012:role/task' }),
      ['+ taskRoleArn: arn:aws:iam::123456789012:role/task'],
    ],
    [
      'a volume',
      withTask({ volumes: [...taskDefinition.volumes, { name: 'cache', host: { sourcePath: '/cache' } }] }),
      ['+ volumes/cache: { name: cache, host: { sourcePath: /cache } }'],
    ],
    [
      'a health check',
      withContainer({ healthCheck: { command: ['CMD', 'true'] } }),
      [`+ ${first}/healthCheck: { command: [CMD, true] }`],
    ],
  ])('%s', async (_, declared, lines) => {
    expect(linesOf(await diff(running(base), declared))).toEqual([head, ...lines.map((line) => `  ${line}`)])
  })
})
