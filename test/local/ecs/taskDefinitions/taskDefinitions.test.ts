import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { localAws, start } from '../../support.ts'
import type { TestAws } from '../../support.ts'
import { deregister, describeIt, list, register } from './taskDefinitionSupport.ts'

/** `web:1` and `web:2`, of which the first is INACTIVE, and `web-worker:1`. */
function families(): TestAws {
  const aws = localAws()
  for (const family of ['web', 'web', 'web-worker']) register(aws, family)
  deregister(aws, 'web:1')
  return aws
}

describe('DescribeTaskDefinition', () => {
  it('takes a family as its latest ACTIVE revision', () => {
    const aws = families()
    register(aws, 'web')
    expect(describeIt(aws, 'web')['revision']).toBe(3)
    deregister(aws, 'web:3')
    expect(describeIt(aws, 'web')['revision']).toBe(2)
  })

  it('describes a deregistered revision by number and by ARN', () => {
    const aws = families()
    const { taskDefinitionArn } = describeIt(aws, 'web:1')
    expect(describeIt(aws, taskDefinitionArn)).toMatchObject({ revision: 1, status: 'INACTIVE' })
  })

  it.each(['nope', 'nope:1', 'web:9', 'web:one', 'web:', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:2'])(
    'has no task definition %j',
    (taskDefinition) => {
      expect(() => describeIt(families(), taskDefinition)).toThrow(
        expect.objectContaining({
          code: 'ClientException',
          message: 'Unable to describe task definition.',
          status: 400,
        }),
      )
    },
  )

  it('has none for a family whose revisions are all deregistered', () => {
    const aws = families()
    deregister(aws, 'web:2')
    expect(() => describeIt(aws, 'web')).toThrow('Unable to describe task definition.')
  })
})

describe('DeregisterTaskDefinition', () => {
  it('makes a revision INACTIVE and says when', () => {
    const aws = families()
    aws.advance(1500)
    expect(deregister(aws, 'web:2')).toMatchObject({ status: 'INACTIVE', deregisteredAt: start / 1000 + 1.5 })
    expect(describeIt(aws, 'web:2')['status']).toBe('INACTIVE')
  })

  it('keeps the time when it is called twice', () => {
    const aws = families()
    const first = deregister(aws, 'web:2')
    aws.advance(1000)
    expect(deregister(aws, 'web:2')).toEqual(first)
  })

  it.each([
    ['web', 'Revision is missing.'],
    ['arn:aws:ecs:us-east-1:123456789012:task-definition/web', 'Revision is missing.'],
    ['web:9', 'The specified task definition does not exist.'],
  ])('refuses %j', (taskDefinition, message) => {
    const aws = families()
    expect(() => deregister(aws, taskDefinition)).toThrow(expect.objectContaining({ code: 'ClientException', message }))
    expect(list(aws)).toEqual(['web:2', 'web-worker:1'])
  })
})

describe('ListTaskDefinitions', () => {
  it('takes familyPrefix as the whole family, not as a prefix', () => {
    expect(list(families(), { familyPrefix: 'web' })).toEqual(['web:2'])
    expect(list(families(), { familyPrefix: 'we' })).toEqual([])
  })

  it('lists ACTIVE revisions by default', () => {
    const aws = families()
    expect(list(aws)).toEqual(['web:2', 'web-worker:1'])
    expect(list(aws, { status: 'INACTIVE' })).toEqual(['web:1'])
    aws.call('ecs', 'DeleteTaskDefinitions', { taskDefinitions: ['web:1'] })
    expect(list(aws, { status: 'INACTIVE' })).toEqual([])
    expect(list(aws, { status: 'DELETE_IN_PROGRESS' })).toEqual(['web:1'])
  })

  it('sorts by family, then by number: 10 comes after 9', () => {
    const aws = localAws()
    register(aws, 'zebra')
    for (let index = 0; index < 11; index += 1) register(aws, 'ant')
    expect(list(aws)).toEqual([...Array.from({ length: 11 }, (_, index) => `ant:${index + 1}`), 'zebra:1'])
    expect(list(aws, { sort: 'DESC', maxResults: 3 })).toEqual(['zebra:1', 'ant:11', 'ant:10'])
  })

  it('returns every revision once over all pages, 100 to a page', () => {
    const aws = localAws()
    for (let index = 0; index < 205; index += 1) register(aws, 'web')
    const pages: string[][] = []
    let nextToken: string | undefined
    do {
      const page = aws.call('ecs', 'ListTaskDefinitions', { familyPrefix: 'web', nextToken })
      pages.push(page.taskDefinitionArns)
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect(pages.map((arns) => arns.length)).toEqual([100, 100, 5])
    expect(new Set(pages.flat()).size).toBe(205)
  })

  it.each([{ status: 'RETIRED' }, { sort: 'UP' }, { maxResults: 101 }, { maxResults: 0 }, { nextToken: 'x' }])(
    'refuses %j',
    (input) => {
      expect(() => list(families(), input)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
    },
  )
})

const names = (aws: TestAws, input: Unchecked): string[] =>
  aws.call('ecs', 'ListTaskDefinitionFamilies', input).families

describe('ListTaskDefinitionFamilies', () => {
  it('takes familyPrefix as a prefix', () => {
    const aws = families()
    register(aws, 'api')
    expect(names(aws, {})).toEqual(['api', 'web', 'web-worker'])
    expect(names(aws, { familyPrefix: 'web' })).toEqual(['web', 'web-worker'])
  })

  it('distinguishes families with an ACTIVE revision from those without', () => {
    const aws = families()
    deregister(aws, 'web-worker:1')
    expect(names(aws, { status: 'ACTIVE' })).toEqual(['web'])
    expect(names(aws, { status: 'INACTIVE' })).toEqual(['web-worker'])
    expect(names(aws, { status: 'ALL' })).toEqual(['web', 'web-worker'])
    expect(() => names(aws, { status: 'DELETE_IN_PROGRESS' })).toThrow(
      'status should be one of [ACTIVE, INACTIVE, ALL]',
    )
  })
})

const remove = (aws: TestAws, taskDefinitions: string[]): Unchecked =>
  aws.call('ecs', 'DeleteTaskDefinitions', { taskDefinitions })

describe('DeleteTaskDefinitions', () => {
  it('deletes INACTIVE revisions and returns a failure for each other one', () => {
    const aws = families()
    const { taskDefinitions, failures } = remove(aws, ['web:1', 'web:2', 'web', 'nope:1'])
    expect(taskDefinitions).toMatchObject([
      { revision: 1, status: 'DELETE_IN_PROGRESS', deleteRequestedAt: start / 1000 },
    ])
    expect(failures).toEqual([
      {
        arn: 'web:2',
        reason: 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      },
      {
        arn: 'web',
        reason: 'The specified task definition identifier is invalid. Specify a valid name or ARN and try again.',
      },
      {
        arn: 'nope:1',
        reason:
          'The specified task definition does not exist. Specify a valid account, family, revision and try again.',
      },
    ])
    expect(describeIt(aws, 'web:2')['status']).toBe('ACTIVE')
  })

  it('keeps the time of the first request, and refuses to deregister what is being deleted', () => {
    const aws = families()
    remove(aws, ['web:1'])
    aws.advance(1000)
    expect(remove(aws, ['web:1'])['taskDefinitions'][0].deleteRequestedAt).toBe(start / 1000)
    expect(() => deregister(aws, 'web:1')).toThrow('in the process of being deleted')
  })

  it('takes 1 to 10 references', () => {
    const eleven = Array.from({ length: 11 }, (_, index) => `web:${index}`)
    expect(remove(families(), eleven.slice(1))['failures']).toHaveLength(9)
    expect(() => remove(families(), eleven)).toThrow('Size of TaskDefinition references list cannot exceed 10')
    expect(() => remove(families(), [])).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
  })
})
