import { describe, expect, test } from 'vitest'
import { redactor } from '../../../src/definition/secrets/redact.ts'
import { Reference } from '../../../src/engine/step.ts'
import { definitionWith as definition } from './definitionWith.ts'

const nothing = redactor([])
const knowing = redactor([definition({ environment: [{ name: 'DB_PASSWORD', value: 'hunter2222' }] })])

const placesLikeLines = [
  'Web/updateServices/0/capacityProviderStrategy/0/capacityProvider',
  'Web/updateServices/0/networkConfiguration/awsvpcConfiguration/securityGroups',
]

describe('redaction by name', () => {
  test('the value of a variable with a secret name is hidden wherever it was declared, and the name stays', () => {
    const described = {
      taskDefinition: {
        containerDefinitions: [
          {
            environment: [
              { name: 'API_TOKEN', value: 'abc' },
              { name: 'MODE', value: 'fast' },
            ],
          },
        ],
      },
    }
    expect(nothing(described)).toEqual({
      taskDefinition: {
        containerDefinitions: [
          {
            environment: [
              { name: 'API_TOKEN', value: '•••' },
              { name: 'MODE', value: 'fast' },
            ],
          },
        ],
      },
    })
  })

  test('names in EventBridge’s capitals are recognized too', () => {
    expect(nothing([{ Name: 'API_TOKEN', Value: 'abc' }])).toEqual([{ Name: 'API_TOKEN', Value: '•••' }])
  })

  test('options of a log driver are hidden by their names', () => {
    const logConfiguration = { logDriver: 'splunk', options: { 'splunk-token': 'abc', 'splunk-url': 'https://splunk' } }
    expect(nothing({ logConfiguration })).toEqual({
      logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': '•••', 'splunk-url': 'https://splunk' } },
    })
  })

  test('references to secrets stay as they are', () => {
    const secrets = [{ name: 'DB_PASSWORD', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/db' }]
    expect(nothing({ secrets })).toEqual({ secrets })
  })

  test('the environment in a target’s Input is hidden, and an Input without secrets keeps its form', () => {
    const secret =
      '{ "containerOverrides": [ { "name": "web", "environment": [ { "name": "DB_PASSWORD", "value": "x" } ] } ] }'
    expect(nothing({ Input: secret })).toEqual({
      Input: '{"containerOverrides":[{"name":"web","environment":[{"name":"DB_PASSWORD","value":"•••"}]}]}',
    })
    const open = '{ "containerOverrides": [ { "name": "web", "command": ["a"] } ] }'
    expect(nothing({ Input: open })).toEqual({ Input: open })
  })

  test('so is the environment in a template that is not JSON as a whole, in either order', () => {
    const template =
      '{"command": [<command>], "environment": [{"name": "DB_PASSWORD", "value": "pa\\"ss"}, {"value": "y", "name": "TOKEN"}, {"name": "A", "value": "b"}]}'
    expect(nothing(template)).toBe(
      '{"command": [<command>], "environment": [{"name": "DB_PASSWORD", "value": "•••"}, {"value": "•••", "name": "TOKEN"}, {"name": "A", "value": "b"}]}',
    )
  })
})

describe('redaction by form', () => {
  test.each([
    ['postgres://user:pw@host:5432/db', 'postgres://user:•••@host:5432/db'],
    ['redis://:pw@host', 'redis://:•••@host'],
    ['mongodb+srv://u:p%40ss@a,b/db', 'mongodb+srv://u:•••@a,b/db'],
    ['amqp://a:b@h1,amqp://c:d@h2', 'amqp://a:•••@h1,amqp://c:•••@h2'],
    ['postgres://user:p@ss@host/db', 'postgres://user:•••@host/db'],
    ['jdbc:postgresql://host/db?user=u&password=pw&ssl=true', 'jdbc:postgresql://host/db?user=u&password=•••&ssl=true'],
    ['could not connect to postgres://user:pw@host: refused', 'could not connect to postgres://user:•••@host: refused'],
    ['https://host:8080/path@2x.png', 'https://host:8080/path@2x.png'],
    ['https://user@host/', 'https://user@host/'],
    ['me@host.com', 'me@host.com'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----', '•••'],
    ['-----BEGIN CERTIFICATE-----', '-----BEGIN CERTIFICATE-----'],
    ['MIIEpAIBAAKCAQEA7w8dX/3Zc1Qm0Jv9LrTtYb+2kP4sN6hUeG5oFyRxWjSaDqBi', '•••'],
    // A place of a definition, as long as a line of a key.
    ...placesLikeLines.map((place): [string, string] => [place, place]),
  ])('%j becomes %j', (text, shown) => {
    expect(nothing({ name: 'ANY', value: text })).toEqual({ name: 'ANY', value: shown })
    expect(nothing(text)).toBe(shown)
  })
})

describe('redaction by value', () => {
  test('a declared secret is hidden in commands, errors, log lines and titles', () => {
    const event = {
      type: 'step.failed',
      title: 'Run `login -p hunter2222`',
      problem: { what: 'hunter2222 was refused', problems: ['web: hunter2222hunter2222'] },
      input: { overrides: { containerOverrides: [{ command: ['login', '--password=hunter2222'] }] } },
    }
    expect(knowing(event)).toEqual({
      type: 'step.failed',
      title: 'Run `login -p •••`',
      problem: { what: '••• was refused', problems: ['web: ••••••'] },
      input: { overrides: { containerOverrides: [{ command: ['login', '--password=•••'] }] } },
    })
  })

  test.each<[string, Parameters<typeof definition>[0]]>([
    ['the task definition', { environment: [{ name: 'TOKEN', value: 'hunter3333' }] }],
    ['a one-off task', { overrides: [{ name: 'TOKEN', value: 'hunter3333' }] }],
    [
      'the Input of a target',
      { input: '{"containerOverrides":[{"environment":[{"name":"TOKEN","value":"hunter3333"}]}]}' },
    ],
    ['the template of a target', { template: '{"a":<b>,"environment":[{"name":"TOKEN","value":"hunter3333"}]}' }],
    ['a URL', { environment: [{ name: 'DATABASE_URL', value: 'postgres://user:hunter3333@host' }] }],
    [
      'a URL that is secret as a whole',
      { environment: [{ name: 'SENTRY_DSN', value: 'https://user:hunter3333@host' }] },
    ],
  ])('a secret of %s is known everywhere', (_where, of) => {
    expect(redactor([definition({}), definition(of)])('psql: hunter3333 is wrong')).toBe('psql: ••• is wrong')
  })

  test('a secret is hidden in its JSON and URL encodings too', () => {
    const redact = redactor([definition({ environment: [{ name: 'TOKEN', value: 'a"b\\c d/e' }] })])
    expect(redact('said: "a\\"b\\\\c d/e"')).toBe('said: "•••"')
    expect(redact(`invalid: ${JSON.stringify(JSON.stringify('a"b\\c d/e'))}`)).toBe('invalid: "\\"•••\\""')
    expect(redact('GET /?t=a%22b%5Cc%20d%2Fe')).toBe('GET /?t=•••')
    expect(redact('{"text":"a\\"b\\\\c d/e"}')).toBe('{"text":"•••"}')
  })

  test('a secret that begins like another is hidden whole', () => {
    const redact = redactor([
      definition({
        environment: [
          { name: 'A_TOKEN', value: 'hunter2' },
          { name: 'B_TOKEN', value: 'hunter2222' },
        ],
      }),
    ])
    expect(redact('hunter2222 hunter2')).toBe('••• •••')
  })

  test.each([
    ['my_cluster', 'my_cluster web'],
    ['cluster', 'my_cluster web and cluster'],
    ['my_clus', 'my_cluster web and •••'],
    ['eu-west-1', 'arn:aws:ecs:eu-west-1:123456789012:service/my_cluster/web'],
    ['123456789012', 'arn:aws:ecs:eu-west-1:123456789012:service/my_cluster/web but •••'],
    ['my_cluster:hunter', 'my_cluster of •••'],
    ['arn:aws:ecs:eu-west-1:123456789012:secret', '•••'],
  ])('the secret %s leaves names whole: %s', (secret, shown) => {
    const redact = redactor([definition({ environment: [{ name: 'TOKEN', value: secret }] })])
    expect(redact(shown.replaceAll('•••', secret))).toBe(shown)
  })

  test('a secret is matched as text, not as a regular expression', () => {
    const redact = redactor([definition({ environment: [{ name: 'TOKEN', value: '$&.*+?(a|b)[]{}^' }] })])
    expect(redact('x $&.*+?(a|b)[]{}^ y')).toBe('x ••• y')
    expect(redact('anything else')).toBe('anything else')
  })

  test('values of fewer than 6 characters, and those of names that are not secret, are not searched for', () => {
    const redact = redactor([
      definition({
        environment: [
          { name: 'TOKEN', value: 'abcde' },
          { name: 'MODE', value: 'production' },
        ],
      }),
    ])
    expect(redact('abcde in production')).toBe('abcde in production')
  })

  test('a placeholder for a password is not a password', () => {
    const redact = redactor([
      definition({ environment: [{ name: 'DATABASE_URL', value: 'postgres://user:$DB_PASSWORD@host' }] }),
    ])
    expect(redact('echo $DB_PASSWORD')).toBe('echo $DB_PASSWORD')
  })

  test('a password that is an ordinary word, or one of our own, keeps the event readable', () => {
    const redact = redactor([
      definition({
        environment: [
          { name: 'TOKEN', value: 'deploy' },
          { name: 'B_TOKEN', value: 'service' },
          { name: 'C_TOKEN', value: 'updateService' },
        ],
      }),
    ])
    expect(redact({ type: 'service.progressed', command: 'deploy', method: 'updateService', title: 'deploy' })).toEqual(
      {
        type: 'service.progressed',
        command: 'deploy',
        method: 'updateService',
        title: 'deploy',
      },
    )
  })
})

describe('the redacted copy', () => {
  test('keeps dates, References, bytes and regular expressions as they are', () => {
    const reference = new Reference('registerTaskDefinition web', 'the new revision of web')
    const value = {
      date: new Date(0),
      reference,
      bytes: new Uint8Array([1]),
      expression: /a/g,
      none: undefined,
      null: null,
      count: 3,
      yes: true,
    }
    const copy = nothing(value)
    expect(copy).toStrictEqual(value)
    expect(copy.reference).toBe(reference)
    expect(copy.date).toBeInstanceOf(Date)
  })

  test('has the name and message of an Error, without secrets', () => {
    expect(knowing({ error: new TypeError('hunter2222 is wrong') })).toEqual({
      error: { name: 'TypeError', message: '••• is wrong' },
    })
  })

  test('keeps the order and names of members, even dangerous names', () => {
    const value = JSON.parse('{"b":1,"a":{"__proto__":{"x":"hunter2222"}},"hunter2222":2}')
    expect(JSON.stringify(knowing(value))).toBe('{"b":1,"a":{"__proto__":{"x":"•••"}},"hunter2222":2}')
  })
})

test('a text in which one redactor has found nothing is searched by the next for what that one knows', () => {
  const line = 'connected with hunter2222, as configured'
  expect(nothing({ line })).toEqual({ line })
  expect(knowing({ line })).toEqual({ line: 'connected with •••, as configured' })
  expect(nothing({ line })).toEqual({ line })
})

test('a text that means no harm in a log line is searched anew where somebody has declared it', () => {
  const line = 'password: required'
  expect(nothing({ line })).toEqual({ line })
  expect(nothing({ overrides: { line } })).toEqual({ overrides: { line: 'password: •••' } })
})
