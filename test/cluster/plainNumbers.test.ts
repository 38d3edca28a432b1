// Every number that a stack file and ECS hold alike goes all the way to AWS and back.
import { describe, expect, it } from 'vitest'
import { plainNumbers } from '../../src/cluster/file/plainNumbers.ts'
import { taskDefinitionOf } from '../../src/cluster/taskDefinitionOf.ts'
import { readStack } from '../../src/cluster/file/readStack.ts'
import { stackText } from '../../src/cluster/file/stackText.ts'

const names: { key: string; member: string }[] = []
plainNumbers((name) => void names.push(name))

describe('a number of a container', () => {
  it.each(names)('$key of the file is $member of the task definition, and $key again', ({ key, member }) => {
    const file = `services:\n  - web:\n      image: web:v1\n      memory: 1024\n      ${key === 'memory' ? '' : `${key}: 64`}\n`
    const { stack } = readStack([{ name: 'stack.yml', text: file }], {})
    const [web] = stack.services
    const [container] = taskDefinitionOf('c', web!).containerDefinitions
    expect(container).toMatchObject({ [member]: key === 'memory' ? 1024 : 64 })
    expect(stackText(stack)).toContain(`${key}: ${key === 'memory' ? 1024 : 64}\n`)
  })
})
