// Puts the placeholder where the image tag stands that runs.
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { fullName, parseImage } from '../definition/image.ts'
import { hasImageTag } from '../definition/placeholder.ts'
import { Noted, type Tree, isMembers, withMembers } from './tree.ts'

/** The images of containers by their place, as the file is to have them, and the tag that the placeholder stands for. */
interface Placed {
  readonly tag: string | undefined
  readonly images: ReadonlyMap<number, Tree>
}

/**
 * The tag is that of the first essential container. The placeholder stands for it in the images of that repository and of those
 * beside it, as `shop/nginx` is beside `shop/web`, where they have the same tag: a sidecar of a fixed version stays.
 */
function placesOf(containers: readonly ContainerDefinition[]): Placed {
  const first = containers.find(({ essential }) => essential !== false)
  const own = taggedIn(first?.image)
  const images = new Map<number, Tree>()
  for (const [index, container] of containers.entries()) {
    const { image = '' } = container
    const one = taggedIn(image)
    if (own && one && one.tag === own.tag && isBeside(one.repository, own.repository)) {
      images.set(index, `${one.repository}:<image_tag>`)
    } else if (container === first) {
      images.set(index, new Noted(image, [whyNot(image)]))
    }
  }
  return { tag: own?.tag, images }
}

/** An image that has a tag and nothing behind it. */
function taggedIn(image = ''): { repository: string; tag: string } | undefined {
  const { repository, tag, digest } = parseImage(image) ?? {}
  if (repository === undefined || tag === undefined || digest !== undefined) return undefined
  return image === `${repository}:${tag}` ? { repository, tag } : undefined
}

function whyNot(image: string): string {
  const { digest, repository } = parseImage(image) ?? {}
  if (repository === undefined) return 'This is no image with a tag: a deploy leaves it as it is.'
  const instead = `Write ${repository}:<image_tag> to deploy tags.`
  if (digest === undefined) return `This image has no tag: a deploy leaves it as it is. ${instead}`
  return `This image is pinned by its digest: a deploy leaves it as it is. ${instead}`
}

/** Whether two repositories are the same, or in the same place of a registry. */
function isBeside(one: string, other: string): boolean {
  if (fullName(one) === fullName(other)) return true
  const placeOf = (repository: string): string => repository.slice(0, Math.max(0, repository.lastIndexOf('/')))
  return placeOf(one) !== '' && placeOf(one) === placeOf(other)
}

/** A task definition with its placeholders and comments, and the tag that they stand for. */
interface WithPlaceholders {
  readonly tree: Tree
  readonly tag: string | undefined
  readonly warnings: readonly string[]
}

/** `tree` is the task definition to write, `containers` are those in it as they run. */
export function withPlaceholders(tree: Tree, containers: readonly ContainerDefinition[]): WithPlaceholders {
  const { tag, images } = placesOf(containers)
  const members = isMembers(tree) ? tree : {}
  const written = (members['containerDefinitions'] as readonly Tree[]).map((one, index) => {
    const image = images.get(index)
    if (image === undefined || !isMembers(one)) return one
    return withMembers(one, (name, value) => (name === 'image' ? image : (value as Tree)))
  })
  // There is no way to write these characters so that a deploy leaves them alone.
  const literal = containers.filter((one) => hasImageTag({ family: '', containerDefinitions: [one] }))
  return {
    tree: withMembers(members, (name, value) => (name === 'containerDefinitions' ? written : (value as Tree))),
    tag,
    warnings: literal.map(
      ({ name }) => `The container ${name} has <image_tag> or {image_tag} in a text: a deploy replaces it by the tag.`,
    ),
  }
}
