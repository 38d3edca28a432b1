// The names that definitions give to things: a secret that is one of them must not make them unreadable.
import { nameOf } from '../../ground/names.ts'
import { isPlain } from '../../ground/shown.ts'

/** Members that hold a name, or an ARN that ends with one. */
const naming = new Set([
  'family',
  'cluster',
  'service',
  'Rule',
  'EventBusName',
  'Name',
  'GroupName',
  'Arn',
  'image',
  'awslogs-group',
  'awslogs-region',
])

/** The names of what definitions are about, as they stand in titles and commands; of an image also its parts. */
export function namesInUse(definitions: readonly object[]): string[] {
  const names = new Set<string>()
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const element of value) walk(element)
    if (!isPlain(value)) return
    for (const [key, member] of Object.entries(value)) {
      // The name of a variable is no name of a thing.
      const isName =
        (naming.has(key) && !(key === 'Name' && 'Value' in value)) ||
        (key === 'name' && !('value' in value) && !('valueFrom' in value))
      if (typeof member === 'string' && isName) for (const name of partsOf(key, member)) names.add(name)
      else walk(member)
    }
  }
  walk(definitions)
  names.delete('')
  return [...names]
}

function partsOf(key: string, name: string): string[] {
  if (key !== 'image') return [nameOf(name)]
  const [, repository = name, tag = '', digest = ''] = /^(.*?)(?::([\w.-]+))?(?:@(.*))?$/.exec(name) ?? []
  return [repository, nameOf(repository), tag, digest]
}
