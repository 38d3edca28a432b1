/** The images that ECS has pinned when a deployment began. */
import type { ContainerImage, Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { parseImage } from '../definition/image.ts'
import { ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import { unlessHidden } from '../rollout/serviceDeployment.ts'

/** A container's image as `--image` takes it: `web=repo@sha256:…`. */
export function pinnedImage(container: string, image: string, digest: string): string {
  return `${container}=${parseImage(image)?.repository ?? image}@${digest}`
}

/** The command that makes a service run such images. */
export function pinningCommand(cluster: string, service: string, images: readonly string[]): string {
  return ownCommand('ecs-task', 'service update', { cluster, service, image: images })
}

/** The service revision that a service runs, where that is but one. */
export function onlyRevision({ currentServiceRevisions = [] }: Service): string | undefined {
  return currentServiceRevisions.length === 1 ? currentServiceRevisions[0]?.arn : undefined
}

/**
 * Throws where a service that was deployed again does not provably run the images of the service revision `before`: ECS
 * itself cannot go back to those any more.
 */
export async function checkImages(
  aws: Aws,
  { service, before }: { readonly service: Service; readonly before: string | undefined },
  signal?: AbortSignal,
): Promise<void> {
  const { clusterArn = '', serviceName = '', taskDefinition = '' } = service
  const [old, now] = await pinnedBy(aws, [before ?? '', onlyRevision(service) ?? ''], signal)
  if (old && now && old.every((image) => now.includes(image))) return
  throw new EcsTaskError('DeploymentFailed', `${serviceName} was deployed again, maybe with other images.`, {
    why: `It runs ${nameOf(taskDefinition)} as before; its images may have been pushed since.`,
    ...(old && { evidence: { mend: pinningCommand(nameOf(clusterArn), serviceName, old) } }),
  })
}

/** The images of each of these service revisions, by ARN; undefined for one that AWS does not show, or that is `''`. */
export async function imagesOf(
  aws: Aws,
  serviceRevisionArns: readonly string[],
  signal?: AbortSignal,
): Promise<(ContainerImage[] | undefined)[]> {
  const asked = [...new Set(serviceRevisionArns)].filter((arn) => arn !== '')
  if (asked.length === 0) return serviceRevisionArns.map(() => undefined)
  const answer = await aws.all('describeServiceRevisions', { serviceRevisionArns: asked }, signal).catch(unlessHidden)
  const { serviceRevisions = [] } = answer ?? {}
  const found = new Map(serviceRevisions.map((one) => [one.serviceRevisionArn, one.containerImages]))
  return serviceRevisionArns.map((arn) => found.get(arn))
}

async function pinnedBy(...asked: Parameters<typeof imagesOf>): Promise<(string[] | undefined)[]> {
  return (await imagesOf(...asked)).map((images) =>
    images?.map(({ containerName = '', image = '', imageDigest = '' }) =>
      pinnedImage(containerName, image, imageDigest),
    ),
  )
}
