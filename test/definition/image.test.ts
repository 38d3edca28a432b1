import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageTags, imageText, parseImage, sameRepository } from '../../src/definition/image.ts'

const sha256 = `sha256:${'0123456789abcdef'.repeat(4)}`

describe('an image reference is parsed', () => {
  it.each([
    ['a name alone, which means the tag latest', 'nginx', 'nginx', 'latest', undefined],
    ['a tag', 'nginx:1.25-alpine', 'nginx', '1.25-alpine', undefined],
    ['a repository of several parts', 'shop/back/web:v1', 'shop/back/web', 'v1', undefined],
    ['a registry', 'docker.repo.com/doorman:v42', 'docker.repo.com/doorman', 'v42', undefined],
    [
      'a registry with a port, which is no tag',
      'registry.example:5000/web',
      'registry.example:5000/web',
      'latest',
      undefined,
    ],
    ['a registry with a port, and a tag', 'localhost:5000/a/b:v1', 'localhost:5000/a/b', 'v1', undefined],
    ['a tag of digits, which is no port', 'web:5000', 'web', '5000', undefined],
    ['a digest, beside which no tag is implied', `web@${sha256}`, 'web', undefined, sha256],
    ['a tag and a digest', `r.example:5000/a/b:tag@${sha256}`, 'r.example:5000/a/b', 'tag', sha256],
    ['a digest of another kind', `web@sha512:${'a'.repeat(128)}`, 'web', undefined, `sha512:${'a'.repeat(128)}`],
    ['a registry at an address', '[::1]:5000/web:v1', '[::1]:5000/web', 'v1', undefined],
    ['a registry in capitals', 'REGISTRY/web:v1', 'REGISTRY/web', 'v1', undefined],
    ['separators inside a name', 'a.b/c__d/e--f_g:v1', 'a.b/c__d/e--f_g', 'v1', undefined],
  ])('with %s', (_, reference, repository, tag, digest) => {
    expect(parseImage(reference)).toEqual({ repository, tag, digest })
  })

  it.each([
    ['nothing', ''],
    ['capitals in the repository', 'Nginx'],
    ['an empty tag', 'web:'],
    ['an empty digest', 'web@'],
    ['two tags', 'web:v1:v2'],
    ['a digest that was cut off', `web@${sha256.slice(0, -1)}`],
    ['a tag after the digest', `web@${sha256}:v1`],
    ['a tag that is too long', `web:${'a'.repeat(129)}`],
    ['a tag that begins with a hyphen', 'web:-v1'],
    ['an equals sign', 'app=web:v1'],
    ['a scheme', 'https://registry.example/web:v1'],
    ['a blank', 'web :v1'],
    ['a line break', 'web:v1\n'],
    ['an empty part', 'shop//web'],
    ['a slash at the end', 'shop/'],
    ['a port that is no number', 'registry.example:port/web'],
    ['a placeholder', 'web:<image_tag>'],
    ['a repository of more than 255 characters', 'a'.repeat(256)],
  ])('but for %s, which no container runtime takes', (_, reference) => {
    expect(parseImage(reference)).toBeUndefined()
  })

  it('and formatted back', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/)
    const image = fc.record({
      host: fc.constantFrom('', 'localhost/', 'registry.example/', 'registry.example:5000/'),
      path: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      tag: fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined }),
      digest: fc.constantFrom(undefined, sha256),
    })
    fc.assert(
      fc.property(image, ({ host, path, tag, digest }) => {
        const whole = { repository: host + path, tag: tag ?? (digest ? undefined : 'latest'), digest }
        expect(parseImage(imageText(whole))).toEqual(whole)
      }),
    )
  })
})

describe('two names are of one repository', () => {
  it.each([
    ['nginx', 'nginx'],
    ['nginx', 'library/nginx'],
    ['nginx', 'docker.io/nginx'],
    ['nginx', 'docker.io/library/nginx'],
    ['nginx', 'index.docker.io/library/nginx'],
    ['shop/web', 'docker.io/shop/web'],
    ['registry.example:5000/web', 'registry.example:5000/web'],
  ])('%s and %s', (one, other) => {
    expect(sameRepository(one, other)).toBe(true)
    expect(sameRepository(other, one)).toBe(true)
  })
})

describe('two names are of two repositories', () => {
  it.each([
    ['nginx', 'nginx-extras'],
    ['nginx', 'shop/nginx'],
    ['nginx', 'localhost/nginx'],
    ['nginx', 'registry.example/nginx'],
    ['registry.example/nginx', 'registry.example/library/nginx'],
    ['registry.example/web', 'registry.example:5000/web'],
    ['registry.example/shop/web', 'registry.example/web'],
    ['docker/web', 'docker.io/web'],
    ['localhost/web', 'docker.io/localhost/web'],
    ['REGISTRY/web', 'docker.io/REGISTRY/web'],
  ])('%s and %s', (one, other) => {
    expect(sameRepository(one, other)).toBe(false)
    expect(sameRepository(other, one)).toBe(false)
  })
})

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
    expect(imageTags({ family: 'app', containerDefinitions: [] }, [{ image }])).toEqual([tag])
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

  it('are those of the containers with the image tag placeholder, each once', () => {
    expect(imageTags(declared('app:<image_tag>', 'app:{image_tag}', 'proxy:3'), registered)).toEqual(['v1'])
  })

  it('are those of all containers when none has the placeholder, or none of those exists', () => {
    expect(imageTags(declared('app:v1', 'app:v1', 'proxy:3'), registered)).toEqual(['v1', '3'])
    expect(imageTags(declared('app:<image_tag>'), registered.slice(1))).toEqual(['v1', '3'])
    expect(imageTags(declared('app:<image_tag>'), [])).toEqual([])
  })
})
