// Filter patterns of CloudWatch Logs.
import { AwsFault } from '../world/fault.ts'

/**
 * Whether a message matches a filter pattern of plain terms and "quoted phrases": all of them must be in it, and none
 * of those with a minus before them. Case counts. Patterns for JSON, for columns, optional terms and regular
 * expressions are refused. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function logPattern(pattern: string): (message: string) => boolean {
  const terms = pattern.trim() === '' ? [] : pattern.trim().match(/(?:"[^"]*"|\S)+/g)
  const parsed = terms?.map((term) => /^(-?)(?:(\w+)|"([^"]+)")$/.exec(term) ?? refuse(pattern)) ?? refuse(pattern)
  return (message) =>
    parsed.every(([, minus, word, phrase]) => message.includes(word ?? phrase ?? '') === (minus === ''))
}

function refuse(pattern: string): never {
  const problem = /[{[?%]/.test(pattern.replaceAll(/"[^"]*"/g, ''))
    ? 'The local AWS knows plain terms and quoted phrases only.'
    : 'Terms with other characters than letters, digits and underscores must be quoted.'
  throw new AwsFault('InvalidParameterException', `Invalid filter pattern: ${pattern}. ${problem}`)
}
