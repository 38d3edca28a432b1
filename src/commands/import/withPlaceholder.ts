// Puts the placeholder where the image tag stands.
import { fullName, parseImage } from '../../definition/image.ts'
import { hasImageTag } from '../../definition/placeholder.ts'
import { FromEnvironment, Noted, type Text, type Tree, isMembers, withMembers, withoutComments } from './tree.ts'

/** A task definition with its placeholders and comments, and the tag that they stand for. */
interface WithPlaceholders {
  readonly tree: Tree
  readonly tag: string | undefined
  readonly warnings: readonly string[]
}

/**
 * The tag is that of the first essential container. The placeholder stands for it in the images of that repository and of those
 * beside it, as `shop/nginx` is beside `shop/web`, where they have the same tag: a sidecar of a fixed version stays.
 */
export function withPlaceholders(taskDefinition: Tree): WithPlaceholders {
  const members = isMembers(taskDefinition) ? taskDefinition : {}
  const containers = listOf(members['containerDefinitions'])
  const first = containers.find((one) => isMembers(one) && one['essential'] !== false)
  const own = isMembers(first) ? taggedIn(first['image']) : undefined
  const written = containers.map((container) => {
    if (!isMembers(container)) return container
    const image = imageFor(container['image'], { own, isFirst: container === first })
    return withMembers(container, (name, value) => (name === 'image' ? image : (value as Tree)))
  })
  const literal = containers.flatMap((one) => {
    const { image, ...container } = withoutComments(one) as { name?: string; image?: unknown }
    // There is no way to write these characters so that a deploy leaves them alone.
    return hasImageTag({ family: '', containerDefinitions: [container] }) ? [container.name ?? ''] : []
  })
  return {
    tree: withMembers(members, (name, value) => (name === 'containerDefinitions' ? written : (value as Tree))),
    tag: typeof own?.tag === 'string' ? own.tag : undefined,
    warnings: literal.map(
      (name) => `The container ${name} has <image_tag> or {image_tag} in a text: a deploy replaces it by the tag.`,
    ),
  }
}

function listOf(tree: Tree | undefined): readonly Tree[] {
  return Array.isArray(tree) ? tree : []
}

/** An image with nothing behind its tag; the tag may be read from the environment. */
interface Tagged {
  readonly repository: Text
  readonly tag: string | FromEnvironment
}

function imageFor(image: Tree | undefined, of: { own: Tagged | undefined; isFirst: boolean }): Tree | undefined {
  const { own, isFirst } = of
  if (image instanceof Noted) return noted(imageFor(image.value, of), image.lines)
  const one = taggedIn(image)
  if (own && one && isSameTag(one, own) && isBeside(one.repository, own.repository)) return withTag(one)
  const isUntagged = typeof image === 'string' && !image.endsWith(':<image_tag>')
  return isFirst && isUntagged ? new Noted(image, [whyNot(image)]) : image
}

/** The image with the comments that it had before those of its own. */
function noted(image: Tree | undefined, lines: readonly string[]): Tree {
  return image instanceof Noted ? new Noted(image.value, [...lines, ...image.lines]) : new Noted(image, lines)
}

function taggedIn(image: Tree | undefined): Tagged | undefined {
  if (image instanceof Noted) return taggedIn(image.value)
  if (image instanceof FromEnvironment) {
    const [before, last] = image.parts.slice(-2)
    if (typeof before !== 'string' || !before.endsWith(':') || typeof last !== 'object') return undefined
    const rest = [...image.parts.slice(0, -2), before.slice(0, -1)]
    return {
      repository: rest.length === 1 ? before.slice(0, -1) : new FromEnvironment(rest),
      tag: new FromEnvironment([last]),
    }
  }
  if (typeof image !== 'string') return undefined
  const { repository, tag, digest } = parseImage(image) ?? {}
  if (repository === undefined || tag === undefined || digest !== undefined) return undefined
  return image === `${repository}:${tag}` ? { repository, tag } : undefined
}

function isSameTag({ tag: one }: Tagged, { tag: other }: Tagged): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function withTag({ repository, tag }: Tagged): Tree {
  const image =
    typeof repository === 'string'
      ? `${repository}:<image_tag>`
      : new FromEnvironment([...repository.parts, ':<image_tag>'])
  if (typeof tag === 'string') return image
  const [part] = tag.parts
  const name = typeof part === 'object' ? part.names[0] : ''
  return new Noted(image, [`The tag was the variable ${name}: deploy it as TAG.`])
}

function whyNot(image: string): string {
  const { digest, repository } = parseImage(image) ?? {}
  if (repository === undefined) return 'This is no image with a tag: a deploy leaves it as it is.'
  const instead = `Write ${repository}:<image_tag> to deploy tags.`
  if (digest === undefined) return `This image has no tag: a deploy leaves it as it is. ${instead}`
  return `This image is pinned by its digest: a deploy leaves it as it is. ${instead}`
}

/** Whether two repositories are the same, or in the same place of a registry. */
function isBeside(one: Text, other: Text): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return true
  if (fullName(one) === fullName(other)) return true
  const placeOf = (repository: string): string => repository.slice(0, Math.max(0, repository.lastIndexOf('/')))
  return placeOf(one) !== '' && placeOf(one) === placeOf(other)
}
