import { describe, expect, it } from 'vitest'
import { localAws } from '../support.ts'

const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com'
const manifest = (text: string): string => JSON.stringify({ schemaVersion: 2, layers: [text] })

function repository() {
  const aws = localAws()
  aws.call('ecr', 'CreateRepository', { repositoryName: 'web' })
  const push = (text: string, imageTag = 'latest'): string =>
    aws.call('ecr', 'PutImage', { repositoryName: 'web', imageManifest: manifest(text), imageTag }).image.imageId
      .imageDigest
  const get = (...imageIds: object[]): any => aws.call('ecr', 'BatchGetImage', { repositoryName: 'web', imageIds })
  return { aws, push, get }
}

describe('a repository', () => {
  it('is made once, and says where it is', () => {
    const aws = localAws()
    const made = aws.call('ecr', 'CreateRepository', { repositoryName: 'web' })
    expect(made.repository).toMatchObject({
      repositoryArn: 'arn:aws:ecr:us-east-1:123456789012:repository/web',
      repositoryUri: `${registry}/web`,
    })
    expect(() => aws.call('ecr', 'CreateRepository', { repositoryName: 'web' })).toThrow(
      expect.objectContaining({ code: 'RepositoryAlreadyExistsException' }),
    )
  })

  it('that is not there is refused, and so is one of another registry', () => {
    const { aws } = repository()
    const missing = expect.objectContaining({ code: 'RepositoryNotFoundException' })
    for (const input of [{ repositoryName: 'other' }, { repositoryName: 'web', registryId: '210987654321' }]) {
      expect(() => aws.call('ecr', 'BatchGetImage', { ...input, imageIds: [{ imageTag: 'latest' }] })).toThrow(missing)
    }
  })
})

describe('a tag', () => {
  it('stands for what was pushed last', () => {
    const { push, get } = repository()
    const [one, other] = [push('one'), push('other')]
    expect(one).not.toBe(other)
    expect(get({ imageTag: 'latest' }).images).toMatchObject([
      { imageId: { imageTag: 'latest', imageDigest: other }, imageManifest: manifest('other') },
    ])
    expect(get({ imageDigest: one }).images).toMatchObject([{ imageManifest: manifest('one') }])
  })

  it('that is not there is a failure beside those that are', () => {
    const { push, get } = repository()
    push('one')
    const { images, failures } = get({ imageTag: 'latest' }, { imageTag: 'v9' })
    expect(images).toHaveLength(1)
    expect(failures).toEqual([
      { imageId: { imageTag: 'v9' }, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
    ])
  })

  it('to which the same image is pushed again is refused', () => {
    const { push } = repository()
    push('one')
    expect(() => push('one')).toThrow(expect.objectContaining({ code: 'ImageAlreadyExistsException' }))
  })
})

describe('a service revision', () => {
  it('pins the digest that the tag stood for when its deployment began', () => {
    const { aws, push } = repository()
    const first = push('one')
    const image = `${registry}/web:latest`
    aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
    aws.call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ name: 'web', image, memory: 128 }],
    })
    const { service } = aws.call('ecs', 'CreateService', {
      cluster: 'c',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
    })
    const digestOf = ({ currentServiceRevisions: [{ arn }] }: any): string =>
      aws.call('ecs', 'DescribeServiceRevisions', { serviceRevisionArns: [arn] }).serviceRevisions[0].containerImages[0]
        .imageDigest
    expect(digestOf(service)).toBe(first)
    const second = push('other')
    expect(digestOf(service)).toBe(first)
    const again = aws.call('ecs', 'UpdateService', { cluster: 'c', service: 'web', forceNewDeployment: true })
    expect(digestOf(again.service)).toBe(second)
  })
})
