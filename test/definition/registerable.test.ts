import type { RegisterTaskDefinitionRequest, TaskDefinition } from '@aws-sdk/client-ecs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registerable } from '../../src/definition/registerable.ts'
import { shapes } from '../../src/definition/shapes.ts'
import { arbitraryTaskDefinition } from './arbitraryTaskDefinition.ts'

/** Does not compile any more when the SDK learns of a member of the answer that cannot be registered. */
const readOnly: Record<Exclude<keyof TaskDefinition, keyof RegisterTaskDefinitionRequest>, unknown> = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7',
  revision: 7,
  status: 'ACTIVE',
  requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.19' }],
  compatibilities: ['EC2'],
  registeredAt: new Date(0),
  registeredBy: 'arn:aws:iam::123456789012:root',
  deregisteredAt: new Date(0),
  deleteRequestedAt: new Date(0),
}
const web = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:v1', memory: 512 }] }

describe('a described revision can be registered again', () => {
  it('without the members that AWS fills in', () => {
    expect(registerable({ ...web, ...readOnly } as TaskDefinition, [])).toStrictEqual(web)
  })

  it('with unknown members, at any depth', () => {
    const future: any = {
      ...web,
      futureSetting: { a: [null, 1] },
      containerDefinitions: [{ ...web.containerDefinitions[0], futureMember: ['b'] }],
    }
    expect(registerable({ ...future, ...readOnly }, [])).toStrictEqual(future)
  })

  it('with its tags, except those that only AWS sets', () => {
    const tags = [
      { key: 'aws:cloudformation:stack-name', value: 'shop' },
      { key: 'team', value: 'shop' },
      { key: 'AWS:x', value: '' },
      { key: 'awsome', value: 'yes' },
      { value: 'without a key' },
    ]
    expect(registerable(web as TaskDefinition, tags).tags).toEqual([tags[1], tags[3], tags[4]])
  })

  it('without a list of tags when none is left, since AWS refuses an empty one', () => {
    expect(registerable(web as TaskDefinition, [])).not.toHaveProperty('tags')
    expect(registerable(web as TaskDefinition, [{ key: 'aws:a', value: 'b' }])).not.toHaveProperty('tags')
  })

  it('in tests that together have every member', () => {
    const samples = fc.sample(arbitraryTaskDefinition(), { numRuns: 300, seed: 1 })
    const seen = new Set(samples.flatMap((one) => Object.keys(one)))
    const inContainers = new Set<string>(samples.flatMap((one) => one.containerDefinitions.flatMap(Object.keys)))
    expect([...seen].toSorted()).toEqual(Object.keys(shapes['RegisterTaskDefinitionRequest']!).toSorted())
    expect([...inContainers].toSorted()).toEqual(Object.keys(shapes['ContainerDefinition']!).toSorted())
  })
})
