import { describe, expect, test } from 'vitest'
import type { ToldEvent } from '../../../src/engine/events.ts'
import { type Sources, annotations, annotationsOf } from '../../../src/output/report/annotations.ts'
import { workflowCommand } from '../../../src/output/workflowCommand.ts'
import { attacks } from '../../hostile/hostileText.ts'
import { at, everyEvent, shortLogs, spoilt } from '../everyEvent.ts'
import { logs } from '../logs/logs.ts'

const nowhere: Sources = { ofSubject: () => undefined, ofSentence: () => undefined }
const inFile: Sources = {
  ofSubject: ({ type }) => (type === 'service' ? { file: '_ecs/web.ts', line: 12 } : undefined),
  ofSentence: (sentence) => (sentence.startsWith('stack.yml:') ? { file: 'stack.yml', line: 3 } : undefined),
}

function told(log: readonly ToldEvent[], sources = inFile): string[] {
  const lines: string[] = []
  const listener = annotations((line) => lines.push(line), sources)
  log.forEach((event) => listener.hear(event))
  return lines
}

/** Reads a command as the runner does. */
function read(line: string): { name: string; properties: Record<string, string>; text: string } {
  const [, name = '', list = '', text = ''] = /^::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? []
  const decoded = (value: string): string =>
    value.replace(/%(25|0D|0A|3A|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  const pairs = list.split(',').filter(Boolean)
  const properties = Object.fromEntries(
    pairs.map((pair) => [pair.split('=')[0], decoded(pair.slice(pair.indexOf('=') + 1))]),
  )
  return { name, properties, text: decoded(text) }
}

test('a failed rollout is annotated on the line of its class, with its cause; its failed way back without a file', () => {
  const [rollout, undo, ...more] = told(logs['failedRollout']!).map(read)
  expect(rollout).toEqual({
    name: 'error',
    properties: { file: '_ecs/web.ts', line: '12', title: 'Update service web in my_cluster' },
    text: [
      'The rollout of web failed.',
      'ECS deployment circuit breaker: tasks failed to start.',
      'Essential container in task exited (web exited with 137, OutOfMemoryError: Container killed due to memory usage; proxy exited with 0)',
      '→ Look at the exit codes and logs of the tasks below.',
    ].join('\n'),
  })
  expect(undo?.properties).toEqual({ title: 'Undo: Deregister the new revision of web' })
  expect(more).toEqual([])
})

test('a success has none', () => {
  expect(told(logs['goodDeploy']!)).toEqual([])
})

test('a refusal has one for each finding with a place, and one for the rest', () => {
  const problem = {
    code: 'BadDefinition',
    what: 'Bad, 2%.',
    problems: ['stack.yml:3:7: x: is no key', 'y: is wrong'],
  } as const
  const lines = annotationsOf(problem, inFile)
  expect(lines).toEqual([
    '::error title=Bad%2C 2%25.::y: is wrong',
    '::error file=stack.yml,line=3,title=Bad%2C 2%25.::x: is no key',
  ])
  expect(annotationsOf({ ...problem, problems: problem.problems.slice(0, 1) }, inFile)).toEqual(lines.slice(1))
  expect(annotationsOf({ code: 'NotFound', what: 'Nothing.' }, nowhere)).toEqual(['::error title=Nothing.::Nothing.'])
})

test('there are at most ten, as GitHub shows no more', () => {
  const failed = { ...everyEvent['step.failed'], at }
  expect(told(Array.from({ length: 30 }, () => failed))).toHaveLength(10)
})

describe('with hostile text in everything', () => {
  test.each(attacks.map((attack) => [JSON.stringify(attack).slice(0, 60), attack]))('%s', (_name, attack) => {
    const hostile = `${attack}\n::add-mask::x\r\n::set-output name=a::b, line=9,file=/etc/passwd::%0A::warning::`
    for (const [, log] of shortLogs) {
      for (const line of told(spoilt(log, hostile))) {
        expect(line).not.toMatch(/[\r\n]/)
        const { name, properties } = read(line)
        expect(name).toBe('error')
        expect(Object.keys(properties).filter((key) => !['file', 'line', 'title'].includes(key))).toEqual([])
        if ('file' in properties) expect(properties).toMatchObject({ file: '_ecs/web.ts', line: '12' })
      }
    }
  })

  test('text and values are read back as they were, on a line', () => {
    const line = workflowCommand('error', 'a%0Ab\nc:d,e', { title: 'x,y:z%2C=1', file: undefined })
    expect(line).toBe('::error title=x%2Cy%3Az%252C=1::a%250Ab%0Ac:d,e')
    expect(read(line)).toEqual({ name: 'error', properties: { title: 'x,y:z%2C=1' }, text: 'a%0Ab\nc:d,e' })
  })
})
