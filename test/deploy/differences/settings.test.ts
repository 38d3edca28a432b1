import { describe, expect, it } from 'vitest'
import type { Declared, ServiceUpdate } from '../../../src/definition/definition.ts'
import { base, target, withService, withTargets } from './declared.ts'
import { diff, linesOf, running } from './support.ts'

describe('a diff says of a service', () => {
  it.each<[string, Partial<ServiceUpdate>, string[]]>([
    ['its number of tasks', { desiredCount: 5 }, ['~ desiredCount: 2 → 5']],
    [
      'its percentages',
      { deploymentConfiguration: { minimumHealthyPercent: 50 } },
      ['~ deploymentConfiguration/minimumHealthyPercent: 100 → 50'],
    ],
    [
      'its switches',
      { enableExecuteCommand: true, propagateTags: 'SERVICE' },
      ['~ enableExecuteCommand: false → true', '~ propagateTags: NONE → SERVICE'],
    ],
    [
      'its placement',
      { placementStrategy: [{ type: 'spread', field: 'host' }] },
      ['~ placementStrategy: [] → [{ type: spread, field: host }]'],
    ],
    [
      'its network',
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
      ['+ networkConfiguration: { awsvpcConfiguration: { subnets: [subnet-1] } }'],
    ],
  ])('%s', async (_, more, lines) => {
    expect(linesOf(await diff(running(base), withService(more)))).toEqual([
      'Service my_cluster/web',
      ...lines.map((line) => `  ${line}`),
    ])
  })
})

describe('a diff says of a rule', () => {
  it.each<[string, Declared, string[]]>([
    [
      'the input of a target',
      withTargets({ ...target, Input: '{"a":2}' }),
      [`~ Targets/report/Input: '{"a":1}' → '{"a":2}'`],
    ],
    [
      'the number of tasks that a target starts',
      withTargets({ ...target, EcsParameters: { TaskCount: 3 } }),
      ['~ Targets/report/EcsParameters/TaskCount: 1 → 3'],
    ],
    [
      'a new target',
      withTargets(target, { ...target, Id: 'again' }),
      [
        '+ Targets/again: { Id: again, Arn: arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster,',
        '  RoleArn: arn:aws:iam::123456789012:role/ecsEventsRole, Input: \'{"a":1}\',',
        '  EcsParameters: { TaskCount: 1 } }',
      ],
    ],
  ])('%s', async (_, declared, lines) => {
    expect(linesOf(await diff(running(base), declared))).toEqual([
      'Rule default/nightly',
      ...lines.map((line) => `  ${line}`),
    ])
  })
})
