// The cluster query language: comparisons like `attribute:ecs.os-type == linux`, with `and`, `or`, `not` and parentheses.
import { RE2JS } from 're2js'
import { own } from '../../world/own.ts'
import { invalid } from '../invalid.ts'
import type { DescribedContainerInstance } from '../shown/records.ts'
import { attributeOf } from './attributes.ts'

type Test = (instance: Queried) => boolean

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html */
const mostCharacters = 2000

/** Those read last: a service asks the same of each container instance for each of its tasks. */
const known = new Map<string, Test>()
const mostKnown = 100

/**
 * What an expression of the cluster query language says of a container instance. What cannot be read is refused with
 * InvalidParameterException. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 */
export function clusterQuery(expression: string): Test {
  const found = known.get(expression)
  if (found) return found
  const test = read(expression)
  if (known.size === mostKnown) known.clear()
  known.set(expression, test)
  return test
}

function read(expression: string): Test {
  if (expression.length > mostCharacters) throw invalid(`An expression has at most ${mostCharacters} characters.`)
  const words = wordsOf(expression)
  const test = words && either(words)
  if (test && words.length === 0) return test
  throw invalid(`Invalid expression: '${expression}'.`)
}

/** Each of these takes its words from the front of the list; undefined when they make no sense. */
function either(words: string[]): Test | undefined {
  let test = both(words)
  while (test && isNext(words, 'or', '||')) {
    const [left, right] = [test, both(words)]
    test = right && ((instance) => left(instance) || right(instance))
  }
  return test
}

function both(words: string[]): Test | undefined {
  let test = one(words)
  while (test && isNext(words, 'and', '&&')) {
    const [left, right] = [test, one(words)]
    test = right && ((instance) => left(instance) && right(instance))
  }
  return test
}

function one(words: string[]): Test | undefined {
  if (isNext(words, 'not', '!')) {
    const test = one(words)
    return test && ((instance) => !test(instance))
  }
  if (!isNext(words, '(')) return comparison(words)
  const test = either(words)
  return isNext(words, ')') ? test : undefined
}

/** Whether one of the words comes next; takes it if so. */
function isNext(words: string[], ...wanted: string[]): boolean {
  const found = words[0] !== undefined && wanted.includes(words[0])
  if (found) words.shift()
  return found
}

/** Parentheses, an argument list, an operator, a quoted word, or a word. */
const wordForm = /\s*(\(|\)|\[[^\]]*\]|&&|\|\||[=!]~|[=!<>]=|!(?:exists|in)\b|[!<>]|'[^']*'|"[^"]*"|[^\s()=!<>]+)/y

/** An expression of the cluster query language in words; undefined where something is none. */
function wordsOf(expression: string): string[] | undefined {
  const words: string[] = []
  const text = expression.trimEnd()
  wordForm.lastIndex = 0
  for (let from = 0; from < text.length; from = wordForm.lastIndex) {
    const found = wordForm.exec(text)?.[1]
    if (found === undefined) return undefined
    words.push(found)
  }
  return words
}

/** A container instance as a query sees it. */
export interface Queried {
  /** As DescribeContainerInstances shows it. */
  readonly containerInstance: Pick<
    DescribedContainerInstance,
    'agentConnected' | 'attributes' | 'ec2InstanceId' | 'registeredAt' | 'runningTasksCount' | 'versionInfo'
  >
  /** The groups of the tasks on it. */
  readonly groups: readonly string[]
}

interface Subject {
  readonly values: (instance: Queried) => readonly string[]
  /** What is greater than what, for subjects that have an order. */
  readonly rank?: (text: string) => readonly number[]
}

/** `subject operator argument`, taken from the front of the words; undefined when they make no sense. */
function comparison(words: string[]): ((instance: Queried) => boolean) | undefined {
  const [subjectWord = '', operatorWord = ''] = words.splice(0, 2)
  const subject = subjectOf(subjectWord)
  const name = own(names, operatorWord) ?? operatorWord
  if (!subject) return undefined
  if (name === 'exists') return (instance) => subject.values(instance).length > 0
  if (name === 'not_exists') return (instance) => subject.values(instance).length === 0
  const [positive, isNegated] = name.startsWith('not_') ? [name.slice('not_'.length), true] : [name, false]
  const matches = own(operators, positive)?.(subject, words.shift() ?? '')
  if (!matches) return undefined
  return (instance) => {
    const values = subject.values(instance)
    // An attribute that is not there is not another one either; an instance without tasks has none of the group.
    if (isNegated && values.length === 0) return subjectWord === 'task:group'
    return values.some(matches) !== isNegated
  }
}

const names: Record<string, string> = {
  '==': 'equals',
  '!=': 'not_equals',
  '>': 'greater_than',
  '>=': 'greater_than_equal',
  '<': 'less_than',
  '<=': 'less_than_equal',
  '!exists': 'not_exists',
  '!in': 'not_in',
  '=~': 'matches',
  '!~': 'not_matches',
}

type Matches = (value: string) => boolean

/** What an operator with its argument asks of a value; undefined where it does not go with the subject. */
const operators: Record<string, (subject: Subject, argument: string) => Matches | undefined> = {
  equals: (subject, argument) => {
    if (subject.rank) return ordered(subject, argument, (order) => order === 0)
    return argument ? (value) => value === bare(argument) : undefined
  },
  greater_than: (subject, argument) => ordered(subject, argument, (order) => order > 0),
  greater_than_equal: (subject, argument) => ordered(subject, argument, (order) => order >= 0),
  less_than: (subject, argument) => ordered(subject, argument, (order) => order < 0),
  less_than_equal: (subject, argument) => ordered(subject, argument, (order) => order <= 0),
  in: ({ rank }, argument) => {
    const list = /^\[(.*)\]$/
      .exec(argument)?.[1]
      ?.split(',')
      .map((each) => bare(each.trim()))
    return rank || !list ? undefined : (value) => list.includes(value)
  },
  matches: ({ rank }, argument) => {
    const pattern = rank || !argument ? undefined : patternOf(bare(argument))
    return pattern && ((value) => pattern.matches(value))
  },
}

function ordered({ rank }: Subject, argument: string, holds: (order: number) => boolean): Matches | undefined {
  const wanted = rank?.(bare(argument)) ?? []
  if (!rank || wanted.length === 0 || wanted.some(Number.isNaN)) return undefined
  return (value) => holds(compare(rank(value), wanted))
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** All repetitions of a pattern, as in `{2,63}`, added up: each is as much work as if it were written out. */
const mostRepetitions = 200

/**
 * A pattern that has to match the whole of a value, as Java's do. It takes time in proportion to the value, whatever the
 * pattern is, and so has no lookaround and no back references.
 */
function patternOf(text: string): RE2JS | undefined {
  const repetitions = [...text.matchAll(/\{(\d+),?(\d*)\}/g)].reduce(
    (sum, [, least, most]) => sum + Number(most || least),
    0,
  )
  if (repetitions > mostRepetitions) return undefined
  try {
    return RE2JS.compile(text)
  } catch {
    return undefined
  }
}

const bare = (text: string): string => text.replace(/^(['"])(.*)\1$/, '$2')

function subjectOf(word: string): Subject | undefined {
  const attribute = /^attribute:(.+)$/.exec(word)?.[1]
  if (attribute === undefined) return own(subjects, word)
  return { values: ({ containerInstance }) => [attributeOf(containerInstance, attribute) ?? []].flat() }
}

const subjects: Record<string, Subject> = {
  agentConnected: { values: ({ containerInstance }) => [String(containerInstance.agentConnected)] },
  agentVersion: {
    values: ({ containerInstance }) => [containerInstance.versionInfo.agentVersion ?? []].flat(),
    rank: (text) => text.split('.').map(Number),
  },
  ec2InstanceId: { values: ({ containerInstance }) => [containerInstance.ec2InstanceId] },
  registeredAt: {
    values: ({ containerInstance }) => [new Date(containerInstance.registeredAt * 1000).toISOString()],
    rank: (text) => [Date.parse(/T.*\d$/.test(text) && !/[+-]\d\d:\d\d$/.test(text) ? `${text}Z` : text)],
  },
  runningTasksCount: {
    values: ({ containerInstance }) => [String(containerInstance.runningTasksCount)],
    rank: (text) => [text === '' ? Number.NaN : Number(text)],
  },
  'task:group': { values: ({ groups }) => groups },
}
