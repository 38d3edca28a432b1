// Compares values with the types of AWS's inputs.
import { nameKind } from './secrets/looksSecret.ts'
import { nearest } from '../ground/nearest.ts'
import { isPlain, shown } from '../ground/shown.ts'
import { mostLevels } from './levels.ts'
import { numberProblem } from './numberBounds.ts'

/** What was found; each a sentence that begins with its path. */
interface Findings {
  problems: string[]
  warnings: string[]
}

/** The members of each structure by name and the type of each, as in `shapes.ts`. */
type Shapes = Record<string, Record<string, string>>

/** Members that deploy fills in with the new revision. */
const filledIn: Record<string, string> = {
  UpdateServiceRequest: 'taskDefinition',
  RunTaskRequest: 'taskDefinition',
  UpdateScheduleInput: 'ClientToken',
  EcsParameters: 'TaskDefinitionArn',
}

/**
 * Members that AWS's model calls optional and AWS refuses to do without.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerOverride.html
 */
const needed: Record<string, readonly string[]> = {
  ContainerDefinition: ['name', 'image'],
  ContainerOverride: ['name'],
}

/**
 * Compares a value with a type of the shapes' grammar: `string`, `number`, `boolean`, `timestamp`, `document`, a structure's name,
 * `list <type>`, `map <type>`. Wrong types, missing members, misspelt members, circles and anything that is not plain
 * data are problems. A member that resembles no known one is a warning, since AWS may have learned it meanwhile. An undefined
 * value is one that is not declared: nothing is found.
 */
export function check(value: unknown, type: string, path: string, shapes: Shapes): Findings {
  const walk: Walk = { shapes, problems: [], warnings: [], above: new Set() }
  if (value !== undefined) checkValue(value, type, path, walk)
  return { problems: walk.problems, warnings: walk.warnings }
}

interface Walk extends Findings {
  readonly shapes: Shapes
  /** The objects that the one being looked at is inside of. */
  readonly above: Set<unknown>
}

const simple: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
}

function checkValue(value: unknown, type: string, path: string, walk: Walk): void {
  if (type === 'document') return checkDocument(value, path, walk)
  if (simple[type]) {
    if (!simple[type](value)) refuse(value, type, path, walk)
    return
  }
  const [kind, of] = type.split(/ (.*)/)
  if (kind === 'list') {
    if (!Array.isArray(value)) return refuse(value, type, path, walk)
    return inside(value, path, walk, () => checkEntries(value, of!, path, walk))
  }
  if (!isPlain(value)) return refuse(value, type, path, walk)
  inside(value, path, walk, () => {
    if (kind === 'map') checkEntries(value, of!, path, walk)
    else checkStructure(value, type, path, walk)
  })
}

function checkStructure(value: Record<string, unknown>, structure: string, path: string, walk: Walk): void {
  const members = walk.shapes[structure]!
  const proposed = new Set<string>()
  for (const [member, entry] of Object.entries(value)) {
    if (entry === undefined) continue
    const at = `${path}/${member}`
    const known = Object.hasOwn(members, member) ? member : nearest(member, Object.keys(members))
    if (known === undefined) {
      walk.warnings.push(
        `${at}: is not a member of ${shownName(structure)} that this version knows; it is sent as it is`,
      )
      checkDocument(entry, at, walk)
    } else if (known === filledIn[structure]) {
      walk.problems.push(`${at}: is filled in by deploy; remove it`)
    } else if (known !== member) {
      proposed.add(known)
      walk.problems.push(`${at}: is not a member of ${shownName(structure)}; did you mean ${known}?`)
    } else {
      const type = members[member]!.replace(/!$/, '')
      const problem =
        type === 'number' && Number.isFinite(entry) ? numberProblem(structure, member, entry as number) : undefined
      if (problem === undefined) checkNamed(member === 'value' ? value['name'] : '', entry, type, at, walk)
      else walk.problems.push(`${at}: ${problem}`)
    }
  }
  const required = Object.keys(members).filter((member) => members[member]!.endsWith('!'))
  for (const member of [...required, ...(needed[structure] ?? [])]) {
    const isThere = Object.hasOwn(value, member) && value[member] !== undefined
    if (isThere || proposed.has(member) || member === filledIn[structure]) continue
    walk.problems.push(`${path}/${member}: is missing`)
  }
}

/** Anything that JSON can say; there is no telling what AWS expects here. */
function checkDocument(value: unknown, path: string, walk: Walk): void {
  if (value === null || (!(value instanceof Date) && Object.values(simple).some((accepts) => accepts(value)))) return
  if (!Array.isArray(value) && !isPlain(value)) {
    walk.problems.push(`${path}: must be plain data, not ${shown(value)}`)
    return
  }
  inside(value, path, walk, () => checkEntries(value, 'document', path, walk))
}

function checkEntries(value: object, type: string, path: string, walk: Walk): void {
  const isMap = !Array.isArray(value)
  for (const [key, entry] of isMap ? Object.entries(value) : value.entries()) {
    // A key that a person has made up and given no value has lost it on the way. What AWS may learn is not judged.
    if (isMap && entry === undefined && type !== 'document') walk.problems.push(`${path}/${key}: has no value`)
    // An undefined member of an object is simply not sent; in a list it would leave a hole.
    else if (!(isMap && entry === undefined)) checkNamed(key, entry, type, `${path}/${key}`, walk)
  }
}

/** Of what has a secret name it is said what it is, never how much: a PIN may be written as a number. */
function checkNamed(name: unknown, value: unknown, type: string, path: string, walk: Walk): void {
  const isSecretNumber = type === 'string' && typeof name === 'string' && nameKind(name) && typeof value !== 'object'
  if (!isSecretNumber || typeof value === 'string') return checkValue(value, type, path, walk)
  walk.problems.push(`${path}: must be a string, not a ${typeof value}`)
}

function inside(value: unknown, path: string, walk: Walk, look: () => void): void {
  if (walk.above.has(value)) {
    walk.problems.push(`${path}: contains itself`)
    return
  }
  if (walk.above.size === mostLevels) {
    walk.problems.push(`${path}: is nested more than ${mostLevels} levels deep`)
    return
  }
  walk.above.add(value)
  look()
  walk.above.delete(value)
}

function refuse(value: unknown, type: string, path: string, walk: Walk): void {
  const expected = { string: 'a string', number: 'a number', boolean: 'true or false', timestamp: 'a Date' }[type]
  // A string in place of a list may be a line of secrets, one in place of a number is the number with quotes.
  const got = typeof value === 'string' && expected ? JSON.stringify(value) : shown(value)
  walk.problems.push(`${path}: must be ${expected ?? (type.startsWith('list ') ? 'a list' : 'an object')}, not ${got}`)
}

/** A structure as the API reference calls it: an operation's input goes by the operation's name. */
const shownName = (structure: string): string => structure.replace(/(?:Request|Input)$/, '')
