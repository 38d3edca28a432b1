// The cluster query language: `and`, `or`, `not` and parentheses around comparisons.
import { invalid } from '../invalid.ts'
import { comparison } from './clusterQueryComparison.ts'
import type { Queried } from './clusterQueryComparison.ts'

type Test = (instance: Queried) => boolean

/**
 * What an expression of the cluster query language says of a container instance. What cannot be read is refused with
 * InvalidParameterException. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 */
export function clusterQuery(expression: string): Test {
  const words = clusterQueryWords(expression)
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
const word = /\s*(\(|\)|\[[^\]]*\]|&&|\|\||[=!]~|[=!<>]=|!(?:exists|in)\b|[!<>]|'[^']*'|"[^"]*"|[^\s()=!<>]+)/y

/** An expression of the cluster query language in words; undefined where something is none. */
function clusterQueryWords(expression: string): string[] | undefined {
  const words: string[] = []
  const text = expression.trimEnd()
  word.lastIndex = 0
  for (let from = 0; from < text.length; from = word.lastIndex) {
    const found = word.exec(text)?.[1]
    if (found === undefined) return undefined
    words.push(found)
  }
  return words
}
