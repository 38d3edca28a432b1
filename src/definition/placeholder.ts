// Fills the image tag into a task definition.
import type { TaskDefinition } from './definition.ts'
import { EcsTaskError } from '../ground/errors.ts'

const placeholder = /<image_tag>|\{image_tag\}/
const placeholders = new RegExp(placeholder, 'g')

/**
 * A copy of the task definition in which `tag` stands, literally, wherever a string inside the container definitions
 * says `<image_tag>` or `{image_tag}`: images, environment values, labels, commands and all others. Names of members
 * and of labels, other braces, and everything outside the container definitions stay as they are.
 */
export function fillImageTag(taskDefinition: TaskDefinition, tag: string): TaskDefinition {
  return { ...taskDefinition, containerDefinitions: filled(taskDefinition.containerDefinitions, tag) }
}

/** Whether there is a placeholder that `fillImageTag` would fill. */
export function hasImageTag(taskDefinition: TaskDefinition): boolean {
  return contains(taskDefinition.containerDefinitions)
}

/**
 * Throws `BadArguments` when no image could have this tag: 1 to 128 letters, digits, `_`, `.` and `-`, of which the
 * first is not `.` or `-`. The grammar is the registries':
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export function checkImageTag(tag: string): void {
  const characters = Array.from(tag)
  const wrong = characters.findIndex((character, index) => !(index === 0 ? /\w/ : /[\w.-]/).test(character))
  if (wrong >= 0) {
    throw new EcsTaskError('BadArguments', `The image tag ${JSON.stringify(tag)} is not one that an image can have.`, {
      why: `Character ${wrong + 1} is ${JSON.stringify(characters[wrong])}; ${wrong === 0 ? 'a tag begins with a letter, a digit or _' : 'a tag has letters, digits, _, . and - only'}.`,
      fix: 'Give the tag alone, without the name of the image, as in v1.2.3.',
    })
  }
  if (characters.length === 0 || characters.length > 128) {
    throw new EcsTaskError('BadArguments', `The image tag is ${characters.length === 0 ? 'empty' : 'too long'}.`, {
      why: `A tag has 1 to 128 characters, this one has ${characters.length}.`,
      fix: 'Give the tag alone, without the name of the image, as in v1.2.3.',
    })
  }
}

function filled<T>(value: T, tag: string): T
function filled(value: unknown, tag: string): unknown {
  if (typeof value === 'string') return value.replace(placeholders, () => tag)
  if (Array.isArray(value)) return value.map((entry) => filled(entry, tag))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filled(entry, tag)]))
}

function contains(value: unknown): boolean {
  if (typeof value === 'string') return placeholder.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(contains)
}
