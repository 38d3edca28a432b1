import { describe, expect, it } from 'vitest'
import { imageTags, tagOf } from '../../src/definition/imageTags.ts'

describe('the tag of an image', () => {
  it.each([
    ['app:v1', 'v1'],
    ['registry.example:5000/shop/app:v1', 'v1'],
    ['registry.example:5000/shop/app', 'latest'],
    ['app', 'latest'],
    ['app:v1@sha256:0123', 'v1'],
    ['registry.example:5000/app@sha256:0123', 'sha256:0123'],
    ['', 'latest'],
  ])('of %j is %s', (image, tag) => {
    expect(tagOf(image)).toBe(tag)
  })
})

describe('the tags of a revision', () => {
  const registered = [
    { name: 'web', image: 'app:v1' },
    { name: 'job', image: 'app:v1' },
    { name: 'proxy', image: 'proxy:3' },
  ]
  const declared = (...images: string[]): any => ({
    containerDefinitions: images.map((image, index) => ({ name: registered[index]?.name, image })),
  })

  it('are those of the containers that are deployed with the tag, each once', () => {
    expect(imageTags(declared('app:<image_tag>', 'app:{image_tag}', 'proxy:3'), registered)).toEqual(['v1'])
  })

  it('are those of all containers where none is deployed with the tag, or none of them is there', () => {
    expect(imageTags(declared('app:v1', 'app:v1', 'proxy:3'), registered)).toEqual(['v1', '3'])
    expect(imageTags(declared('app:<image_tag>'), registered.slice(1))).toEqual(['v1', '3'])
    expect(imageTags(declared('app:<image_tag>'), [])).toEqual([])
  })
})
