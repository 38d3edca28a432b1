// Image references: their repository, tag and digest.
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { Definition, TaskDefinition } from './definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { fillImageTag, hasImageTag } from './placeholder.ts'

/** An image reference, taken apart. */
export interface Image {
  /** As it was written, the registry included. */
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/**
 * `registry.example:5000/shop/web`, `v1` and `sha256:…` of `registry.example:5000/shop/web:v1@sha256:…`. The tag is
 * `latest` where there is neither a tag nor a digest. Undefined for what no container runtime takes for an image.
 * https://github.com/distribution/reference/blob/main/reference.go
 */
export function parseImage(reference: string): Image | undefined {
  const [, repository, tag, digest] = form.exec(reference) ?? []
  if (repository === undefined || repository.length > 255) return undefined
  return { repository, tag: tag ?? (digest === undefined ? 'latest' : undefined), digest }
}

/**
 * Whether ECS takes a text for an image: no blanks, no line breaks. What it takes need not be what a registry has.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function isImage(text: string): boolean {
  return /^\w[\w.#/-]*(:\d+\/[\w.#/-]+)?(:\w[\w.-]{0,127})?(@\w+:[0-9a-fA-F]+)?$/.test(text)
}

/** What a text that `isImage` does not take must be. */
export const imageMust = 'an image, as in repo/web:v1: letters, digits and ._-/#, then :TAG or @DIGEST, without blanks'

/** Throws `BadArguments` where a digest, put in place of the tag, makes of an image what no registry could have. */
export function checkDigest(definitions: readonly Definition[], tag: string): void {
  if (!tag.includes('sha256:')) return
  const problems = definitions.flatMap(({ name, taskDefinition }) =>
    fillImageTag(taskDefinition, tag).containerDefinitions.flatMap(({ image = '' }, index) => {
      const declared = taskDefinition.containerDefinitions[index]?.image
      if (declared === image || parseImage(image)) return []
      return [`${name}/taskDefinition/containerDefinitions/${index}/image: ${declared} has no place for a digest`]
    }),
  )
  if (problems.length === 0) return
  throw new EcsTaskError('BadArguments', `${tag} cannot be deployed to all images.`, {
    problems,
    fix: 'Deploy a tag, or declare the image as repository:<image_tag>.',
  })
}

/** An image in ECR: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v1`. */
export interface EcrImage {
  readonly registryId: string
  readonly region: string
  readonly repositoryName: string
  readonly imageTag: string
}

/** The account and the region of a registry, and what comes before the name of a repository in it. */
export const ecrRegistry = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z\d-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\//

/** Where an image is in ECR; undefined for one that is elsewhere. */
export function ecrImageOf(image: string): EcrImage | undefined {
  const { repository = '', tag = 'latest' } = parseImage(image) ?? {}
  const [registry = '', registryId, region] = ecrRegistry.exec(repository) ?? []
  const repositoryName = repository.slice(registry.length)
  if (!registryId || !region || !repositoryName) return undefined
  return { registryId, region, repositoryName, imageTag: tag }
}

/** The reference that stands for an image. */
export function imageText({ repository, tag, digest }: Image): string {
  return `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** Whether two names are of one repository: `nginx` is short for `docker.io/library/nginx`. */
export function sameRepository(one: string, other: string): boolean {
  return fullName(one) === fullName(other)
}

/**
 * The name with its registry: `docker.io/library/nginx`. Docker's own rule: what stands before the first slash is a registry when
 * it could be the name of a host.
 */
export function fullName(repository: string): string {
  const [, first = '', rest = ''] = /^([^/]*)\/(.*)$/.exec(repository) ?? []
  const isRegistry = /[.:A-Z]/.test(first) || first === 'localhost'
  const [registry, path] = isRegistry ? [first, rest] : ['docker.io', repository]
  if (registry !== 'docker.io' && registry !== 'index.docker.io') return repository
  return `docker.io/${path.includes('/') ? path : `library/${path}`}`
}

/**
 * The tags of the images in a registered revision, each once: of the containers whose declared image has the placeholder,
 * or of all where none has, so that a sidecar of a fixed version does not pass for what was deployed.
 */
export function imageTags(declared: TaskDefinition, registered: readonly ContainerDefinition[]): string[] {
  const tagged = declared.containerDefinitions.filter(({ image }) =>
    hasImageTag({ family: '', containerDefinitions: [{ image }] }),
  )
  const names = new Set(tagged.map(({ name }) => name))
  const ours = registered.filter(({ name }) => names.has(name))
  return [...new Set((ours.length > 0 ? ours : registered).map(({ image = '' }) => tagOf(image)))]
}

/**
 * `v1` of `host:5000/shop/web:v1` and of `web:v1@sha256:…`, the digest where there is only that, `latest` where there is
 * neither. https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
function tagOf(image: string): string {
  const [name = '', digest] = image.split('@')
  const tag = /:([^:/]+)$/.exec(name)?.[1]
  return tag ?? digest ?? 'latest'
}

const label = '[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*'
const host = String.raw`(?:${label}(?:\.${label})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`
const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const digestOfUnknown = '(?!sha256:)[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[a-fA-F0-9]{32,}'
const form = new RegExp(
  String.raw`^((?:${host}/)?${part}(?:/${part})*)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}|${digestOfUnknown}))?$`,
)
