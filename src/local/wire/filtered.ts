// The filters of EC2, which Auto Scaling takes, too.
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'

type Field = string | number | boolean | undefined

/** What a filter of EC2 looks at, by its name: a value, or a list of which one has to match. */
type FilterFields = Readonly<Record<string, (item: Wire) => Field | readonly Field[]>>

/**
 * The items that all filters let through. A filter holds when one of its values matches, case and all; `*` stands for any
 * text and `?` for one character. What has `Tags` can also be filtered by `tag:KEY` and `tag-key`. Throws
 * InvalidParameterValue for a filter that there is not.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
 */
export function filtered(items: readonly Wire[], filters: readonly Wire[] = [], fields: FilterFields): Wire[] {
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const field = fieldOf(Name, fields)
    if (!field) throw new AwsFault('InvalidParameterValue', `The filter '${Name}' is invalid`)
    const patterns: Pattern[] = Values.map(patternOf)
    return (item: Wire) =>
      [field(item)].flat().some((value) => patterns.some((pattern) => isMatch(`${value ?? ''}`, pattern)))
  })
  return items.filter((item) => tests.every((test) => test(item)))
}

function fieldOf(name: string, fields: FilterFields): FilterFields[string] | undefined {
  if (name === 'tag-key') return ({ Tags = [] }) => Tags.map(({ Key }: Wire) => Key)
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length)
    return ({ Tags = [] }) => Tags.filter(({ Key }: Wire) => Key === key).map(({ Value = '' }: Wire) => Value)
  }
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** Each character of a pattern: itself, `any` for one character, `many` for any text. */
type Pattern = readonly { readonly is: string | typeof any | typeof many }[]
const any = Symbol('?')
const many = Symbol('*')

/** A value of a filter as a pattern; a backslash takes the meaning from what follows it. */
function patternOf(value: string): Pattern {
  const characters = value.match(/\\[^]|[^]/g) ?? []
  return characters.map((character) => {
    if (character === '*') return { is: many }
    if (character === '?') return { is: any }
    return { is: character.length > 1 ? character.slice(1) : character }
  })
}

/** Whether a text is like a pattern with `*` for any text and `?` for one character. */
export const isLike = (text: string, pattern: string): boolean => isMatch(text, patternOf(pattern))

/** Goes back to the last `*` alone, so that many of them take no longer than the text times the pattern. */
function isMatch(text: string, pattern: Pattern): boolean {
  let [at, star, from] = [0, -1, 0]
  for (let position = 0; position < text.length; position += 1) {
    const wanted = pattern[at]?.is
    if (wanted === many) {
      ;[star, from] = [at, position]
      at += 1
      position -= 1
    } else if (wanted === any || wanted === text[position]) at += 1
    else if (star < 0) return false
    else {
      ;[at, position] = [star + 1, from]
      from += 1
    }
  }
  return pattern.slice(at).every(({ is }) => is === many)
}
