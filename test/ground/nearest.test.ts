import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/ground/nearest.ts'

describe('the nearest known name to a misspelt one', () => {
  it.each([
    ['imgae', ['name', 'image'], 'image', 'two letters swapped'],
    ['imag', ['name', 'image'], 'image', 'a letter dropped from a short name'],
    ['commmand', ['command'], 'command', 'a letter doubled'],
    ['containerDefinition', ['containerDefinitions'], 'containerDefinitions', 'a singular'],
    ['enviroment', ['environment', 'environmentFiles'], 'environment', 'a letter dropped'],
    ['imgxe', ['image'], 'image', 'two letters mistaken'],
    ['Image', ['image'], 'image', 'another case'],
    ['CPU', ['cpu'], 'cpu', 'another case of a short name'],
    ['task_definition', ['taskDefinition'], 'taskDefinition', 'snake case'],
    ['container-definitions', ['containerDefinitions'], 'containerDefinitions', 'kebab case'],
    ['roleArn', ['Arn', 'RoleArn'], 'RoleArn', 'the case of another AWS service'],
  ])('%s among %j is %s: %s', (name, known, meant) => {
    expect(nearest(name, known)).toBe(meant)
  })

  it.each([
    ['restartPolicy', ['image', 'name'], 'nothing like it'],
    ['imgaxy', ['image'], 'three typing errors'],
    ['imgg', ['image'], 'two typing errors in a short name'],
    ['abc', ['xbz'], 'two typing errors in a shorter one'],
    ['', ['image'], 'nothing at all'],
    ['image', [], 'no known names'],
  ])('%j among %j is none of them: %s', (name, known) => {
    expect(nearest(name, known)).toBeUndefined()
  })

  it('is the closest of several near ones', () => {
    expect(nearest('commands', ['comments', 'command'])).toBe('command')
    expect(nearest('Targets', ['Target', 'targets'])).toBe('targets')
  })
})
