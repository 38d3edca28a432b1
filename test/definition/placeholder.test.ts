import { describe, expect, it } from 'vitest'
import type { TaskDefinition } from '../../src/definition/definition.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { checkImageTag, fillImageTag, hasImageTag } from '../../src/definition/placeholder.ts'

const withImage = (image: string): TaskDefinition => ({ family: 'web', containerDefinitions: [{ name: 'web', image }] })
const digest = `sha256:${'4bc4'.repeat(16)}`
const imageOf = (taskDefinition: TaskDefinition): string | undefined => taskDefinition.containerDefinitions[0]?.image

describe('the placeholder for the image tag', () => {
  it.each([
    ['my_image:<image_tag>', 'my_image:v1'],
    ['my_image:{image_tag}', 'my_image:v1'],
    ['<image_tag>/{image_tag}:<image_tag>', 'v1/v1:v1'],
    ['my_image:latest', 'my_image:latest'],
    ['my_image:<IMAGE_TAG>', 'my_image:<IMAGE_TAG>'],
    ['{} {0} {name} { image_tag } {image_tag', '{} {0} {name} { image_tag } {image_tag'],
    ['', ''],
  ])('makes %j into %j', (image, filled) => {
    expect(imageOf(fillImageTag(withImage(image), 'v1'))).toBe(filled)
  })

  it.each([
    ['shop/web:<image_tag>', `shop/web@${digest}`, `shop/web:v1@${digest}`],
    ['host:5000/web:{image_tag}', `host:5000/web@${digest}`, `host:5000/web:v1@${digest}`],
    ['web@<image_tag>', `web@${digest}`, `web@v1@${digest}`],
    ['release <image_tag>', `release ${digest}`, `release v1@${digest}`],
    ['--tag=web: <image_tag>', `--tag=web: ${digest}`, `--tag=web: v1@${digest}`],
  ])('makes %j into %j for a digest, and %j for a tag with one', (text, alone, tagged) => {
    expect(imageOf(fillImageTag(withImage(text), digest))).toBe(alone)
    expect(imageOf(fillImageTag(withImage(text), `v1@${digest}`))).toBe(tagged)
  })

  it.each(['$&', '$1', '$$', '$`', "$'", '<image_tag>', '{image_tag}', String.raw`\1`])(
    'puts the tag %j in as it is, whatever it means to a regular expression',
    (tag) => {
      expect(imageOf(fillImageTag(withImage('my_image:<image_tag>!'), tag))).toBe(`my_image:${tag}!`)
    },
  )

  it('is filled in every string of a container definition, however deep, and in no name', () => {
    const taskDefinition: TaskDefinition = {
      family: 'web',
      containerDefinitions: [
        {
          name: 'web',
          image: 'web:<image_tag>',
          command: ['serve', '--release=<image_tag>'],
          cpu: 256,
          essential: true,
          environment: [{ name: '<image_tag>', value: 'VERSION {image_tag}' }],
          dockerLabels: { '<image_tag>': '<image_tag>', constructor: '<image_tag>' },
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-stream-prefix': '<image_tag>' } },
          healthCheck: { command: ['CMD-SHELL', 'curl localhost | grep {image_tag}'], interval: undefined },
        },
        { name: 'proxy', image: 'proxy:<image_tag>' },
      ],
    }
    expect(fillImageTag(taskDefinition, 'v1').containerDefinitions).toStrictEqual([
      {
        name: 'web',
        image: 'web:v1',
        command: ['serve', '--release=v1'],
        cpu: 256,
        essential: true,
        environment: [{ name: 'v1', value: 'VERSION v1' }],
        dockerLabels: { '<image_tag>': 'v1', constructor: 'v1' },
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-stream-prefix': 'v1' } },
        healthCheck: { command: ['CMD-SHELL', 'curl localhost | grep v1'], interval: undefined },
      },
      { name: 'proxy', image: 'proxy:v1' },
    ])
  })

  it('is left alone outside the container definitions', () => {
    const taskDefinition: TaskDefinition = {
      ...withImage('web'),
      taskRoleArn: '<image_tag>',
      tags: [{ key: 'version', value: '{image_tag}' }],
      volumes: [{ name: '<image_tag>' }],
    }
    expect(fillImageTag(taskDefinition, 'v1')).toStrictEqual(taskDefinition)
  })

  it('is filled in a copy: the declared task definition does not change', () => {
    const taskDefinition = withImage('my_image:<image_tag>')
    Object.freeze(taskDefinition)
    Object.freeze(taskDefinition.containerDefinitions)
    Object.freeze(taskDefinition.containerDefinitions[0])
    expect(imageOf(fillImageTag(taskDefinition, 'v1'))).toBe('my_image:v1')
    expect(imageOf(fillImageTag(taskDefinition, 'v2'))).toBe('my_image:v2')
    expect(imageOf(taskDefinition)).toBe('my_image:<image_tag>')
  })

  it('is found wherever it would be filled, and only there', () => {
    const web = { name: 'web', image: 'web' }
    expect(hasImageTag(withImage('web:<image_tag>'))).toBe(true)
    expect(hasImageTag(withImage('web:{image_tag}'))).toBe(true)
    expect(hasImageTag({ family: 'web', containerDefinitions: [web, { ...web, command: ['<image_tag>'] }] })).toBe(true)
    expect(hasImageTag({ ...withImage('web:latest'), taskRoleArn: '<image_tag>' })).toBe(false)
    expect(
      hasImageTag({ family: 'web', containerDefinitions: [{ ...web, dockerLabels: { '<image_tag>': '' } }] }),
    ).toBe(false)
    expect(hasImageTag({ family: 'web', containerDefinitions: [] })).toBe(false)
  })
})

describe('an image tag', () => {
  it.each(['v1.2.3', 'latest', '_', '0', 'A-._z', 'a'.repeat(128), 'exit-3', '20260730T1200', digest, `v1@${digest}`])(
    'may be %j',
    (tag) => {
      expect(checkImageTag(tag)).toBeUndefined()
    },
  )

  it.each([
    ['v1 beta', 'Character 3 is " "; a tag has letters, digits, _, . and - only.'],
    ['.v1', 'Character 1 is "."; a tag begins with a letter, a digit or _.'],
    ['-v1', 'Character 1 is "-"; a tag begins with a letter, a digit or _.'],
    ['web:v1', 'Character 4 is ":"; a tag has letters, digits, _, . and - only.'],
    ['feature/login', 'Character 8 is "/"; a tag has letters, digits, _, . and - only.'],
    ['v1+build', 'Character 3 is "+"; a tag has letters, digits, _, . and - only.'],
    ['sha256:4bc4', 'A digest is sha256: and 64 hexadecimal digits in lower case.'],
    [
      `v1@${digest.toUpperCase().replace('SHA', 'sha')}`,
      'A digest is sha256: and 64 hexadecimal digits in lower case.',
    ],
    [`v 1@${digest}`, 'Character 2 is " "; a tag has letters, digits, _, . and - only.'],
    [`@${digest}`, 'A tag has 1 to 128 characters, this one has 0.'],
    ['undefined', 'An unset variable leaves that behind.'],
    ['null', 'An unset variable leaves that behind.'],
    [`null@${digest}`, 'An unset variable leaves that behind.'],
    ['v1\n', String.raw`Character 3 is "\n"; a tag has letters, digits, _, . and - only.`],
    ['v1é', 'Character 3 is "é"; a tag has letters, digits, _, . and - only.'],
    ['v🚀', 'Character 2 is "🚀"; a tag has letters, digits, _, . and - only.'],
    ['', 'A tag has 1 to 128 characters, this one has 0.'],
    ['a'.repeat(129), 'A tag has 1 to 128 characters, this one has 129.'],
  ])('may not be %j, and the refusal says why', (tag, why) => {
    expect(refusal(tag)).toMatchObject({ code: 'BadArguments', why })
  })
})

function refusal(tag: string): EcsTaskError {
  try {
    checkImageTag(tag)
  } catch (error) {
    if (error instanceof EcsTaskError) return error
  }
  throw new Error(`${tag} was accepted`)
}
