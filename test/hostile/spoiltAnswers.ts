// Answers of AWS in which one member is not as AWS gives it.
import type { Answer } from '../../src/local/wire/dialect.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'

/** How a member is spoilt. In XML, where everything is text, `null` is an empty element. */
export const ways = ['missing', 'null', 'other type', 'unknown'] as const

export type Way = (typeof ways)[number]

/** A member of an answer, by the names on the way to it; an element of a list is `*`. */
export type Path = string

/** The members of an answer, at any depth. */
export function membersOf({ body }: Answer): Path[] {
  const found = new Set<Path>()
  if (isXml(body)) for (const { path } of elementsOf(body)) found.add(path)
  else visit(JSON.parse(body || '{}'), '', (path) => void found.add(path))
  return [...found]
}

/** The answer with every member of that path spoilt; an answer that does not have it is as it was. */
export function spoilt(answer: Answer, path: Path, way: Way): Answer {
  if (isXml(answer.body)) return { ...answer, body: spoiltXml(answer.body, path, way) }
  const body: Unchecked = JSON.parse(answer.body || '{}')
  visit(body, '', (at, holder, key) => {
    if (at !== path) return
    if (way === 'missing' && Array.isArray(holder)) holder.length = 0
    else if (way === 'missing') delete holder[key]
    else holder[key] = way === 'null' ? null : way === 'unknown' ? unknownOf(holder[key]) : otherType(holder[key])
  })
  return { ...answer, body: JSON.stringify(body) }
}

function visit(value: Unchecked, path: Path, found: (path: Path, holder: Unchecked, key: any) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    const at = `${path}/${Array.isArray(value) ? '*' : key}`
    visit(value[key], at, found)
    if (key in value) found(at, value, Array.isArray(value) ? Number(key) : key)
  }
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return 5
  if (typeof value === 'number') return value > 1e9 ? '2026-01-01T00:00:00Z' : String(value)
  if (typeof value === 'boolean') return 'yes'
  return Array.isArray(value) ? { a: 1 } : 'text'
}

function unknownOf(value: unknown): unknown {
  if (typeof value === 'string') return 'QUUX'
  if (typeof value === 'number') return value > 1e9 ? 1e300 : -1
  if (typeof value === 'boolean') return !value
  return Array.isArray(value) ? [] : {}
}

const isXml = (body: string): boolean => body.trimStart().startsWith('<')

interface Element {
  readonly path: Path
  /** Where it begins and ends, and its content. */
  readonly from: number
  readonly to: number
  readonly inner: readonly [from: number, to: number]
}

function elementsOf(xml: string): Element[] {
  const open: { path: Path; from: number; content: number }[] = []
  const elements: Element[] = []
  for (const { 0: tag, 1: slash, 2: name, 3: alone, index } of xml.matchAll(/<(\/?)([\w.:]+)[^>]*?(\/?)>/g)) {
    const end = index + tag.length
    if (slash) {
      const { path, from, content } = open.pop()!
      elements.push({ path, from, to: end, inner: [content, index] })
      continue
    }
    const path = `${open.at(-1)?.path ?? ''}/${name}`
    if (alone) elements.push({ path, from: index, to: end, inner: [end, end] })
    else open.push({ path, from: index, content: end })
  }
  return elements
}

function spoiltXml(xml: string, path: Path, way: Way): string {
  let result = xml
  for (const element of elementsOf(xml)
    .filter((one) => one.path === path)
    .toReversed()) {
    const [from, to] = way === 'missing' ? [element.from, element.to] : element.inner
    const text = way === 'missing' || way === 'null' ? '' : way === 'unknown' ? 'QUUX' : '<a>1</a>'
    result = result.slice(0, from) + text + result.slice(to)
  }
  return result
}
