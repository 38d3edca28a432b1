import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkImageTag, fillImageTag, hasImageTag } from '../../src/definition/placeholder.ts'
import { visibleJson } from '../../src/ground/visible.ts'
import { hostileText } from './hostileText.ts'

/** What registries take for a tag. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const tags = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)
const pieces = fc.oneof(
  fc.constantFrom('<image_tag>', '{image_tag}', '{', '}', '<', '>', '$&', '$1', '\\', '%s'),
  hostileText,
)
const texts = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''))

describe('the image tag', () => {
  it('is accepted when registries accept it, and refused as a bad argument otherwise', () => {
    fc.assert(fc.property(tags, (tag) => checkImageTag(tag)))
    fc.assert(
      fc.property(
        texts.filter((text) => !/^\w[\w.-]{0,127}$/.test(text)),
        (tag) => {
          expect(() => checkImageTag(tag)).toThrow(expect.objectContaining({ code: 'BadArguments' }))
        },
      ),
    )
  })

  const lookalikes = [
    'v1\n',
    'v1\u2028',
    '\u202ev1',
    'v\u0000',
    'ｖ１',
    'v1 --force',
    '../v1',
    '-v',
    '{image_tag}',
    'é',
  ]
  it.each(lookalikes.map((tag) => [visibleJson(JSON.stringify(tag)), tag]))(
    'is refused when it is %s',
    (_shown, tag) => {
      expect(() => checkImageTag(tag)).toThrow(expect.objectContaining({ code: 'BadArguments' }))
    },
  )
})

describe('a placeholder', () => {
  it('is filled anywhere in any text, and the text around it stays', () => {
    fc.assert(
      fc.property(texts, tags, (text, tag) => {
        const taskDefinition = withText(text)
        const before = structuredClone(taskDefinition)
        const filled: any = fillImageTag(taskDefinition, tag)
        const wanted = text.split(/<image_tag>|\{image_tag\}/).join(tag)
        expect(filled.containerDefinitions).toEqual(withText(wanted, text).containerDefinitions)
        expect(filled.taskRoleArn).toBe(text)
        expect(taskDefinition).toEqual(before)
        expect(hasImageTag(taskDefinition)).toBe(
          wanted !== text || text.includes('<image_tag>') || text.includes('{image_tag}'),
        )
      }),
    )
  })

  it('that the tag itself completes is not filled: nothing is filled twice', () => {
    expect(fillImageTag(withText('<image_<image_tag>>'), 'tag')).toMatchObject({
      containerDefinitions: [{ image: '<image_tag>' }],
    })
  })
})

/** The text in every kind of place: texts of containers, names of labels, and outside of the containers. */
function withText(text: string, name = text): any {
  const containerDefinitions = [
    {
      name: 'web',
      image: text,
      command: [text],
      environment: [{ name: 'TEXT', value: text }],
      dockerLabels: { [`label ${name}`]: text },
    },
  ]
  return { family: 'web', taskRoleArn: text, containerDefinitions }
}
