import { afterAll, describe, expect, it, test } from 'vitest'
import { readStack } from '../../src/cluster/file/readStack.ts'
import { taskDefinitionFromFile } from '../../src/definition/edits/taskDefinitionFromFile.ts'
import { read } from '../../src/definition/read.ts'
import { ecsTask } from '../commands/inProcess.ts'
import { definition, endAll, lines, project, serviceClass } from '../commands/support.ts'
import { nested } from './arbitraryGarbage.ts'

afterAll(endAll)

const containerOf = (more: object): object => ({ name: 'web', image: 'web:1', memory: 4, ...more })

/** The problems of a class with a container that has these members, or with others of its own. */
function problemsOf(container: object, more: object = {}): unknown {
  try {
    read({ taskDefinition: { family: 'web', containerDefinitions: [containerOf(container)] }, ...more }, 'Web')
    return []
  } catch (error) {
    return (error as { problems?: string[] }).problems
  }
}

describe('a number that AWS cannot mean is refused with its path', () => {
  const inContainer = 'Web/taskDefinition/containerDefinitions/0'
  const ofContainer = 'must be a whole number from 0 to 2147483647, not'
  it.each([
    ['cpu', -1],
    ['cpu', 0.5],
    ['memory', -512],
    ['startTimeout', 1e300],
    ['stopTimeout', 2_147_483_648],
  ])('%s: %d of a container', (member, value) => {
    expect(problemsOf({ [member]: value })).toEqual([`${inContainer}/${member}: ${ofContainer} ${value}`])
  })

  it.each([-1, 0.5, 5001, 2_147_483_647, 1e300])('desiredCount: %d of a service', (desiredCount) => {
    expect(problemsOf({}, { updateServices: [{ service: 'web', desiredCount }] })).toEqual([
      `Web/updateServices/0/desiredCount: must be a whole number from 0 to 5000, not ${desiredCount}`,
    ])
  })

  it('as an option too', async () => {
    const words = ['service', 'update', '-c', 'c', '-n', 's', '--desired-count', '2147483647']
    const { exitCode, stderr } = await ecsTask(words)
    expect([exitCode, stderr]).toEqual([2, '✗ --desired-count 2147483647 is more than AWS takes: 5000.\n'])
  })

  it('and those that it can mean are taken', () => {
    const ulimits = [{ name: 'nofile', softLimit: -1, hardLimit: -1 }]
    const deploymentConfiguration = { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0.1 } }
    const service = { service: 'web', desiredCount: 5000, deploymentConfiguration }
    expect(problemsOf({ ulimits, cpu: 0, linuxParameters: { maxSwap: -1 } }, { updateServices: [service] })).toEqual([])
  })
})

describe('what is nested deeper than AWS takes it is refused, whatever reads it', () => {
  it.each([101, 2_000, 100_000])('a class, %d levels deep', (levels) => {
    const [problem, ...others] = problemsOf({ sidecars: nested(levels) }) as string[]
    expect(others).toEqual([])
    expect(problem).toMatch(/^Web\/taskDefinition.*(is nested more than 100 levels deep|it is nested too deep)$/)
  })

  it.each([101, 2_000, 100_000])('a task definition of JSON, %d levels deep', (levels) => {
    const text = `{"family":"web","containerDefinitions":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(() => taskDefinitionFromFile(text, { file: 'web.json', family: undefined })).toThrow(
      expect.objectContaining({ code: 'BadArguments', message: 'web.json is nested more than 100 levels deep.' }),
    )
  })

  it.each([2_000, 20_000])('a stack, %d levels deep', (levels) => {
    const text = `services: ${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(() => readStack([{ name: 'stack.yml', text }], {})).toThrow(
      expect.objectContaining({ code: 'BadDefinition' }),
    )
  })
})

test('a class whose constructor throws, and what is wrong with another, are told at once', async () => {
  const throwing = `class Api extends EcsTask { constructor() { super(); throw new Error('no database') } }\n`
  const misspelt = serviceClass('Web').replace('memory', 'memroy')
  const file = definition([throwing, misspelt], 'await EcsTask.main([Api, Web])')
  const { exitCode, stderr } = await project({ 'web.ts': file }).run(['web.ts', 'deploy', 'v1', '--local'])
  expect([exitCode, lines(stderr)]).toEqual([
    2,
    [
      '✗ The definition cannot be deployed as it is.',
      "  Api/taskDefinition: can't be read: no database",
      expect.stringMatching(/^ {2}Web\/taskDefinition\/containerDefinitions\/0\/memroy: is not a member/),
    ],
  ])
})
