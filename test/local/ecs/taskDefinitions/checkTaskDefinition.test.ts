import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { awslogs, container, refusal, role } from './taskDefinitionSupport.ts'

const containers = (...list: Unchecked[]): Unchecked => ({
  containerDefinitions: list.map((one, index) => ({ ...container, name: `c${index}`, ...one })),
})

const mapped = (hostPort?: number): Unchecked => ({ portMappings: [{ containerPort: 80, hostPort }] })

const sized = (value: string): Unchecked => ({ environment: [{ name: 'A', value }] })

describe('RegisterTaskDefinition refuses', () => {
  it.each([
    ['', 'ClientException: Family should not be null or empty.'],
    ['my app', 'ClientException: Family contains invalid characters.'],
    ['app:1', 'ClientException: Family contains invalid characters.'],
    ['a'.repeat(256), 'ClientException: Family contains invalid characters.'],
  ])('the family %j', (family, message) => {
    expect(refusal({ family })).toBe(message)
  })

  it('a task definition without a family or a list of containers', () => {
    expect(refusal({ family: undefined })).toMatch(/^InvalidParameterException: .*'family'/)
    expect(refusal({ containerDefinitions: undefined })).toMatch(/^InvalidParameterException: .*'containerDefinitions'/)
    expect(refusal({ containerDefinitions: [] })).toBe('ClientException: Container list cannot be empty.')
  })

  it('more than 10 containers', () => {
    const list = Array.from({ length: 11 }, () => ({}))
    expect(refusal(containers(...list.slice(1)))).toBe('taken')
    expect(refusal(containers(...list))).toMatch(/^ClientException: .* more than 10 containers/)
  })

  it.each([
    [undefined, 'ClientException: Container.name should not be null or empty.'],
    ['', 'ClientException: Container.name should not be null or empty.'],
    ['my web', 'ClientException: Container.name contains invalid characters.'],
  ])('the container name %j', (name, message) => {
    expect(refusal({}, { name })).toBe(message)
  })

  it('two containers of one name', () => {
    expect(refusal(containers({ name: 'web' }, { name: 'log' }, { name: 'web' }))).toMatch(/unique.*'web'/)
  })

  it('a container without an image', () => {
    expect(refusal({}, { image: undefined })).toBe('ClientException: Container.image should not be null or empty.')
    expect(refusal({}, { image: '' })).toBe('ClientException: Container.image should not be null or empty.')
  })

  it.each([
    'app:<image_tag>',
    'app:v1 ',
    'app:',
    ':v1',
    'app:v1:v2',
    'app:-v1',
    'app:a/b',
    `app:${'a'.repeat(129)}`,
    'app@sha256',
    'app:{image_tag}',
    'äpp',
  ])('the image %j', (image) => {
    expect(refusal({}, { image })).toBe('ClientException: Container.image contains invalid characters.')
  })

  it.each([
    'app',
    'app:v1.2.3_rc-1',
    'library/app:latest',
    'localhost:5000/team/app',
    'registry.example.com:5000/team/app:v1',
    `app@sha256:${'0a'.repeat(32)}`,
    `public.ecr.aws/team/app:v1@sha256:${'0a'.repeat(32)}`,
    `app:${'a'.repeat(128)}`,
  ])('but takes the image %j', (image) => {
    expect(refusal({}, { image })).toBe('taken')
  })

  it('a container without memory in a task without memory', () => {
    const message =
      "ClientException: Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified."
    expect(refusal({}, { memory: undefined })).toBe(message)
    expect(refusal({}, { memory: undefined, memoryReservation: 64 })).toBe('taken')
    expect(refusal({ memory: '512' }, { memory: undefined })).toBe('taken')
  })

  it('a container that reserves more memory than it may have', () => {
    expect(refusal({}, { memory: 128, memoryReservation: 129 })).toMatch(/^ClientException: .*container 'web'/)
    expect(refusal({}, { memory: 128, memoryReservation: 128 })).toBe('taken')
  })

  it('a task without an essential container', () => {
    expect(refusal(containers({ essential: false }, { essential: false }))).toBe(
      "ClientException: Task definition doesn't have any essential container.",
    )
    expect(refusal(containers({ essential: false }, {}))).toBe('taken')
  })

  it.each(['cpu', 'memory'])('a setting of %s that is no amount', (member) => {
    for (const value of ['lots', '0', '-256', '1.5', '', '1 vGPU', '1 TB']) {
      expect(refusal({ [member]: value })).toBe(
        `ClientException: Invalid '${member}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
      )
    }
  })

  it('a network mode and a compatibility that ECS does not have', () => {
    expect(refusal({ networkMode: 'vpc' })).toMatch(/^InvalidParameterException: networkMode should be one of/)
    expect(refusal({ requiresCompatibilities: ['LAMBDA'] })).toMatch(
      /^InvalidParameterException: requiresCompatibilities should be one of/,
    )
    for (const networkMode of ['bridge', 'host', 'none', 'awsvpc']) expect(refusal({ networkMode })).toBe('taken')
  })

  it.each(['awsvpc', 'host'])('another host port than the container’s with networkMode %s', (networkMode) => {
    expect(refusal({ networkMode }, mapped(8080))).toBe(
      `ClientException: When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`,
    )
    expect(refusal({ networkMode }, mapped(80))).toBe('taken')
    expect(refusal({ networkMode }, mapped())).toBe('taken')
    expect(refusal({ networkMode: 'bridge' }, mapped(8080))).toBe('taken')
  })

  it('an empty list of tags', () => {
    expect(refusal({ tags: [] })).toBe('InvalidParameterException: Tags can not be empty.')
  })

  it('awslogs without a group or a region', () => {
    const message = 'ClientException: Log driver awslogs requires options: awslogs-region, awslogs-group'
    expect(refusal({}, { logConfiguration: { logDriver: 'awslogs' } })).toBe(message)
    const options = { 'awslogs-group': '/app' }
    expect(refusal({}, { logConfiguration: { logDriver: 'awslogs', options } })).toBe(message)
    expect(refusal({}, { logConfiguration: awslogs })).toBe('taken')
    expect(refusal({}, { logConfiguration: { logDriver: 'json-file' } })).toBe('taken')
  })

  it('secrets without an execution role', () => {
    const secrets = [{ name: 'TOKEN', valueFrom: 'token' }]
    expect(refusal({}, { secrets })).toBe(
      "ClientException: When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    )
    expect(refusal({ executionRoleArn: role }, { secrets })).toBe('taken')
  })

  it('references to an unknown container or volume', () => {
    const unknown = { links: ['db:database'], volumesFrom: [{ sourceContainer: 'db' }] }
    expect(refusal({}, { links: unknown.links })).toBe(
      "ClientException: Invalid 'links' setting. Unknown container: 'db'.",
    )
    expect(refusal({}, { volumesFrom: unknown.volumesFrom })).toBe(
      "ClientException: Invalid 'volumesFrom' setting. Unknown container: 'db'.",
    )
    expect(refusal({}, { mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] })).toBe(
      "ClientException: Unknown volume 'data'.",
    )
    expect(refusal({}, { dependsOn: [{ containerName: 'db', condition: 'START' }] })).toBe(
      "ClientException: Cannot depend on container + 'db' because it does not exist",
    )
  })

  it('but accepts references to a container before or after it', () => {
    const mountPoints = [{ sourceVolume: 'data', containerPath: '/data' }]
    const dependsOn = [{ containerName: 'db', condition: 'START' }]
    const web = { links: ['db:database'], volumesFrom: [{ sourceContainer: 'db' }], mountPoints, dependsOn }
    const db = { name: 'db', links: ['c0'] }
    expect(refusal({ ...containers(web, db), volumes: [{ name: 'data' }] })).toBe('taken')
  })

  it.each([
    ['SUCCESS', {}, 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container'],
    ['COMPLETE', {}, 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container'],
    ['HEALTHY', {}, 'A dependency container with HEALTHY condition must have health check configured'],
  ])('waiting for %s of a container that cannot reach it', (condition, db, message) => {
    const dependsOn = [{ containerName: 'db', condition }]
    expect(refusal(containers({ dependsOn }, { name: 'db', ...db }))).toBe(`ClientException: ${message}`)
    const able = { name: 'db', essential: false, healthCheck: { command: ['CMD', 'true'] } }
    expect(refusal(containers({ dependsOn }, able))).toBe('taken')
  })

  it('more than 64 KiB, counted in bytes', () => {
    const rest = JSON.stringify({ family: 'web', containerDefinitions: [{ ...container, ...sized('') }] }).length
    expect(refusal({}, sized('a'.repeat(65_536 - rest)))).toBe('taken')
    expect(refusal({}, sized('ä'.repeat(32_768)))).toBe(
      `ClientException: Actual length: '${65_536 + rest}'. Max allowed length is '65536' bytes.`,
    )
    expect(refusal({ tags: [{ key: 'a', value: 'b' }] }, sized('a'.repeat(65_536 - rest)))).toBe('taken')
  })

  it('a misspelt member, and proposes the likely one', () => {
    expect(refusal({}, { imgae: 'app:v1' })).toMatch(/imgae.*did you mean 'image'/)
  })
})
