// Replaces the images of containers.
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { type Image, imageText, parseImage, sameRepository } from '../image.ts'
import type { ImageEdit } from './edits.ts'

/**
 * Gives containers their images: an edit for a container that one, an edit for none each whose image is of the same
 * repository. That there is no such container, and that one is given two images, are problems. An image that is written
 * otherwise and means the same stays as it is written.
 */
export function editImages(
  containers: readonly ContainerDefinition[],
  edits: readonly ImageEdit[],
): { containers: ContainerDefinition[]; problems: string[] } {
  const problems = edits
    .filter((edit) => edit.container === undefined && !containers.some((container) => isFor(edit, container)))
    .map(({ image }) => {
      const there = containers.map(({ name, image: its }) => `${name} (${its})`).join(', ')
      return `--image ${imageText(image)}: no container has an image of ${image.repository}; there are ${there || 'none'}`
    })
  const edited = containers.map((container) => {
    const [image, ...more] = edits.filter((edit) => isFor(edit, container)).map((edit) => edit.image)
    const other = image && more.find((one) => !isSame(one, image))
    if (image && other) {
      problems.push(
        `--image: the container ${container.name} is given both ${imageText(image)} and ${imageText(other)}`,
      )
    }
    const before = parseImage(container.image ?? '')
    return !image || (before && isSame(before, image)) ? container : { ...container, image: imageText(image) }
  })
  return { containers: edited, problems }
}

/** The containers whose image the edits name, before as after. */
export function namedContainers(
  containers: readonly ContainerDefinition[],
  edits: readonly ImageEdit[],
): ContainerDefinition[] {
  return containers.filter((container) => edits.some((edit) => isFor(edit, container)))
}

function isFor(edit: ImageEdit, container: ContainerDefinition): boolean {
  if (edit.container !== undefined) return edit.container === container.name
  const before = parseImage(container.image ?? '')
  return before !== undefined && sameRepository(edit.image.repository, before.repository)
}

function isSame(one: Image, other: Image): boolean {
  return one.tag === other.tag && one.digest === other.digest && sameRepository(one.repository, other.repository)
}
