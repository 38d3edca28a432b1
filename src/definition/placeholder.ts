// Fills the image tag into a task definition.
import type { TaskDefinition } from './definition.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { isUnset } from './unset.ts'

const placeholder = /<image_tag>|\{image_tag\}/
const placeholders = new RegExp(placeholder, 'g')

const isPlaceholder = new RegExp(`^(?:${placeholder.source})$`)

/** An image and nothing else, whose tag is the placeholder. */
const wholeTag = /^([\w.:/-]*\w):(?:<image_tag>|\{image_tag\})$/

/**
 * A copy of the task definition in which `tag` stands, literally, wherever a string inside the container definitions
 * says `<image_tag>` or `{image_tag}`: images, environment values, labels, commands and all others. Names of members
 * and of labels, other braces, and everything outside the container definitions stay as they are. A digest takes an `@` in
 * place of the colon in what is an image: `web:<image_tag>` becomes `web@sha256:…`.
 */
export function fillImageTag(taskDefinition: TaskDefinition, tag: string): TaskDefinition {
  return { ...taskDefinition, containerDefinitions: filled(taskDefinition.containerDefinitions, tag) }
}

/** The image with the tag in place of its placeholder. */
export function imageWithTag(image: string, tag: string): string {
  return filled(image, tag)
}

/** What people write in its place: other brackets, blanks, letters and hyphens, or none at all where the tag stands. */
const misspelt =
  /[$%]?[<{[(]{1,3} {0,2}(?:image[ _-]?)?tag {0,2}[>}\])]{1,3}|[$%](?:image[_-]?)?tag\b%?|(?<=:)image[_-]?tag(?=$|@)/gi

/** The image as it was probably meant, `web:<image_tag>` for `web:${image_tag}`; undefined where its tag is no misspelt placeholder. */
export function meantImage(image: string): string | undefined {
  const meant = image.replace(misspelt, (found) => (isPlaceholder.test(found) ? found : '<image_tag>'))
  return meant === image ? undefined : meant
}

/** Whether there is a placeholder that `fillImageTag` would fill. */
export function hasImageTag(taskDefinition: TaskDefinition): boolean {
  return contains(taskDefinition.containerDefinitions)
}

/**
 * Throws `BadArguments` when no image could have this tag: 1 to 128 letters, digits, `_`, `.` and `-`, of which the
 * first is not `.` or `-`; a digest, `sha256:…`; or both, `v1@sha256:…`. The grammar is the registries':
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export function checkImageTag(given: string): void {
  const [, tag = given, digest] = /^(?:([^@]*)@)?(sha256:.*)$/s.exec(given) ?? []
  if (digest !== undefined && !/^sha256:[a-f0-9]{64}$/.test(digest)) {
    throw new EcsTaskError('BadArguments', `The digest ${JSON.stringify(digest)} is not valid.`, {
      why: 'A digest is sha256: and 64 hexadecimal digits in lower case.',
      fix: 'Give it as the registry shows it, as in sha256:4bc453b5… or v1.2.3@sha256:4bc453b5….',
    })
  }
  if (given === digest) return
  if (isUnset(tag)) {
    throw new EcsTaskError('BadArguments', `The image tag is ${JSON.stringify(tag)}.`, {
      why: 'An unset variable leaves that behind.',
      fix: 'Set it to the tag, as in v1.2.3.',
    })
  }
  const characters = Array.from(tag)
  const wrong = characters.findIndex((character, index) => !(index === 0 ? /\w/ : /[\w.-]/).test(character))
  if (wrong >= 0) {
    throw new EcsTaskError('BadArguments', `The image tag ${JSON.stringify(tag)} is not valid.`, {
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
  if (typeof value === 'string') {
    const [, repository] = (tag.startsWith('sha256:') && wholeTag.exec(value)) || []
    return repository === undefined ? value.replace(placeholders, () => tag) : `${repository}@${tag}`
  }
  if (Array.isArray(value)) return value.map((entry) => filled(entry, tag))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filled(entry, tag)]))
}

function contains(value: unknown): boolean {
  if (typeof value === 'string') return placeholder.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(contains)
}
