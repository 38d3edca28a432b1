import { describe, expect, it } from 'vitest'
import { taskDefinitionFromFile } from '../../../src/definition/edits/taskDefinitionFromFile.ts'
import { EcsTaskError } from '../../../src/ground/errors.ts'

const containers = [{ name: 'app', image: 'app:v1', memory: 64 }]
const web = { family: 'web', containerDefinitions: containers }
const from = (value: unknown, family?: string): ReturnType<typeof taskDefinitionFromFile> =>
  taskDefinitionFromFile(JSON.stringify(value), { file: 'td.json', family })

describe('a file of a task definition', () => {
  it('may leave the family to the command line, and may not contradict it', () => {
    expect(from({ containerDefinitions: containers }, 'web').input).toStrictEqual(web)
    expect(from(web, 'web').input).toStrictEqual(web)
    expect(refusal(web, 'shop')).toMatchObject({
      code: 'BadArguments',
      message: 'td.json is of the family web, not shop.',
    })
  })

  it('that is a list of containers needs a family', () => {
    expect(refusal(containers)).toMatchObject({
      code: 'BadArguments',
      message: 'td.json names no family.',
      fix: 'Name the family with --family.',
    })
  })

  it('may be a described task definition, alone or with its tags', () => {
    const readOnly = { revision: 7, status: 'ACTIVE', registeredAt: '2026-01-01T00:00:00Z', compatibilities: ['EC2'] }
    const tags = [
      { key: 'aws:cloudformation:stack-name', value: 'shop' },
      { key: 'team', value: 'shop' },
    ]
    const tagged = { ...web, tags: [tags[1]] }
    expect(from({ ...web, ...readOnly })).toStrictEqual({ input: web, warnings: [] })
    expect(from({ ...web, ...readOnly, tags })).toStrictEqual({ input: tagged, warnings: [] })
    expect(from({ taskDefinition: { ...web, ...readOnly }, tags })).toStrictEqual({ input: tagged, warnings: [] })
    expect(from({ taskDefinition: { ...web, ...readOnly }, tags: [] })).toStrictEqual({ input: web, warnings: [] })
  })

  it('is without every member that is null, as consoles export them, however deep', () => {
    const [container] = containers
    const exported = {
      ...web,
      cpu: null,
      volumes: null,
      containerDefinitions: [
        { ...container, healthCheck: null, logConfiguration: { logDriver: 'splunk', options: { mode: null } } },
      ],
    }
    const logConfiguration = { logDriver: 'splunk', options: {} }
    const input = { ...web, containerDefinitions: [{ ...container, logConfiguration }] }
    expect(from(exported)).toStrictEqual({ input, warnings: [] })
    expect(from({ taskDefinition: exported, tags: null })).toStrictEqual({ input, warnings: [] })
    expect(from({ ...exported, family: null }, 'web').input.family).toBe('web')
    expect(from(exported.containerDefinitions, 'web')).toStrictEqual({ input, warnings: [] })
  })

  it('with a variable that has no value is refused with where it is', () => {
    const environment = [{ name: 'URL', value: null }]
    expect(refusal({ ...web, containerDefinitions: [{ ...containers[0], environment }] }).problems).toEqual([
      `td.json/containerDefinitions/0/environment/0/value: is missing for "URL", as where process.env has no such variable; an empty value is ''`,
    ])
  })

  it('keeps unknown members, with a warning that says where they are', () => {
    const future = { ...web, futureSetting: [1], containerDefinitions: [{ ...containers[0], futureMember: true }] }
    const unknown = (path: string, of: string): string =>
      `${path}: is not a member of ${of} that this version knows; it is sent as it is`
    expect(from(future)).toStrictEqual({
      input: future,
      warnings: [
        unknown('td.json/containerDefinitions/0/futureMember', 'ContainerDefinition'),
        unknown('td.json/futureSetting', 'RegisterTaskDefinition'),
      ],
    })
    expect(from(future.containerDefinitions, 'web').warnings).toEqual([
      unknown('td.json/0/futureMember', 'ContainerDefinition'),
    ])
  })

  it.each<[title: string, value: unknown, problems: string[]]>([
    [
      'misspelt members, in an input',
      { ...web, famly: 'web', containerDefinitions: [{ ...containers[0], imgae: 'a' }] },
      [
        'td.json/famly: is not a member of RegisterTaskDefinition; did you mean family?',
        'td.json/containerDefinitions/0/imgae: is not a member of ContainerDefinition; did you mean image?',
      ],
    ],
    [
      'misspelt members, in an answer',
      { taskDefinition: { ...web, containerDefinitions: [{ ...containers[0], imgae: 'a' }] }, tags: 'team' },
      [
        'td.json/taskDefinition/containerDefinitions/0/imgae: is not a member of ContainerDefinition; did you mean image?',
        'td.json/taskDefinition/tags: must be a list, not a string',
      ],
    ],
    ['numbers for strings', { ...web, cpu: 256 }, ['td.json/cpu: must be a string, not 256']],
    ['nothing', {}, ['td.json/family: is missing', 'td.json/containerDefinitions: is missing']],
    [
      'two containers of a name',
      { ...web, containerDefinitions: [...containers, ...containers] },
      ['td.json/containerDefinitions/1/name: "app" is already the name at td.json/containerDefinitions/0/name'],
    ],
    [
      'a family that is no name',
      { ...web, family: 'my web' },
      ['td.json/family: must be 1 to 255 letters, digits, hyphens and underscores'],
    ],
  ])('with %s is refused with every problem and where it is', (_, value, problems) => {
    const error = refusal(value)
    expect(error).toMatchObject({ code: 'BadDefinition', message: 'td.json cannot be registered as it is.' })
    expect(error.problems.toSorted()).toEqual(problems.toSorted())
  })

  it.each<[value: unknown, problems: string[]]>([
    [
      [{ ...containers[0], imgae: 'a' }],
      ['td.json/0/imgae: is not a member of ContainerDefinition; did you mean image?'],
    ],
    [[], ['td.json: is empty']],
    [[...containers, ...containers], ['td.json/1/name: "app" is already the name at td.json/0/name']],
    [[null], ['td.json/0: must be an object, not null']],
  ])('that is a list of containers is refused with where in the list it is: %j', (value, problems) => {
    expect(refusal(value, 'web').problems).toEqual(problems)
  })

  it.each([
    ['text', 'a string'],
    [5, '5'],
    [null, 'null'],
    [true, 'true'],
  ])('may not be %j', (value, called) => {
    expect(refusal(value)).toMatchObject({
      code: 'BadDefinition',
      message: `td.json is not a task definition but ${called}.`,
    })
  })
})

function refusal(value: unknown, family?: string): EcsTaskError {
  try {
    from(value, family)
  } catch (error) {
    if (error instanceof EcsTaskError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
