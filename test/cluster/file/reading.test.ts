import { describe, expect, test } from 'vitest'
import { readStack } from '../../../src/cluster/file/readStack.ts'
import { containerOf, problemsIn, problemsOf, serviceOf, stackOf } from './support.ts'

const vpc =
  'vpc: {id: vpc-1, subnets: {public: [subnet-a, subnet-b], private: [subnet-c]}, security_groups: {private: [sg-1]}}\n'

describe('a value', () => {
  test('of an environment variable keeps the text that it is written with', () => {
    const keys = 'environment: {A: 8080, B: 1.10, C: true, D: "007", E: 0x1F, F: "", G: ~x, H: 1_000}'
    expect(containerOf(keys).environment).toEqual({
      A: '8080',
      B: '1.10',
      C: 'true',
      D: '007',
      E: '0x1F',
      F: '',
      G: '~x',
      H: '1_000',
    })
  })

  test('may be a number or a text where a number is required', () => {
    expect(serviceOf('desired_count: "3"').desiredCount).toBe(3)
  })

  test.each([
    ['"8080:80"', { host: 8080, container: 80, protocol: 'tcp' }],
    ['8080:80', { host: 8080, container: 80, protocol: 'tcp' }],
    ['80', { host: undefined, container: 80, protocol: 'tcp' }],
    ['"80"', { host: undefined, container: 80, protocol: 'tcp' }],
    ['0:80', { host: undefined, container: 80, protocol: 'tcp' }],
    ['53:53/udp', { host: 53, container: 53, protocol: 'udp' }],
    ['53/tcp', { host: undefined, container: 53, protocol: 'tcp' }],
  ])('is a port: %s', (written, port) => {
    expect(containerOf(`ports: [${written}]`).ports).toEqual([port])
  })

  test.each([
    ['data:/mnt:/data', { name: 'data', host: '/mnt', container: '/data', readOnly: false }],
    ['data:/mnt:/data:ro', { name: 'data', host: '/mnt', container: '/data', readOnly: true }],
    ['data:/mnt:/data:rw', { name: 'data', host: '/mnt', container: '/data', readOnly: false }],
    ['data:/data', { name: 'data', host: undefined, container: '/data', readOnly: false }],
    ['data:/data:ro', { name: 'data', host: undefined, container: '/data', readOnly: true }],
  ])('is a volume: %s', (written, volume) => {
    expect(containerOf(`volumes: ["${written}"]`).volumes).toEqual([volume])
  })

  test.each([
    ['run all', ['run', 'all']],
    ["sh -c 'echo a  b'", ['sh', '-c', 'echo a  b']],
    [String.raw`say "a \"b\" $$c" d\ e ''`, ['say', 'a "b" $c', 'd e', '']],
    ['  run  ', ['run']],
    [String.raw`"a\nb"`, [String.raw`a\nb`]],
  ])('is a command, split as a shell does: %s', (written, command) => {
    expect(containerOf(`command: |\n  ${written}`).command).toEqual(command)
  })

  test('is a command with its words unchanged', () => {
    expect(containerOf('command: [sleep, 10, "a b"]').command).toEqual(['sleep', '10', 'a b'])
  })

  test('is a health check, for the shell or not', () => {
    expect(containerOf('healthcheck: {command: curl -f localhost || exit 1}').healthcheck).toEqual({
      command: ['CMD-SHELL', 'curl -f localhost || exit 1'],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 0,
    })
    expect(containerOf('healthcheck: {command: [CMD, curl]}').healthcheck?.command).toEqual(['CMD', 'curl'])
  })
})

describe('a map of names', () => {
  test('may be a list of maps with one key, or a map', () => {
    const [list, map] = ['services: [web: {image: a, memory: 64}]', 'services: {web: {image: a, memory: 64}}']
    expect(stackOf([list])).toEqual(stackOf([map]))
    expect(containerOf('environment: [A: 1, B: 2]')).toEqual(containerOf('environment: {A: 1, B: 2}'))
  })

  test('may have any names, those of Object.prototype too', () => {
    const text =
      'services: [constructor: {image: a, memory: 64, environment: {toString: a, __proto__: b, hasOwnProperty: c}}]'
    const [service] = stackOf([text]).services
    expect(service?.name).toBe('constructor')
    expect(Object.entries(service?.containers[0].environment ?? {})).toEqual([
      ['toString', 'a'],
      ['__proto__', 'b'],
      ['hasOwnProperty', 'c'],
    ])
    expect(problemsOf('constructor: a\n__proto__: b')).toEqual([
      '5:7: services/web/constructor: is not a key of a service; `ecs-task init stack` writes a file with every key',
      '6:7: services/web/__proto__: is not a key of a service; `ecs-task init stack` writes a file with every key',
    ])
  })
})

describe('an anchor', () => {
  test('is copied by its aliases, and << lets a map add its own keys', () => {
    const text = `
x-base: &base
  image: base:v1
  environment: &common {LEVEL: info, ZONE: utc}
x-more: &more {image: more:v1, memory: 256}
services:
  - web:
      <<: [*base, *more]
      environment: {<<: *common, LEVEL: debug}
  - worker: *more
`
    const [web, worker] = stackOf([text]).services.map(({ containers: [own] }) => own)
    expect([web?.image, web?.memory, web?.environment]).toEqual(['base:v1', 256, { LEVEL: 'debug', ZONE: 'utc' }])
    expect([worker?.image, worker?.memory]).toEqual(['more:v1', 256])
  })

  test('has its mistakes reported once, however often it is used', () => {
    const text =
      'x-a: &a {image: a, memory: lots}\nservices:\n  - web: *a\n  - api: {<<: *a, memory: 64}\n  - job: {<<: *a}\n'
    expect(problemsIn([text])).toEqual([
      'a.yml:1:28: services/web/memory: must be a whole number of MiB, at least 6, not "lots"',
    ])
    expect(problemsIn(['x-a: &a {image: $A, memory: 64}\nservices: [web: *a, api: *a]'])).toEqual([
      'a.yml:1:17: the variable A is not set; set it, or write $$ for a dollar sign',
    ])
  })

  test('of an anchor of an anchor does not fill the memory', () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `x-${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`,
    )
    const problems = problemsIn([['x-0: &a0 [a, a, a]', ...lines, 'services: []'].join('\n')])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('this is more than any stack holds: its aliases repeat each other')
  })
})

describe('on Fargate', () => {
  const fargate = 'launch_type: FARGATE\ncpu: 256'

  test('the size of a service is that of its task', () => {
    const { cpu, memory, containers } = serviceOf(fargate, vpc)
    expect([cpu, memory, containers[0].cpu, containers[0].memory]).toEqual([256, 512, undefined, undefined])
    const onInstance = serviceOf('cpu: 256')
    expect([onInstance.cpu, onInstance.memory]).toEqual([undefined, undefined])
    expect(onInstance.containers[0]).toMatchObject({ cpu: 256, memory: 512 })
  })

  test('tasks are where their network says, and otherwise in the private subnets', () => {
    expect(serviceOf(fargate, vpc).network).toBeUndefined()
    expect(serviceOf(`${fargate}\nnetwork: {assign_public_ip: true}`, vpc).network).toEqual({
      subnets: ['subnet-c'],
      securityGroups: ['sg-1'],
      assignPublicIp: true,
    })
  })
})

describe('a setting without effect is a warning', () => {
  const warningsOf = (text: string): readonly string[] => readStack([{ name: 'a.yml', text }], {}).warnings

  test('the number of tasks of a DAEMON, but not that of the defaults', () => {
    const agent = 'image: a, memory: 64, network_mode: bridge, scheduling_strategy: DAEMON'
    expect(warningsOf(`services: [agent: {${agent}, desired_count: 2}]`)).toEqual([
      'a.yml:1:108: services/agent/desired_count: has no effect on a DAEMON, which has one task on each instance',
    ])
    expect(warningsOf(`defaults: {desired_count: 2}\nservices: [agent: {${agent}}]`)).toEqual([])
  })

  test('a setting of an existing load balancer', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1'
    const elb = `{target_group_arn: "${arn}", ports: {container: 80}, healthcheck: {path: /}}`
    expect(warningsOf(`services: [web: {image: a, memory: 64, ports: [80], elb: ${elb}}]`)).toEqual([
      expect.stringContaining('services/web/elb/healthcheck: has no effect beside target_group_arn'),
    ])
  })
})

describe('the network mode', () => {
  const modesOf = (text: string): string[] => stackOf([text]).services.map(({ networkMode }) => networkMode)

  test('is the one that is said, or what the ports need, or an address of its own', () => {
    const plain = 'image: a, memory: 64'
    const network = 'vpc: {id: vpc-1, subnets: {private: [subnet-1]}}\nservice_discovery: {namespace: a.b}'
    const text = `${network}
services:
  - quiet: {${plain}}
  - same: {${plain}, ports: ["80:80"]}
  - other: {${plain}, ports: ["8080:80"]}
  - any: {${plain}, ports: [9]}
  - found: {${plain}, ports: [9], dns_discovery: {name: found}}
  - said: {${plain}, ports: ["80:80"], network_mode: bridge}
  - alone: {${plain}, network_mode: none}
  - own: {${plain}, network_mode: awsvpc}
`
    expect(modesOf(text)).toEqual(['host', 'host', 'bridge', 'bridge', 'awsvpc', 'bridge', 'none', 'awsvpc'])
    expect(readStack([{ name: 'a.yml', text }], {}).warnings).toEqual([
      'a.yml:4:5: network_mode of quiet, same is host, as in ecs-compose: the containers have the ports of the instance. Say network_mode: host or, for ports of their own, bridge.',
    ])
    const all = `defaults: {network_mode: bridge}\n${text}`
    expect(modesOf(all)).toEqual(['bridge', 'bridge', 'bridge', 'bridge', 'awsvpc', 'bridge', 'none', 'awsvpc'])
    expect(readStack([{ name: 'a.yml', text: all }], {}).warnings).toEqual([])
  })
})

test('a DAEMON is deployed with the defaults of AWS', () => {
  expect(serviceOf('scheduling_strategy: DAEMON').deploymentConfiguration).toEqual({
    maximumPercent: 100,
    minimumHealthyPercent: 0,
    deploymentCircuitBreaker: { enable: true, rollback: true },
  })
})

test('a service behind an existing target group needs no VPC', () => {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1'
  expect(serviceOf(`ports: [80]\nelb: {target_group_arn: "${arn}", ports: {container: 80}}`).elb).toMatchObject({
    targetGroupArn: arn,
    type: 'private',
    ports: { public: 80, container: 80 },
  })
})

test('a namespace may have several levels', () => {
  const text = `${vpc}service_discovery: {namespace: a.b.example.local}\nservices: []`
  expect(stackOf([text]).namespace).toBe('a.b.example.local')
})

test('a byte order mark and Windows line endings are accepted', () => {
  const text = '\uFEFFservices:\r\n  - web:\r\n      image: a\r\n      memory: 1\r\n'
  expect(problemsIn([text])).toEqual([
    'a.yml:4:15: services/web/memory: must be a whole number of MiB, at least 6, not "1"',
  ])
})
