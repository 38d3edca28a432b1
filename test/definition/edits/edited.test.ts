import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { edited } from '../../../src/definition/edits/edited.ts'
import { type EditWords, parseEdits } from '../../../src/definition/edits/parseEdits.ts'
import { registerable } from '../../../src/definition/registerable.ts'
import { registerRevision } from '../../../src/local/ecs/taskDefinitions/taskDefinition.ts'
import { contextOf, localAws } from '../../local/support.ts'
import { arbitraryTaskDefinition } from '../arbitraryTaskDefinition.ts'

/** What the local AWS describes after this was registered, as it would be registered again. */
function asDescribed(declared: any): any {
  const aws = localAws()
  // As it is: whether ECS would take it is not asked here.
  registerRevision(contextOf(aws), declared)
  const { taskDefinition, tags } = aws.call('ecs', 'DescribeTaskDefinition', {
    taskDefinition: declared.family,
    include: ['TAGS'],
  })
  return registerable(taskDefinition, tags ?? [])
}

/** The paths at which two values differ; lists of named things by name. */
function differing(one: unknown, other: unknown, path = ''): string[] {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') {
    return Object.is(one, other) ? [] : [path]
  }
  const keyed = (value: any): Record<string, unknown> =>
    Array.isArray(value) && value.every((item) => typeof item?.name === 'string')
      ? Object.fromEntries(value.map((item) => [item.name, item]))
      : value
  const [a, b] = [keyed(one), keyed(other)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differing(a[key], b[key], `${path}/${key}`),
  )
}

const edit = (base: any, words: EditWords) => edited(base, parseEdits(words))

const base = {
  family: 'web',
  containerDefinitions: [
    {
      name: 'app',
      image: 'registry.example:5000/shop/app:v1',
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-east-1:1:parameter/key' }],
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/app' } },
    },
    { name: 'proxy', image: 'nginx' },
  ],
} as const

const container = (input: any, name = 'app'): any => input.containerDefinitions.find((one: any) => one.name === name)
const problems = (words: EditWords): readonly string[] => {
  try {
    edit(base, words)
  } catch (error) {
    if (error instanceof EcsTaskError) return error.problems
  }
  throw new Error('it was not refused')
}

describe('an edit', () => {
  it('changes exactly the paths that it names, in any task definition that was registered', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), fc.nat(), (declared, choice) => {
        const before = asDescribed(declared)
        const untouched = structuredClone(before)
        const { name } = before.containerDefinitions[choice % before.containerDefinitions.length]
        const { input } = edit(before, {
          image: [`${name}=edited.example/image:edited`],
          env: [`${name}=EDITED_BY_US=a=b`],
          cpu: '512',
          taskRole: 'arn:aws:iam::123456789012:role/edited',
        })
        expect(before).toEqual(untouched)
        const at = `/containerDefinitions/${name}`
        const withoutEnvironment = (of: any): any => {
          const copy = structuredClone(of)
          delete container(copy, name).environment
          return copy
        }
        const allowed = [`${at}/image`, '/cpu', '/taskRoleArn']
        for (const path of differing(withoutEnvironment(before), withoutEnvironment(input)))
          expect(allowed).toContain(path)
        const others = container(input, name).environment.filter((one: any) => one.name !== 'EDITED_BY_US')
        expect(others).toEqual(container(before, name).environment ?? [])
        expect(container(input, name).image).toBe('edited.example/image:edited')
        expect(container(input, name).environment).toContainEqual({ name: 'EDITED_BY_US', value: 'a=b' })
        expect(input).toMatchObject({ cpu: '512', taskRoleArn: 'arn:aws:iam::123456789012:role/edited' })
      }),
      { numRuns: 100 },
    )
  })

  it('of nothing keeps everything, and registering, describing and registering again loses nothing', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), (declared) => {
        const once = asDescribed(declared)
        expect(edit(once, {}).input).toEqual(once)
        expect(asDescribed(once)).toEqual(once)
      }),
      { numRuns: 100 },
    )
  })

  it('of an image by its repository applies to every container with it, with any registry and port', () => {
    expect(container(edit(base, { image: ['registry.example:5000/shop/app:v2'] }).input).image).toBe(
      'registry.example:5000/shop/app:v2',
    )
    expect(container(edit(base, { image: ['docker.io/library/nginx:1.27'] }).input, 'proxy').image).toMatch(
      /nginx:1\.27$/,
    )
    expect(problems({ image: ['elsewhere/app:v2'] })[0]).toContain(
      'there are app (registry.example:5000/shop/app:v1), proxy (nginx)',
    )
  })

  it('of variables keeps their order, unsets what is empty, and takes a value with an equals sign', () => {
    const { input } = edit(base, { env: ['app=B=x=y', 'app=C=3', 'app=A='] })
    expect(container(input).environment).toEqual([
      { name: 'B', value: 'x=y' },
      { name: 'C', value: '3' },
    ])
  })

  it('that makes a secret a variable, or the reverse, moves it and says so', () => {
    const opened = edit(base, { env: ['app=KEY=plain'] })
    expect(container(opened.input)).toMatchObject({
      environment: expect.arrayContaining([{ name: 'KEY', value: 'plain' }]),
    })
    expect(container(opened.input).secrets ?? []).toEqual([])
    expect(opened.notes.join()).toContain('KEY')
    const closed = edit(base, { secret: ['app=A=arn:aws:ssm:us-east-1:1:parameter/a'] })
    expect(container(closed.input).environment).toEqual([{ name: 'B', value: '2' }])
    expect(container(closed.input).secrets).toContainEqual({
      name: 'A',
      valueFrom: 'arn:aws:ssm:us-east-1:1:parameter/a',
    })
    expect(closed.notes.join()).toContain('A')
  })

  it('of log options applies to the driver that the container has', () => {
    const { input } = edit(base, { logOption: ['app=awslogs=awslogs-group=/x'] })
    expect(container(input).logConfiguration).toEqual({ logDriver: 'awslogs', options: { 'awslogs-group': '/x' } })
    expect(problems({ logOption: ['app=splunk=splunk-url=https://x'] })[0]).toMatch(/awslogs/)
  })

  it('of a task role reads `none` as no role', () => {
    expect(edit({ ...base, taskRoleArn: 'arn:x' }, { taskRole: 'none' }).input).not.toHaveProperty('taskRoleArn')
  })

  it('that cannot be made is refused with all other problems, each with a proposal', () => {
    const found = problems({ env: ['ap=A=1'], secret: ['prox=K=arn:aws:ssm:us-east-1:1:parameter/a'] })
    expect(found).toHaveLength(2)
    expect(found[0]).toContain('did you mean app?')
    expect(found[1]).toContain('did you mean proxy?')
  })
})

it('what only AWS sets is not sent back, nor are its own tags', () => {
  const described = {
    family: 'web',
    taskDefinitionArn: 'arn',
    revision: 3,
    status: 'ACTIVE' as const,
    registeredBy: 'me',
    novel: { a: 1 },
  }
  expect(registerable(described, [{ key: 'aws:cloudformation:stack-id', value: 'x' }])).toEqual({
    family: 'web',
    novel: { a: 1 },
  })
  expect(registerable(described, [{ key: 'team', value: 'blue' }])).toMatchObject({
    tags: [{ key: 'team', value: 'blue' }],
  })
})
