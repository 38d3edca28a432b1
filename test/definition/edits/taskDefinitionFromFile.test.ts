import { describe, expect, it } from 'vitest'
import { taskDefinitionFromFile } from '../../../src/definition/edits/taskDefinitionFromFile.ts'

const containers = [{ name: 'app', image: 'app:v1', memory: 64 }]
const from = (value: unknown, family?: string) =>
  taskDefinitionFromFile(typeof value === 'string' ? value : JSON.stringify(value), { file: 'td.json', family })
const refusal = (text: unknown, family?: string): string => {
  try {
    from(text, family)
  } catch (error) {
    const { message, why = '', problems = [] } = error as { message: string; why?: string; problems?: string[] }
    return [message, why, ...problems].join('\n')
  }
  throw new Error('it was not refused')
}

describe('a task definition in a file', () => {
  it('is a whole RegisterTaskDefinition input', () => {
    expect(from({ family: 'web', containerDefinitions: containers }).input).toEqual({
      family: 'web',
      containerDefinitions: containers,
    })
  })

  it('is a bare list of containers together with a family, as in the wercker step', () => {
    expect(from(containers, 'web').input).toEqual({ family: 'web', containerDefinitions: containers })
    expect(refusal(containers)).toContain('family')
  })

  it('is what the AWS CLI describes, without what only AWS sets', () => {
    const described = {
      taskDefinition: { family: 'web', containerDefinitions: containers, revision: 3, status: 'ACTIVE' },
      tags: [{ key: 'a', value: 'b' }],
    }
    expect(from(described).input).toEqual({
      family: 'web',
      containerDefinitions: containers,
      tags: [{ key: 'a', value: 'b' }],
    })
  })

  it('that is not JSON is refused with the line and the column', () => {
    expect(refusal('{\n  "family": web\n}')).toMatch(/[Ll]ine 2, column 13/)
  })

  it('with a misspelt member is refused with a proposal', () => {
    expect(refusal({ family: 'web', containerDefinitions: [{ name: 'app', imgae: 'x', memory: 4 }] })).toContain(
      'did you mean image?',
    )
  })
})
