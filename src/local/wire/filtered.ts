// The filters of EC2, which Auto Scaling takes, too.
import { AwsFault } from '../world/fault.ts'
import type { Tag } from '../world/tags.ts'

type Field = string | number | boolean | undefined

/** What a filter of EC2 looks at, by its name: a value, or a list of which one has to match. */
type FilterFields<Item> = Readonly<Record<string, (item: Item) => Field | readonly Field[]>>

interface Filter {
  readonly Name?: string | undefined
  readonly Values?: readonly string[] | undefined
}

/**
 * The items that all filters let through. A filter holds when one of its values matches, case and all; `*` stands for any
 * text and `?` for one character. What has `Tags` can also be filtered by `tag:KEY` and `tag-key`. Throws
 * InvalidParameterValue for a filter that there is not.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
 */
export function filtered<Item extends object>(
  items: readonly Item[],
  filters: readonly Filter[] = [],
  fields: FilterFields<Item>,
): Item[] {
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const field = fieldOf(Name, fields)
    if (!field) throw new AwsFault('InvalidParameterValue', `The filter '${Name}' is invalid`)
    const patterns = Values.map(patternOf)
    return (item: Item) =>
      [field(item)].flat().some((value) => patterns.some((pattern) => isMatch(`${value ?? ''}`, pattern)))
  })
  return items.filter((item) => tests.every((test) => test(item)))
}

function fieldOf<Item extends object>(
  name: string,
  fields: FilterFields<Item>,
): FilterFields<Item>[string] | undefined {
  if (name === 'tag-key') return (item) => tagsIn(item).map(({ Key }) => Key)
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length)
    return (item) => tagsIn(item).flatMap(({ Key, Value = '' }) => (Key === key ? [Value] : []))
  }
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

const tagsIn = ({ Tags = [] }: { readonly Tags?: readonly Tag[] }): readonly Tag[] => Tags

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
