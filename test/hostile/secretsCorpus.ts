// 243 made-up names, values and log lines, each with what must and what must not be shown.
import { readFileSync } from 'node:fs'
import type { Declared } from '../../src/definition/definition.ts'

interface Variable {
  readonly name: string
  readonly value: string
  /** What must be shown nowhere, and what must stay. */
  readonly hides?: readonly string[]
  readonly shows?: readonly string[]
  /** What must not be shown at its own place; elsewhere it is an ordinary word, a name, or too short. */
  readonly hidesHere?: readonly string[]
}

interface Line {
  readonly text: string
  readonly hides: readonly string[]
  readonly shows: readonly string[]
}

interface Written extends Line {
  /** How the value of the variable `of` is written behind the text. */
  readonly encodes?: keyof typeof encodings
  readonly of?: string
}

/** Ways to write a value; of each nothing may be left. */
export const encodings = {
  raw: (value: string) => value,
  json: (value: string) => JSON.stringify(value),
  'json twice': (value: string) => JSON.stringify(JSON.stringify(value)),
  'json ascii': (value: string) => value.replace(/[^a-z ]/g, unicodeEscape),
  'all escaped': (value: string) => Array.from(value, unicodeEscape).join(''),
  url: encodeURIComponent,
  'url lower': (value: string) => encodeURIComponent(value).replace(/%../g, (escape) => escape.toLowerCase()),
  form: (value: string) => new URLSearchParams({ v: value }).toString().slice(2),
  html: (value: string) =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  base64: (value: string) => Buffer.from(value).toString('base64'),
  base64url: (value: string) => Buffer.from(value).toString('base64url'),
  basic: (value: string) => `Basic ${Buffer.from(`admin:${value}`).toString('base64')}`,
  'in a URL in JSON': (value: string) =>
    JSON.stringify({ url: `https://x.example.com/?q=${encodeURIComponent(value)}` }),
}

function unicodeEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}

const data = JSON.parse(
  // Tokens stand apart in the file: whoever looks for leaked ones need not be alarmed.
  readFileSync(new URL('secretsCorpus.json', import.meta.url), 'utf8').replaceAll('¦', ''),
) as { variables: Variable[]; lines: Written[] }

export const { variables } = data

export const lines: readonly Line[] = data.lines.map(({ text, encodes, of, hides, shows }) => {
  if (!encodes) return { text, hides, shows }
  const written = encodings[encodes](variables.find(({ name }) => name === of)!.value)
  // Any eight characters in a row but those at the very ends, which base64 shares with what is beside it.
  const parts = Array.from({ length: Math.max(0, written.length - 12) }, (_, at) => written.slice(at + 2, at + 10))
  return { text: `${text}${written}`, hides: parts.filter((part) => !isOurs(part)), shows }
})

/** What the texts around a value are made of. */
function isOurs(part: string): boolean {
  return ['Basic YWRtaW46', '{"url":"https://x.example.com/?q='].some((text) => text.includes(part.slice(0, 4)))
}

/** Arguments, labels and options that are secret without being variables. */
export const elsewhere = [
  'argPw-7701',
  'two words 7702',
  'labelPw-7703',
  'splunk-7704',
  'healthPw-7705',
  'shortOpt7706',
]

/** A definition that declares all of it; `version` is part of each value that has nothing to hide but its whole. */
export function declaring(environment: readonly { name: string; value: string }[], topic: string): Declared {
  return {
    taskDefinition: {
      family: 'web',
      containerDefinitions: [
        {
          name: 'web',
          image: 'my_image:<image_tag>',
          memory: 512,
          environment: environment.map(({ name, value }) => ({ name, value })),
          command: ['serve', '--db-password', 'two words 7702', '--token=argPw-7701', '--verbose'],
          healthCheck: { command: ['CMD-SHELL', 'curl -u probe:healthPw-7705 http://localhost/ready'] },
          dockerLabels: { 'com.example.api-key': 'labelPw-7703', 'com.example.team': 'team-blue-7' },
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/ecs/web',
              'awslogs-region': 'us-east-1',
              'awslogs-stream-prefix': 'ecs',
            },
          },
          repositoryCredentials: {
            credentialsParameter: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf',
          },
        },
        {
          name: 'proxy',
          image: 'proxy:v1',
          memory: 64,
          essential: false,
          logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'splunk-7704' } },
        },
      ],
      executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    },
    runTasks: [
      {
        cluster: 'my_cluster',
        overrides: {
          containerOverrides: [{ name: 'web', command: ['mysql', '-uroot', '-pshortOpt7706', 'migrate-7'] }],
        },
      },
    ],
    updateServices: [{ cluster: 'my_cluster', service: 'web' }],
    snsNotificationTopicArn: topic,
    notificationMethodBlacklistRegex: /^$/,
  }
}
