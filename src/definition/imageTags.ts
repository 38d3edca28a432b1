import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { TaskDefinition } from './definition.ts'
import { hasImageTag } from './placeholder.ts'

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
export function tagOf(image: string): string {
  const [name = '', digest] = image.split('@')
  const tag = /:([^:/]+)$/.exec(name)?.[1]
  return tag ?? digest ?? 'latest'
}
