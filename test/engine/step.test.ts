import { describe, expect, it } from 'vitest'
import { Reference, isResolvable, resolve } from '../../src/engine/step.ts'

describe('a value that is known only later', () => {
  const revision = new Reference('registerTaskDefinition web', 'the new revision of web')

  it('is replaced wherever it stands, and nothing else is', () => {
    const when = new Date(0)
    const input = { Rule: 'r', Targets: [{ Id: 'a', EcsParameters: { TaskDefinitionArn: revision, when } }] }
    const resolved = resolve<'putTargets'>(input as never, new Map([['registerTaskDefinition web', 'arn:web:8']]))
    expect(resolved).toEqual({
      Rule: 'r',
      Targets: [{ Id: 'a', EcsParameters: { TaskDefinitionArn: 'arn:web:8', when } }],
    })
    expect(input.Targets[0]!.EcsParameters.TaskDefinitionArn).toBe(revision)
  })

  it('cannot be forged by a string or an object of the user', () => {
    const forged = { $from: 'registerTaskDefinition web', what: 'x' }
    expect(resolve<'putTargets'>({ Rule: forged } as never, new Map())).toEqual({ Rule: forged })
  })

  it('that no step yielded is a bug, not an empty string', () => {
    expect(() => resolve<'putTargets'>({ Rule: revision } as never, new Map())).toThrow(
      'nothing was yielded by registerTaskDefinition web',
    )
  })

  it('may be one of several that a step yields', () => {
    const [one, other] = ['one', 'other'].map((member) => new Reference('step', member, member))
    const values = new Map([['step', { one: 'a', '': 'unnamed' }]])
    expect(resolve<'putTargets'>({ Rule: one } as never, values)).toEqual({ Rule: 'a' })
    expect(() => resolve<'putTargets'>({ Rule: other } as never, values)).toThrow('nothing was yielded by step')
    expect(resolve<'putTargets'>({ Rule: new Reference('step', 'all') } as never, values)).toEqual({ Rule: 'unnamed' })
    expect(isResolvable({ a: [{ b: one }], c: null, d: 'text', e: undefined }, values)).toBe(true)
    expect(isResolvable({ a: [{ b: one }, { b: other }] }, values)).toBe(false)
    expect(isResolvable(null, values)).toBe(true)
  })

  it('reads well in a plan', () => {
    expect(JSON.stringify({ revision })).toBe(
      '{"revision":{"$from":"registerTaskDefinition web","what":"the new revision of web"}}',
    )
    expect(`${revision}`).toBe('<the new revision of web>')
  })
})
