import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runnerIn } from '../../src/ground/runner.ts'
import { lineOfClass, ofDefinitions, placeIn, sourcesOf } from '../../src/commands/ci/sources.ts'
import { read } from '../../src/definition/read.ts'
import { serviceOf } from './inProcess.ts'

const folder = mkdtempSync(join(tmpdir(), 'sources-'))
const path = join(folder, 'web.ts')
writeFileSync(
  path,
  [
    "import { EcsTask } from 'ecs-task'",
    '// class WebTask is below',
    ' * a comment on class WebTask',
    "const text = 'class WebTask'",
    'class WebTaskOfOld extends EcsTask {}',
    'export abstract class WebTask extends EcsTask {',
    '}',
    'export default class extends EcsTask {}',
    'class $Priced extends EcsTask {}',
  ].join('\n'),
)

describe('the line of a class', () => {
  test.each([
    ['WebTask', 6],
    ['WebTaskOfOld', 5],
    ['WebTask (_ecs/web.ts)', 6],
    ['$Priced', 9],
    ['Worker', undefined],
    ['a.*', undefined],
    ['', undefined],
  ])('%s', (name, line) => {
    expect(lineOfClass({ name, path })?.line).toBe(line)
  })

  test('is not known without its file', () => {
    expect(lineOfClass({ name: 'WebTask' })).toBeUndefined()
    expect(lineOfClass({ name: 'WebTask', path: join(folder, 'gone.ts') })).toBeUndefined()
  })
})

test.each([
  ['stack.yml:12:7: services/web/imgae: is no key', { file: 'stack.yml', line: 12 }],
  ['_ecs/web.ts: line 3: Unexpected }', { file: '_ecs/web.ts', line: 3 }],
  ['_ecs/web.ts: exports no class', { file: '_ecs/web.ts', line: undefined }],
  ['WebTask/taskDefinition: is missing', undefined],
  ['https://evil.example: no', undefined],
  ['web: is not in the stack', undefined],
  ['12:30: late', undefined],
])('%s is placed at %o', (sentence, place) => {
  expect(placeIn(sentence)).toEqual(place)
})

test('a file is named as the repository has it, and none that is not there or outside of it', () => {
  const inRoot = sourcesOf([{ name: 'WebTask', path }], { workspace: folder })
  expect(inRoot.ofSentence('WebTask/family: is missing')).toEqual({ file: 'web.ts', line: 6 })
  expect(inRoot.ofSentence(`${join(folder, 'gone.yml')}:1:1: x`)).toBeUndefined()
  const elsewhere = sourcesOf([{ name: 'WebTask', path }], { workspace: join(folder, 'below') })
  expect(elsewhere.ofSentence('WebTask/family: is missing')).toBeUndefined()
})

test('a step is of the class that declares its service, family or rule; of one class it is that', () => {
  const definitions = ['web', 'worker'].map((family) => read(serviceOf(family), family).definition)
  const find = ofDefinitions(definitions)
  expect(find({ type: 'service', cluster: 'my_cluster', service: 'worker' })).toBe('worker')
  expect(find({ type: 'service', cluster: 'other', service: 'worker' })).toBeUndefined()
  expect(find({ type: 'family', family: 'web' })).toBe('web')
  expect(find({ type: 'task', cluster: 'my_cluster', family: 'worker' })).toBe('worker')
  expect(find({ type: 'revision', revision: 'the new revision of worker' })).toBe('worker')
  expect(find({ type: 'revision', revision: 'web:7' })).toBe('web')
  expect(find({ type: 'revision', revision: 'shop-web:7' })).toBeUndefined()
  expect(find({ type: 'group', group: 'asg' })).toBeUndefined()
  expect(ofDefinitions(definitions.slice(0, 1))({ type: 'group', group: 'asg' })).toBe('web')
})

test.each([
  [{ GITHUB_ACTIONS: 'true' }, 'github'],
  [{ GITLAB_CI: 'true' }, 'gitlab'],
  [{ BUILDKITE: 'true' }, 'buildkite'],
  [{ TF_BUILD: 'True' }, 'azure'],
  [{ CI: 'true', CIRCLECI: 'true' }, undefined],
  [{ GITHUB_ACTIONS: 'false' }, undefined],
  [{}, undefined],
])('with %o the log is that of %s', (env, runner) => {
  expect(runnerIn(env)).toBe(runner)
})
