import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folded } from '../../src/output/folded.ts'
import { type Line, printed, unbroken } from '../../src/output/line.ts'
import { paragraph } from '../../src/output/paragraph.ts'
import { width } from '../../src/output/width.ts'

const text = (line: Line): string => printed(line, { color: false })
const fold = (line: Line, columns: number): string[] => folded(line, columns).map(text)

describe('a folded line', () => {
  test('stays as it is where there is room', () => {
    const line: Line = [['red', '✗ '], 'it failed']
    expect(folded(line, 80)).toEqual([line])
    expect(folded(line, Infinity)).toEqual([line])
  })

  test('breaks at its spaces, and continues two columns further in', () => {
    expect(fold(['  the task stopped because it had to'], 20)).toEqual([
      '  the task stopped',
      '    because it had',
      '    to',
    ])
  })

  test('keeps the style of each of its parts', () => {
    const line: Line = ['web: ', ['dim', 'has started 1 tasks and then some']]
    expect(folded(line, 20)).toEqual([
      ['web: ', ['dim', 'has started 1']],
      ['  ', ['dim', 'tasks and then']],
      ['  ', ['dim', 'some']],
    ])
  })

  test('is not broken between two parts without a space between them', () => {
    expect(fold(['123456789012 ', ['dim', '(1234'], ['bold', '56789)'], ' end'], 20)).toEqual([
      '123456789012',
      '  (123456789) end',
    ])
  })

  test('keeps an unbreakable word whole, on the line where it begins', () => {
    const command = 'aws logs tail /ecs/web --since 1h'
    expect(fold([unbroken('  Next: '), ['cyan', unbroken(command)]], 20)).toEqual([`  Next: ${command}`])
    expect(fold([`what to do is ${unbroken(command)} at once`], 20)).toEqual([
      'what to do is',
      `  ${command}`,
      '  at once',
    ])
  })

  test('never loses a word, and is never too wide where all words are short', () => {
    const word = fc.stringMatching(/^[a-z東京]{1,6}$/)
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 20, max: 90 }),
        (words, columns) => {
          const lines = fold([`  ${words.join(' ')}`], columns)
          expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(words)
          for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns)
          for (const line of lines) expect(line).toBe(line.trimEnd())
        },
      ),
    )
  })

  test('keeps no control character that could pass for a space', () => {
    expect(fold(['one\u001b[2Jtwo\r\nthree four five six'], 20)).toEqual(['onetwo three four', '  five six'])
  })
})

describe('a line that ends with a command to type', () => {
  const json = `'{"cluster":"c","service":"web","taskDefinition":"arn:aws:ecs:us-east-1:1:task-definition/web:1"}'`
  const aws = `aws ecs update-service --endpoint-url http://127.0.0.1:4570 --cli-input-json ${json}`

  test.each([
    aws,
    'ecs-task rollback --only BadTask --region eu-west-1 --profile shop',
    "ecs-task x '_ecs/my files' rollback --only BadTask --region eu-west-1",
    "tsx 'my files/web.ts' continue --reject --only BlueTask --region eu-west-1",
    'node _ecs/web.mjs deploy v1.2.3 --only BadTask --region eu-west-1 --profile shop',
    'ecs-task lock release --lock s3://locks/of/all/of/us --cluster my_cluster --service web',
  ])('has it whole, on a line of its own: %s', (command) => {
    const line: Line = [['red', '  ✗ '], `Put service web back: it was in progress. Do it with: ${command}`]
    expect(fold(line, 60)).toEqual(['  ✗ Put service web back: it was in progress. Do it with:', `    ${command}`])
    expect(paragraph(text(line), { columns: 60, indent: 1 }).map(text).at(-1)).toBe(`   ${command}`)
    expect(folded(line, 60).at(-1)).toEqual([unbroken(`    ${command}`)])
    expect(folded(line, Infinity)).toEqual([line])
  })

  test('keeps its style, and what comes before it is folded', () => {
    expect(folded([['cyan', `  → Wait for it, or ask again with: ${aws}`]], 20)).toEqual([
      [['cyan', '  → Wait for it, or']],
      ['    ', ['cyan', 'ask again with:']],
      [unbroken('    '), ['cyan', unbroken(aws)]],
    ])
  })

  test('may be nothing else', () => expect(fold([aws], 40)).toEqual([`  ${aws}`]))

  test.each([
    'The deploy of web: nothing is known of it, and so it was left',
    'Another way: ecs-task neither updates nor rolls back services of CODE_DEPLOY',
    'Several files: ecs-task deploy <TAG> FILE and then whatever else there may be',
    'It said: node was not found in the image that the container was started from',
    'Only the services go back. To put the event targets back too: rollback.',
  ])('is not one that only looks like it: %s', (sentence) => {
    expect(fold([sentence], 30).every((one) => width(one) <= 30)).toBe(true)
    expect(fold([sentence], 30).join(' ').replaceAll(/ +/g, ' ')).toBe(sentence)
  })
})
