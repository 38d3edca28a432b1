import { describe, expect, test } from 'vitest'
import { containerOf, problemsIn, serviceOf, stackOf } from './support.ts'

const base = `
vpc: {id: vpc-1, subnets: {public: [subnet-a, subnet-b], private: [subnet-c]}}
logging: {log_driver: awslogs, options: {awslogs-group: /base, awslogs-region: eu-west-1}}
defaults: {memory: 256, environment: [LEVEL: info, ZONE: utc]}
services:
  - web:
      image: web:v1
      ports: [80, 443]
      environment: {LEVEL: debug, COLOR: blue}
      elb: {type: public, ports: {container: 80}, healthcheck: {path: /health, interval_seconds: 20}}
  - worker: {image: worker:v1}
`

describe('a later file', () => {
  test('adds services after the existing ones', () => {
    const { services } = stackOf([base, 'services: [cron: {image: cron:v1, type: task}]'])
    expect(services.map(({ name }) => name)).toEqual(['web', 'worker', 'cron'])
    expect(services[2]).toMatchObject({ type: 'task', containers: [{ memory: 256, environment: { ZONE: 'utc' } }] })
  })

  test('changes only what it names of a service', () => {
    const later = 'services: [web: {image: web:v2, environment: {COLOR: red, SIZE: 1}, elb: {healthcheck: {path: /}}}]'
    const [web, worker] = stackOf([base, later]).services
    const [before] = stackOf([base]).services
    expect(web).toEqual({
      ...before,
      containers: [
        {
          ...before?.containers[0],
          image: 'web:v2',
          environment: { LEVEL: 'debug', ZONE: 'utc', COLOR: 'red', SIZE: '1' },
        },
      ],
      elb: { ...before?.elb, healthcheck: { ...before?.elb?.healthcheck, path: '/', intervalSeconds: 20 } },
    })
    expect(worker?.containers[0].image).toBe('worker:v1')
  })

  test('replaces a list', () => {
    expect(stackOf([base, 'services: {web: {ports: [80]}}']).services[0]?.containers[0].ports).toHaveLength(1)
    expect(stackOf([base, 'vpc: {subnets: {public: [subnet-x, subnet-y]}}']).vpc?.subnets).toEqual({
      public: ['subnet-x', 'subnet-y'],
      private: ['subnet-c'],
    })
  })

  test('replaces the whole logging', () => {
    const { services } = stackOf([base, 'logging: {log_driver: syslog}'])
    expect(services[0]?.containers[0].logging).toEqual({ logDriver: 'syslog', options: {} })
  })

  test('merges defaults by name', () => {
    const { services } = stackOf([base, 'defaults: {environment: {ZONE: cet}}'])
    expect(services[1]?.containers[0]).toMatchObject({ memory: 256, environment: { LEVEL: 'info', ZONE: 'cet' } })
  })

  test('may supply what the first file leaves out', () => {
    expect(stackOf(['services: [web: {memory: 64}]', 'services: [web: {image: web:v1}]']).services).toHaveLength(1)
  })

  test('has its own mistakes reported in it, whatever it is merged into', () => {
    expect(problemsIn([base, '\nservices:\n  - web:\n      ports: [8080]\n      memory: lots\n'])).toEqual([
      'a.yml:10:46: services/web/elb/ports/container: 80 is not among the ports of the container: 8080',
      'b.yml:5:15: services/web/memory: must be a whole number of MiB, at least 6, not "lots"',
    ])
  })

  test('does not replace a file that cannot be read', () => {
    expect(problemsIn(['services: [web: {memory: 64}', 'services: [web: {imgae: a}]'])).toEqual([
      'a.yml:1:29: a ] is missing before this, or this is not indented as far as what it belongs to',
      'b.yml:1:18: services/web/imgae: is not a key of a service; did you mean image?',
    ])
  })
})

describe('defaults', () => {
  test('are overridden by a service, map by map', () => {
    const common = 'memory: 64, healthcheck: {command: "true", interval: 10}'
    const own = 'image: web:v1, memory: 128, healthcheck: {interval: 20}'
    const web = stackOf([`defaults: {${common}}\nservices: [web: {${own}}]`]).services[0]!.containers[0]
    expect(web.memory).toBe(128)
    expect(web.healthcheck).toEqual({
      command: ['CMD-SHELL', 'true'],
      interval: 20,
      timeout: 5,
      retries: 3,
      startPeriod: 0,
    })
  })

  test('drop a variable that a service has as a secret', () => {
    const more = 'defaults: {environment: {KEY: "1", LEVEL: info}}\n'
    const web = containerOf('task_execution_role_arn: role\nsecrets: {KEY: some-arn}', more)
    expect([web.environment, web.secrets]).toEqual([{ LEVEL: 'info' }, { KEY: 'some-arn' }])
  })

  test('give a task no settings that only services have', () => {
    const more =
      'defaults: {deployment_configuration: {maximum_percent: 150, deployment_circuit_breaker: {enable: false}}}\n'
    expect(serviceOf('type: task', more).deploymentConfiguration).toEqual({
      maximumPercent: 200,
      minimumHealthyPercent: 50,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    })
  })

  test('give additional containers only the logging', () => {
    const more = 'logging: {log_driver: syslog}\ndefaults: {environment: {LEVEL: info}}\n'
    const [, proxy] = serviceOf('containers: [proxy: {image: nginx, memory: 32}]', more).containers
    expect(proxy).toMatchObject({ memory: 32, environment: {}, logging: { logDriver: 'syslog', options: {} } })
  })
})
