import { expect, test } from 'vitest'
import { validate, nearest } from '../../../src/local/wire/validate.ts'
import { AwsFault } from '../../../src/local/world/fault.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'

const refusalOf = (service: string, operation: string, input: Unchecked): AwsFault => {
  try {
    validate(service, operation, input)
  } catch (error) {
    if (error instanceof AwsFault) return error
  }
  throw new Error('It was not refused.')
}

const register = (input: Unchecked): AwsFault => refusalOf('ecs', 'registerTaskDefinition', input)

const web = { family: 'web', containerDefinitions: [{ name: 'web', image: 'nginx', memory: 128 }] }

test('a valid input is not changed', () => {
  const input = {
    ...web,
    containerDefinitions: [
      {
        name: 'web',
        image: 'nginx',
        essential: false,
        environment: [{ name: 'A', value: 'b' }],
        dockerLabels: { 'com.example/label': 'x' },
        healthCheck: { command: ['CMD', 'true'], interval: 5 },
      },
    ],
    volumes: [],
  }
  expect(validate('ecs', 'registerTaskDefinition', input)).toEqual(input)
})

test('null members count as absent, at every depth', () => {
  const input = {
    ...web,
    networkMode: null,
    containerDefinitions: [{ name: 'web', cpu: null, dockerLabels: { a: 'b', c: null }, healthCheck: null }],
  }
  expect(validate('ecs', 'registerTaskDefinition', input)).toEqual({
    family: 'web',
    containerDefinitions: [{ name: 'web', dockerLabels: { a: 'b' } }],
  })
})

test('the given input is not changed', () => {
  const input = { family: 'web', networkMode: null, containerDefinitions: [] }
  validate('ecs', 'registerTaskDefinition', input)
  expect(input).toHaveProperty('networkMode', null)
})

test('a misspelt member of ECS is refused with its place and the likely name', () => {
  expect(register({ ...web, containerDefinitions: [{ name: 'web', imgae: 'nginx' }] })).toMatchObject({
    code: 'ClientException',
    status: 400,
    message: "Unknown member 'imgae' in containerDefinitions[0]; did you mean 'image'?",
  })
})

test('an unknown member without a similar one is refused without a proposal', () => {
  expect(register({ ...web, colour: 'red' })).toMatchObject({
    code: 'ClientException',
    message: "Unknown member 'colour' in the input.",
  })
})

test('a required member that is missing is an InvalidParameterException of ECS', () => {
  expect(register({ containerDefinitions: [{ environmentFiles: [{ type: 's3' }] }] })).toMatchObject({
    code: 'InvalidParameterException',
    message:
      "Missing required member 'family' in the input. " +
      "Missing required member 'value' in containerDefinitions[0].environmentFiles[0].",
  })
})

test('a required member that is null is missing', () => {
  expect(register({ ...web, family: null }).message).toBe("Missing required member 'family' in the input.")
})

test('the other services call both a ValidationException', () => {
  const target = { Id: 'web', Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/default' }
  expect(refusalOf('events', 'putTargets', { Rule: 'nightly', Targets: [{ ...target, RoleArm: 'x' }] })).toMatchObject({
    code: 'ValidationException',
    message: "Unknown member 'RoleArm' in Targets[0]; did you mean 'RoleArn'?",
  })
  expect(refusalOf('events', 'putTargets', { Rule: 'nightly' })).toMatchObject({
    code: 'ValidationException',
    message: "Missing required member 'Targets' in the input.",
  })
})

test.each<[string, Unchecked, string]>([
  ['a number for a string', { family: 5 }, 'family: NUMBER_VALUE can not be converted to a string.'],
  ['a list for a string', { family: ['web'] }, 'family: LIST_VALUE can not be converted to a string.'],
  ['a structure for a string', { family: {} }, 'family: STRUCTURE_VALUE can not be converted to a string.'],
  ['a structure for a list', { volumes: {} }, 'volumes: STRUCTURE_VALUE can not be converted to a list.'],
  ['a string for a list', { volumes: 'data' }, 'volumes: STRING_VALUE can not be converted to a list.'],
  ['a string for a structure', { volumes: ['data'] }, 'volumes[0]: STRING_VALUE can not be converted to a structure.'],
  [
    'a list for a structure',
    { runtimePlatform: [] },
    'runtimePlatform: LIST_VALUE can not be converted to a structure.',
  ],
  ['a null in a list', { volumes: [null] }, 'volumes[0]: NULL_VALUE can not be converted to a structure.'],
  [
    'a string for a number',
    { containerDefinitions: [{}, { cpu: '256' }] },
    'containerDefinitions[1].cpu: STRING_VALUE can not be converted to a number.',
  ],
  [
    'a string for a boolean',
    { containerDefinitions: [{ essential: 'true' }] },
    'containerDefinitions[0].essential: STRING_VALUE can not be converted to a boolean.',
  ],
  [
    'a list for a map',
    { containerDefinitions: [{ dockerLabels: [] }] },
    'containerDefinitions[0].dockerLabels: LIST_VALUE can not be converted to a structure.',
  ],
  [
    'a number in a map of strings',
    { containerDefinitions: [{ dockerLabels: { port: 80 } }] },
    'containerDefinitions[0].dockerLabels.port: NUMBER_VALUE can not be converted to a string.',
  ],
])('%s cannot be parsed', (_title, input, message) => {
  expect(register({ ...web, ...input })).toMatchObject({ code: 'SerializationException', message, status: 400 })
})

test('every problem is reported at once, and a wrong type decides the error code', () => {
  expect(register({ containerDefinitions: [{ imgae: 'nginx', cpu: '1' }], famly: 'web' })).toMatchObject({
    code: 'SerializationException',
    message:
      "Missing required member 'family' in the input. " +
      "Unknown member 'imgae' in containerDefinitions[0]; did you mean 'image'? " +
      'containerDefinitions[0].cpu: STRING_VALUE can not be converted to a number. ' +
      "Unknown member 'famly' in the input; did you mean 'family'?",
  })
})

test('ten thousand problems make a readable message', () => {
  const { message } = register({ ...web, volumes: Array.from({ length: 10_000 }, () => 1) })
  expect(message).toContain('volumes[19]: ')
  expect(message).not.toContain('volumes[20]: ')
  expect(message.endsWith(' And 9980 more.')).toBe(true)
})

test('a list or a map of more than ten thousand elements is refused before anything is done with it', () => {
  const labels = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`label${index}`, 'x']))
  const { code, message } = register({
    family: 'web',
    containerDefinitions: [{ name: 'web', dockerLabels: labels }],
    volumes: Array.from({ length: 10_001 }, () => ({ name: 'x' })),
  })
  expect(code).toBe('InvalidParameterException')
  expect(message).toContain("'10001 elements' at 'containerDefinitions[0].dockerLabels' failed to satisfy constraint")
  expect(message).toContain("'10001 elements' at 'volumes' failed to satisfy constraint")
})

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is a member of nothing', (member) => {
  const input = JSON.parse(`{ "family": "web", "containerDefinitions": [], "${member}": {} }`)
  expect(register(input).message).toBe(`Unknown member '${member}' in the input.`)
})

test.each([
  ['imgae', 'image'],
  ['Image', 'image'],
  ['task_definition', 'taskDefinition'],
  ['container-definitions', 'containerDefinitions'],
  ['enviroment', 'environment'],
  ['memmory', 'memory'],
  ['cp', 'cpu'],
  ['colour', undefined],
  ['id', undefined],
  ['', undefined],
])('%j is taken for %j', (name, meant) => {
  const members = ['name', 'image', 'cpu', 'memory', 'environment', 'taskDefinition', 'containerDefinitions']
  expect(nearest(name, members)).toBe(meant)
})
