/** Images in ECR: whether they are there, and built for the platform that the tasks run on. */
import type { ImageIdentifier } from '@aws-sdk/client-ecr'
import { type EcrImage, ecrImageOf, parseImage } from '../../../definition/image.ts'
import { mediaTypes } from '../../readImages.ts'
import { awsCommand } from '../../../ground/command.ts'
import { isFargate } from '../effective.ts'
import { type Check, type Found, error, unknown } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { type Platform, platformOf, platformProblem, platformsIn } from '../platform.ts'
import type { Reads } from '../reads.ts'
import { containersOf } from '../subject.ts'
import type { World } from '../world.ts'

interface Asked {
  readonly where: string
  readonly image: string
  readonly place: EcrImage
  readonly id: ImageIdentifier
  readonly platform: Platform | undefined
}

export const images: Check = {
  name: 'images',
  needs: ['batchGetImage'],
  notLocal: true,
  async of(world, reads) {
    const asked = imagesIn(world)
    const repositories = grouped(asked, ({ place }) => `${place.region}/${place.registryId}/${place.repositoryName}`)
    const found = await Promise.all(repositories.map((of) => ofRepository(of, world, reads)))
    return found.flat()
  },
}

function imagesIn(world: World): Asked[] {
  return world.subjects.flatMap((subject) => {
    const platform = platformOf(subject.taskDefinition, isFargate(world, subject))
    return containersOf(subject).flatMap(({ path, container: { image = '' } }) => {
      const place = ecrImageOf(image)
      if (!place) return []
      const digest = parseImage(image)?.digest
      const id = digest === undefined ? { imageTag: place.imageTag } : { imageDigest: digest }
      return [{ where: subject.where(`${path}/image`), image, place, id, platform }]
    })
  })
}

async function ofRepository(asked: readonly Asked[], world: World, reads: Reads): Promise<Found[]> {
  const { region, registryId, repositoryName } = asked[0]!.place
  if (world.region !== undefined && region !== world.region) {
    const why = `its registry is in ${region}, and calls go to ${world.region}`
    return asked.map(({ where, image }) => unknown(where, image, why))
  }
  const imageIds = [...new Map(asked.map(({ id }) => [JSON.stringify(id), id])).values()]
  const input = { registryId, repositoryName, imageIds, acceptedMediaTypes: [...mediaTypes] }
  const answer = await reads.ask('batchGetImage', input, /^RepositoryNotFoundException$/)
  if (answer.state === 'unread') return asked.map(({ where, image }) => unknown(where, image, answer.why))
  if (answer.state === 'absent') {
    const fix = `Check the name, or create it with: ${awsCommand('ecr create-repository', { 'repository-name': repositoryName })}`
    return asked.map(({ where }) => error(where, `ECR has no repository ${repositoryName}.`, fix))
  }
  const there = answer.value.images ?? []
  return asked.flatMap(({ where, image, id, platform }) => {
    const found = there.find(({ imageId }) =>
      id.imageDigest === undefined ? imageId?.imageTag === id.imageTag : imageId?.imageDigest === id.imageDigest,
    )
    if (!found) {
      return error(where, `ECR has no image ${repositoryName}${shownId(id)}.`, 'Push it first, or deploy another tag.')
    }
    const problem = platformProblem(image, platformsIn(found.imageManifest ?? ''), platform)
    return problem ? error(where, problem.what, problem.fix) : []
  })
}

const shownId = ({ imageTag, imageDigest }: ImageIdentifier): string =>
  imageDigest === undefined ? `:${imageTag}` : `@${imageDigest}`
