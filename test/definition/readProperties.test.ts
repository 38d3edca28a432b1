import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillImageTag } from '../../src/definition/placeholder.ts'
import { read } from '../../src/definition/read.ts'
import { arbitraryDefinition } from './arbitraryDefinition.ts'

const definitions = arbitraryDefinition()

describe('any valid definition', () => {
  it('is read as declared, without a warning', () => {
    fc.assert(
      fc.property(definitions, (declared) => {
        const { definition, warnings } = read(declared, 'WebTask')
        expect(warnings).toEqual([])
        expect(definition.taskDefinition).toEqual(declared.taskDefinition)
        expect(definition.updateServices).toEqual(declared.updateServices ?? [])
        expect(definition.runTasks).toEqual(declared.runTasks ?? [])
        expect(definition.eventTargets).toEqual(declared.eventTargets ?? [])
        expect(definition.schedules).toEqual(declared.schedules ?? [])
        expect(JSON.stringify(definition.taskDefinition)).toBe(JSON.stringify(declared.taskDefinition))
      }),
    )
  })

  it('is copied and deeply frozen, and the declared object is neither frozen nor changed', () => {
    fc.assert(
      fc.property(definitions, (declared) => {
        const before = structuredClone(declared)
        const declaredObjects = objectsIn(declared)
        const { definition } = read(declared, 'WebTask')
        expect(declared).toEqual(before)
        expect([...declaredObjects].filter((object) => Object.isFrozen(object))).toEqual([])
        const readObjects = objectsIn(definition)
        expect([...readObjects].filter((object) => !Object.isFrozen(object) || declaredObjects.has(object))).toEqual([])
      }),
    )
  })

  it('has its placeholders filled as a search and replace in its JSON would', () => {
    fc.assert(
      fc.property(definitions, fc.stringMatching(/^\w[\w.-]{0,127}$/), ({ taskDefinition }, tag) => {
        const { containerDefinitions, ...rest } = taskDefinition
        // Names of labels and options are strings of the text, too; those with a placeholder are another test's.
        fc.pre(!/(<image_tag>|\{image_tag\})[^"]*":/.test(JSON.stringify(containerDefinitions)))
        const text = JSON.stringify(containerDefinitions).replaceAll(/<image_tag>|\{image_tag\}/g, tag)
        expect(fillImageTag(taskDefinition, tag)).toEqual({ ...rest, containerDefinitions: JSON.parse(text) })
      }),
    )
  })

  it('is refused, with the path, when any one of its members is misspelt', () => {
    fc.assert(
      fc.property(definitions, fc.nat(), (declared, choice) => {
        const copy: any = structuredClone(declared)
        const containers: Record<string, unknown>[] = copy.taskDefinition.containerDefinitions
        const index = choice % containers.length
        const members = Object.keys(containers[index]!).filter((member) => member.length >= 5)
        const member = members[choice % members.length]!
        containers[index] = rename(containers[index]!, member, `${member}x`)
        expect(() => read(copy, 'WebTask')).toThrow(
          expect.objectContaining({
            problems: [
              `WebTask/taskDefinition/containerDefinitions/${index}/${member}x: ` +
                `is not a member of ContainerDefinition; did you mean ${member}?`,
            ],
          }),
        )
      }),
    )
  })
})

function rename(record: Record<string, unknown>, from: string, to: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]))
}

function objectsIn(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found
  found.add(value)
  for (const entry of Object.values(value)) objectsIn(entry, found)
  return found
}
