import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws, minutes, start } from '../support.ts'
import type { TestAws } from '../support.ts'

const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com'

function push(aws: TestAws, body: Unchecked): Unchecked {
  const answer = aws.handle({ method: 'POST', path: '/_local/push', headers: {}, body: JSON.stringify(body) })
  return { status: answer.status, ...JSON.parse(answer.body) }
}
const digestOf = (aws: TestAws, imageTag = 'v1'): string =>
  aws.call('ecr', 'DescribeImages', { repositoryName: 'web', imageIds: [{ imageTag }] }).imageDetails[0].imageDigest

describe('POST /_local/push', () => {
  it('gives a tag a digest that is the same in every world, and another with each push', () => {
    const [aws, other] = [localAws(), localAws({ region: 'eu-west-1' })]
    const first = push(aws, { repository: 'web', tag: 'v1' })
    expect(first).toEqual({
      status: 200,
      repositoryArn: 'arn:aws:ecr:us-east-1:123456789012:repository/web',
      imageDigest: digestOf(aws),
    })
    const second = push(aws, { repository: 'web', tag: 'v1' })
    expect(second.imageDigest).not.toBe(first.imageDigest)
    expect(digestOf(aws)).toBe(second.imageDigest)
    expect(push(aws, { repository: 'web', tag: 'v2' }).imageDigest).not.toBe(first.imageDigest)
    const elsewhere = ['v1', 'v1'].map(
      (tag) => push(other, { region: 'eu-west-1', repository: 'web', tag }).imageDigest,
    )
    expect(elsewhere).toEqual([first.imageDigest, second.imageDigest])
    expect(aws.saved.length).toBeGreaterThan(0)
  })

  it('pushes a list of manifests, one for each platform', () => {
    const aws = localAws()
    const { imageDigest } = push(aws, { repository: 'web', tag: 'v1', platforms: ['linux/amd64', 'linux/arm64/v8'] })
    const get = (imageId: Unchecked): Unchecked =>
      aws.call('ecr', 'BatchGetImage', { repositoryName: 'web', imageIds: [imageId] }).images[0]
    const { imageManifest, imageManifestMediaType } = get({ imageTag: 'v1' })
    expect(imageManifestMediaType).toBe('application/vnd.oci.image.index.v1+json')
    expect(imageDigest).toBe(`sha256:${createHash('sha256').update(imageManifest).digest('hex')}`)
    const { manifests } = JSON.parse(imageManifest)
    expect(manifests.map(({ platform }: Unchecked) => platform)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm64', os: 'linux', variant: 'v8' },
    ])
    for (const { digest, size, mediaType } of manifests) {
      const one = get({ imageDigest: digest })
      expect([one.imageManifest.length, one.imageManifestMediaType]).toEqual([size, mediaType])
    }
  })

  it.each([
    {},
    { repository: 'web' },
    { repository: 'Web', tag: 'v1' },
    { repository: 'web', tag: 'a b' },
    { repository: 'web', tag: 5 },
    { repository: 'web', tag: 'v1', platforms: ['linux'] },
    { repository: 'web', tag: 'v1', platforms: 'linux/amd64' },
  ])('refuses %j', (body) => {
    const aws = localAws()
    expect(push(aws, body)).toMatchObject({ status: 400, __type: 'InvalidParameterException' })
    expect(aws.region.repositories).toEqual({})
  })

  it('is what tasks and service revisions run from their next deployment on', () => {
    const aws = localAws()
    const first = push(aws, { repository: 'web', tag: 'v1' }).imageDigest
    aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
    const containerDefinitions = [{ name: 'web', image: `${registry}/web:v1`, memory: 128 }]
    aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    aws.call('ecs', 'CreateService', { cluster: 'c', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 })
    aws.advance(minutes(2))
    const running = (): string[] =>
      Object.values(aws.region.tasks)
        .filter(({ task }) => task.lastStatus === 'RUNNING')
        .map(({ task }) => task.containers[0]!.imageDigest!)
    expect(running()).toEqual([first])
    const second = push(aws, { repository: 'web', tag: 'v1' }).imageDigest
    aws.advance(minutes(2))
    expect(running()).toEqual([first])
    const { service } = aws.call('ecs', 'UpdateService', { cluster: 'c', service: 'web', forceNewDeployment: true })
    aws.advance(minutes(5))
    expect(running()).toEqual([second])
    const [deployment] = service.deployments
    const { serviceDeployments } = aws.call('ecs', 'ListServiceDeployments', { cluster: 'c', service: 'web' })
    expect(deployment.status).toBe('PRIMARY')
    const { serviceRevisions } = aws.call('ecs', 'DescribeServiceRevisions', {
      serviceRevisionArns: [serviceDeployments[0].targetServiceRevisionArn],
    })
    expect(serviceRevisions[0].containerImages[0].imageDigest).toBe(second)
  })
})

describe('what there is in ECR', () => {
  it('is described with its tags, and by whether it has one', () => {
    const aws = localAws()
    const old = push(aws, { repository: 'web', tag: 'v1' }).imageDigest
    aws.advance(minutes(1))
    const { imageDigest } = push(aws, { repository: 'web', tag: 'v1' })
    const described = (input: Unchecked = {}): Unchecked[] =>
      aws.call('ecr', 'DescribeImages', { repositoryName: 'web', ...input }).imageDetails
    expect(described()).toMatchObject([
      { imageDigest: old, imagePushedAt: start / 1000 },
      {
        imageDigest,
        imageTags: ['v1'],
        imagePushedAt: start / 1000 + 60,
        imageSizeInBytes: 4096,
        repositoryName: 'web',
      },
    ])
    expect(described({ filter: { tagStatus: 'TAGGED' } })).toMatchObject([{ imageDigest }])
    expect(described({ filter: { tagStatus: 'UNTAGGED' } })).toMatchObject([{ imageDigest: old }])
    const { nextToken } = aws.call('ecr', 'DescribeImages', { repositoryName: 'web', maxResults: 1 })
    expect(described({ nextToken })).toMatchObject([{ imageDigest }])
    expect(() => described({ imageIds: [{ imageTag: 'v9' }] })).toThrow(
      expect.objectContaining({ code: 'ImageNotFoundException', message: expect.stringContaining("imageTag:'v9'") }),
    )
  })

  it('is listed by repository', () => {
    const aws = localAws()
    for (const repository of ['web', 'app']) push(aws, { repository, tag: 'v1' })
    const names = (input: Unchecked = {}): string[] =>
      aws.call('ecr', 'DescribeRepositories', input).repositories.map((each: Unchecked) => each.repositoryName)
    expect(names()).toEqual(['app', 'web'])
    expect(names({ repositoryNames: ['web'] })).toEqual(['web'])
    expect(() => names({ repositoryNames: ['web', 'no'] })).toThrow(
      expect.objectContaining({ code: 'RepositoryNotFoundException' }),
    )
  })

  it('is open to whoever asks for a token', () => {
    const { authorizationData } = localAws().call('ecr', 'GetAuthorizationToken')
    expect(authorizationData).toMatchObject([
      { expiresAt: start / 1000 + 12 * 3600, proxyEndpoint: `https://${registry}` },
    ])
    expect(Buffer.from(authorizationData[0].authorizationToken, 'base64').toString()).toMatch(/^AWS:.{64}$/)
  })
})
