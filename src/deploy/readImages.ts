/** Reads which images services run, and what their tags stand for now. */
import { anySignal } from '../ground/abortController.ts'
import type { ContainerDefinition, Service } from '@aws-sdk/client-ecs'
import type { Image as PushedImage } from '@aws-sdk/client-ecr'
import type { Aws } from '../aws/aws.ts'
import { type EcrImage as Place, ecrImageOf, parseImage } from '../definition/image.ts'
import type { Clock } from '../ground/clock.ts'
import { serviceKey } from '../ground/names.ts'
import { withDeadline } from '../ground/deadline.ts'
import { whyUnreadable } from '../rollout/missingPermission.ts'
import { imagesOf, onlyRevision } from './pinnedImages.ts'
import type { ImageState, ImageStates } from './imageState.ts'

/** A service whose revision stays, and the containers whose images it is asked about. */
export interface ImagesQuestion {
  readonly service: Service
  readonly containers: readonly ContainerDefinition[]
}

/** What reading takes from outside. */
interface Reading {
  readonly aws: Aws
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
}

/** Milliseconds that a registry may take to answer: it may be out of reach where ECS is not. */
const patience = 10_000

/**
 * Reads what services run and, of images in ECR, what their tags stand for now. ECS pins the digest of every image when a
 * deployment begins, so that a tag that was pushed again runs only with another deployment. It throws only what `signal`
 * is aborted with: what cannot be read is unknown.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability
 */
export async function readImages(reading: Reading, asked: readonly ImagesQuestion[]): Promise<ImageStates> {
  const tagged = asked.filter(({ containers }) => containers.some(({ image = '' }) => !isPinned(image)))
  const running = await digestsOf(
    reading,
    tagged.map(({ service }) => service),
  )
  const registry = registryOf(reading)
  return new Map(
    await Promise.all(
      tagged.map(async ({ service, containers }) => {
        const digests = running.get(service.serviceArn ?? '') ?? new Map<string, string>()
        const states = await Promise.all(
          containers.map(({ name = '', image = '' }) =>
            stateOf({ container: name, image, runs: digests.get(name) }, service, registry),
          ),
        )
        const { clusterArn: cluster, serviceName } = service
        return [serviceKey({ cluster, service: serviceName }), states] as const
      }),
    ),
  )
}

function isPinned(image: string): boolean {
  return parseImage(image)?.digest !== undefined
}

async function stateOf(
  of: Pick<ImageState, 'container' | 'image' | 'runs'>,
  service: Service,
  registry: ReturnType<typeof registryOf>,
): Promise<ImageState> {
  if (isPinned(of.image)) return { ...of, state: 'same' }
  const unknown = (why: string): ImageState => ({ ...of, state: 'unknown', why })
  const place = ecrImageOf(of.image)
  if (!place) return unknown('its registry cannot be asked')
  if (place.region !== service.serviceArn?.split(':')[3]) return unknown('its registry is in another region')
  if (of.runs === undefined) return unknown('ECS does not say which image runs')
  const found = await registry(place)
  if ('why' in found) return unknown(found.why)
  const [now] = found.digests
  return { ...of, state: found.digests.includes(of.runs) ? 'same' : 'moved', now }
}

/** By the ARN of each service that runs but one revision: the digest of each container's image, as ECS has pinned it. */
async function digestsOf(
  { aws, signal }: Reading,
  services: readonly Service[],
): Promise<Map<string, ReadonlyMap<string, string>>> {
  const arns = services.map((service) => onlyRevision(service) ?? '')
  const images = await imagesOf(aws, arns, signal)
  return new Map(
    services.map(({ serviceArn = '' }, index) => [
      serviceArn,
      new Map(
        (images[index] ?? []).flatMap(({ containerName = '', imageDigest }) =>
          imageDigest === undefined ? [] : [[containerName, imageDigest] as const],
        ),
      ),
    ]),
  )
}

type Digests = { readonly digests: readonly string[] } | { readonly why: string }

/** Asks ECR what tags stand for, each once. */
function registryOf({ aws, clock, signal }: Reading): (place: Place) => Promise<Digests> {
  const known = new Map<string, Promise<Digests>>()
  return (place) => {
    const key = JSON.stringify(place)
    const answer = known.get(key) ?? ask(place)
    known.set(key, answer)
    return answer
  }

  async function ask({ registryId, repositoryName, imageTag }: Place): Promise<Digests> {
    const input = { registryId, repositoryName, imageIds: [{ imageTag }], acceptedMediaTypes: [...mediaTypes] }
    try {
      const { images = [] } = await withDeadline(clock, patience, (late) =>
        aws.call('batchGetImage', input, signal ? anySignal([signal, late]) : late),
      )
      return images[0] ? { digests: digestsIn(images[0]) } : { why: 'the registry has no such tag' }
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      return { why: whyUnreadable(error, 'ecr:BatchGetImage') }
    }
  }
}

/** The kinds of manifests that are understood: of one platform, and of several. */
export const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const

/** The digest of the tag first, then those of the platforms' images where it is of several: ECS may have pinned one of them. */
function digestsIn({ imageId, imageManifest = '' }: PushedImage): string[] {
  const own = imageId?.imageDigest ?? ''
  try {
    const { manifests = [] } = JSON.parse(imageManifest) as { manifests?: { digest?: string }[] }
    return [own, ...manifests.flatMap(({ digest }) => digest ?? [])]
  } catch {
    return [own]
  }
}
