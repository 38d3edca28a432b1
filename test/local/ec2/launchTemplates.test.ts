import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const refusal = (code: string, message?: string) =>
  expect.objectContaining({ code, ...(message !== undefined && { message }) })
const userData = Buffer.from('#!/bin/bash\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config').toString('base64')
const data = { ImageId: 'ami-1', InstanceType: 't3.small', UserData: userData }
const create = (aws: TestAws, LaunchTemplateName = 'web', more: Unchecked = {}): Unchecked =>
  aws.call('ec2', 'CreateLaunchTemplate', { LaunchTemplateName, LaunchTemplateData: data, ...more }).LaunchTemplate
const addVersion = (aws: TestAws, LaunchTemplateData: Unchecked, more: Unchecked = {}): Unchecked =>
  aws.call('ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateName: 'web', LaunchTemplateData, ...more })
    .LaunchTemplateVersion
const numbers = (aws: TestAws, input: Unchecked): number[] =>
  aws
    .call('ec2', 'DescribeLaunchTemplateVersions', { LaunchTemplateName: 'web', ...input })
    .LaunchTemplateVersions.map((version: Unchecked) => version['VersionNumber'])

describe('A launch template', () => {
  test('begins with its first version, which is the default one', () => {
    const aws = localAws()
    const TagSpecifications = [
      { ResourceType: 'launch-template', Tags: [{ Key: 'team', Value: 'shop' }] },
      { ResourceType: 'instance', Tags: [{ Key: 'not', Value: 'this' }] },
    ]
    const made = create(aws, 'web', { VersionDescription: 'first', TagSpecifications })
    expect(made).toEqual({
      LaunchTemplateId: expect.stringMatching(/^lt-[0-9a-f]{17}$/),
      LaunchTemplateName: 'web',
      CreateTime: aws.now / 1000,
      CreatedBy: 'arn:aws:iam::123456789012:user/local',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Tags: [{ Key: 'team', Value: 'shop' }],
    })
    expect(aws.call('ec2', 'DescribeLaunchTemplates').LaunchTemplates).toEqual([made])
    expect(aws.call('ec2', 'DescribeLaunchTemplateVersions', { LaunchTemplateName: 'web' })).toMatchObject({
      LaunchTemplateVersions: [
        { VersionNumber: 1, VersionDescription: 'first', DefaultVersion: true, LaunchTemplateData: data },
      ],
    })
  })

  test.each([
    ['a name that is taken', { LaunchTemplateName: 'web' }, 'InvalidLaunchTemplateName.AlreadyExistsException'],
    ['a short name', { LaunchTemplateName: 'we' }, 'InvalidLaunchTemplateName.MalformedException'],
    ['a name with a space', { LaunchTemplateName: 'w e b' }, 'InvalidLaunchTemplateName.MalformedException'],
    [
      'a tag of AWS',
      { LaunchTemplateName: 'x-y', TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'aws:x' }] }] },
      'InvalidParameterValue',
    ],
  ])('is refused with %s, and nothing is created', (_title, input, code) => {
    const aws = localAws()
    create(aws)
    const wrong = { LaunchTemplateData: data, ...input }
    expect(() => aws.call('ec2', 'CreateLaunchTemplate', wrong)).toThrow(refusal(code))
    expect(Object.keys(aws.region.launchTemplates)).toHaveLength(1)
  })

  test('is deleted with its versions and tags', () => {
    const aws = localAws()
    const { LaunchTemplateId } = create(aws, 'web', {
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'a', Value: 'b' }] }],
    })
    aws.call('ec2', 'DeleteLaunchTemplate', { LaunchTemplateId })
    expect([aws.region.launchTemplates, aws.region.tags]).toEqual([{}, {}])
    expect(() => aws.call('ec2', 'DescribeLaunchTemplates', { LaunchTemplateIds: [LaunchTemplateId] })).toThrow(
      refusal(
        'InvalidLaunchTemplateId.NotFound',
        `The specified launch template, with template ID ${LaunchTemplateId}, does not exist.`,
      ),
    )
    expect(create(aws)['LatestVersionNumber']).toBe(1)
  })
})

describe('A version', () => {
  test('is added, and becomes the default only on request', () => {
    const aws = localAws()
    create(aws)
    aws.advance(1000)
    expect(addVersion(aws, { ImageId: 'ami-2' })).toMatchObject({
      VersionNumber: 2,
      DefaultVersion: false,
      CreateTime: aws.now / 1000,
      LaunchTemplateData: { ImageId: 'ami-2' },
    })
    expect([numbers(aws, { Versions: ['$Latest'] }), numbers(aws, { Versions: ['$Default'] })]).toEqual([[2], [1]])
    const modified = aws.call('ec2', 'ModifyLaunchTemplate', { LaunchTemplateName: 'web', DefaultVersion: '2' })
    expect(modified.LaunchTemplate).toMatchObject({ DefaultVersionNumber: 2, LatestVersionNumber: 2 })
    expect(numbers(aws, { Versions: ['$Default'] })).toEqual([2])
    expect(numbers(aws, { Filters: [{ Name: 'is-default-version', Values: ['true'] }] })).toEqual([2])
  })

  test('has the members of its source, except those given; without a source only those given', () => {
    const aws = localAws()
    create(aws)
    expect(addVersion(aws, { ImageId: 'ami-2' }, { SourceVersion: '1' })['LaunchTemplateData']).toEqual({
      ...data,
      ImageId: 'ami-2',
    })
    expect(addVersion(aws, { ImageId: 'ami-3' })['LaunchTemplateData']).toEqual({ ImageId: 'ami-3' })
  })

  test('is found among the others, which come newest first', () => {
    const aws = localAws()
    create(aws)
    for (const ImageId of ['ami-2', 'ami-3', 'ami-4']) addVersion(aws, { ImageId })
    expect(numbers(aws, {})).toEqual([4, 3, 2, 1])
    expect(numbers(aws, { MinVersion: '2', MaxVersion: '3' })).toEqual([3, 2])
    expect(numbers(aws, { Versions: ['3', '1', '$Latest'] })).toEqual([3, 1, 4])
    const first = aws.call('ec2', 'DescribeLaunchTemplateVersions', { LaunchTemplateName: 'web', MaxResults: 3 })
    expect([first.LaunchTemplateVersions.length, numbers(aws, { NextToken: first.NextToken })]).toEqual([3, [1]])
  })

  test('can be found as $Latest or $Default of all launch templates', () => {
    const aws = localAws()
    create(aws)
    create(aws, 'jobs')
    addVersion(aws, { ImageId: 'ami-2' })
    const { LaunchTemplateVersions } = aws.call('ec2', 'DescribeLaunchTemplateVersions', { Versions: ['$Latest'] })
    expect(
      LaunchTemplateVersions.map((each: Unchecked) => [each['LaunchTemplateName'], each['VersionNumber']]),
    ).toEqual([
      ['web', 2],
      ['jobs', 1],
    ])
  })
})

test('a request with the same token creates nothing again', () => {
  const aws = localAws()
  const made = create(aws, 'web', { ClientToken: 'one' })
  expect(create(aws, 'web', { ClientToken: 'one' })).toEqual(made)
  const version = addVersion(aws, { ImageId: 'ami-2' }, { ClientToken: 'two' })
  expect(addVersion(aws, { ImageId: 'ami-2' }, { ClientToken: 'two' })).toEqual(version)
  expect(numbers(aws, {})).toEqual([2, 1])
  expect(() => addVersion(aws, { ImageId: 'ami-3' }, { ClientToken: 'two' })).toThrow(
    refusal('IdempotentParameterMismatch'),
  )
  expect(numbers(aws, {})).toEqual([2, 1])
})

test.each<[string, Unchecked, string, string?]>([
  [
    'DescribeLaunchTemplates',
    { LaunchTemplateNames: ['jobs'] },
    'InvalidLaunchTemplateName.NotFoundException',
    'The specified launch template, with template name jobs, does not exist.',
  ],
  ['DescribeLaunchTemplates', { LaunchTemplateIds: ['lt-1'] }, 'InvalidLaunchTemplateId.NotFound'],
  ['DescribeLaunchTemplates', { LaunchTemplateIds: ['web'] }, 'InvalidLaunchTemplateId.Malformed'],
  ['DescribeLaunchTemplates', { MaxResults: 201 }, 'InvalidParameterValue'],
  [
    'DescribeLaunchTemplateVersions',
    { LaunchTemplateName: 'web', Versions: ['7'] },
    'InvalidLaunchTemplateId.VersionNotFound',
  ],
  ['DescribeLaunchTemplateVersions', { Versions: ['1'] }, 'InvalidParameterCombination'],
  ['DescribeLaunchTemplateVersions', {}, 'InvalidParameterCombination'],
  [
    'ModifyLaunchTemplate',
    { LaunchTemplateName: 'web', DefaultVersion: 'x' },
    'InvalidLaunchTemplateId.VersionNotFound',
  ],
  ['ModifyLaunchTemplate', { DefaultVersion: '1' }, 'MissingParameter'],
  ['DeleteLaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateId: 'lt-1' }, 'InvalidParameterCombination'],
  [
    'CreateLaunchTemplateVersion',
    { LaunchTemplateName: 'web', LaunchTemplateData: {}, SourceVersion: '9' },
    'InvalidLaunchTemplateId.VersionNotFound',
  ],
])('%s refuses %j with %s and changes nothing', (operation, input, code, message) => {
  const aws = localAws()
  create(aws)
  const before = JSON.stringify(aws.region)
  expect(() => aws.call('ec2', operation, input)).toThrow(refusal(code, message))
  expect(JSON.stringify(aws.region)).toBe(before)
})
