import { describe, expect, it } from 'vitest'
import { behaviourOf, cannotPlace, cannotPull } from '../../../../src/local/ecs/tasks/images.ts'

const digest = `sha256:${'0'.repeat(64)}`

describe('misbehaviour is spelled in the image tag', () => {
  it.each([
    ['web:crash', { kind: 'crash' }],
    ['web:crash-2', { kind: 'crash' }],
    ['registry.example.com/team/web:crash', { kind: 'crash' }],
    ['localhost:5000/web:crash', { kind: 'crash' }],
    ['localhost:5000/team/web:crash', { kind: 'crash' }],
    [`web:crash@${digest}`, { kind: 'crash' }],
    [`localhost:5000/web:crash@${digest}`, { kind: 'crash' }],
    ['web:exit-0', { kind: 'exit', exitCode: 0 }],
    ['web:exit-3', { kind: 'exit', exitCode: 3 }],
    ['web:exit-255', { kind: 'exit', exitCode: 255 }],
    ['web:no-pull', { kind: 'noPull' }],
    ['web:no-place', { kind: 'noPlace' }],
    ['web:unhealthy', { kind: 'unhealthy' }],
    ['web:slow-30s', { kind: 'slow', milliseconds: 30_000 }],
    ['web:slow-2m', { kind: 'slow', milliseconds: 120_000 }],
  ])('%s', (image, behaviour) => {
    expect(behaviourOf(image)).toEqual(behaviour)
  })

  it.each([
    '',
    'web',
    `web@${digest}`,
    'web:v1',
    'localhost:5000/web',
    'localhost:5000/web:v1',
    'registry.example.com/team/web:v1',
    'web:latest',
    'crash',
    'crash/web',
    'crash:5000/web',
    'web:crashed',
    'web:v1-crash',
    'web:CRASH',
    'web:exit-',
    'web:exit-256',
    'web:exit-3-times',
    'web:exit--1',
    'web:slow',
    'web:slow-30',
    'web:slow-30h',
    'web:constructor',
    'web:toString',
  ])('%j is an ordinary image', (image) => {
    expect(behaviourOf(image)).toBeUndefined()
  })

  it('an image that cannot be pulled is named with the registry it was looked for in', () => {
    const images = ['web:no-pull', 'team/web:no-pull', 'ghcr.io/team/web:no-pull', 'localhost:5000/web:no-pull']
    expect(images.map((image) => /resolve ref (.*): not found$/.exec(cannotPull(image))?.[1])).toEqual([
      'docker.io/library/web:no-pull',
      'docker.io/team/web:no-pull',
      'ghcr.io/team/web:no-pull',
      'localhost:5000/web:no-pull',
    ])
  })

  it('a task cannot be placed when any of its images says so', () => {
    expect(cannotPlace({ containerDefinitions: [{ image: 'web:v1' }, { image: 'log:no-place' }] })).toBe(true)
    expect(cannotPlace({ containerDefinitions: [{ image: 'web:v1' }, {}] })).toBe(false)
  })
})
