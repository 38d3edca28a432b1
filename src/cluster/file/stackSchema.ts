// The JSON Schema of a stack file, for editors.
import { containers } from './keys/containerKeys.ts'
import { services } from './keys/serviceKeys.ts'
import { stackShape } from './keys/stackKeys.ts'
import type { Form, Key, NamedShape, Shape, TextShape, WholeShape } from './shape.ts'

/** A JSON Schema, or a part of one. */
type Schema = Readonly<Record<string, unknown>>

/**
 * The JSON Schema of one stack file, draft 7, which editors use to complete, to explain and to check what is typed. It
 * comes from the table that `readStack` checks by. A key that another file may add is not required.
 * https://json-schema.org/draft-07
 */
export function stackSchema(): Schema {
  const title = 'A stack of ecs-task'
  const definitions = Object.fromEntries(
    Object.entries({ service: services.of, container: containers.of }).map(([name, shape]) => [
      name,
      schemaOf(shape, true),
    ]),
  )
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schemaOf(stackShape, true), definitions }
}

/** `merges`: whether another file may add to what is here. */
function schemaOf(shape: Shape, merges: boolean): Schema {
  switch (shape.is) {
    case 'text':
      return textSchema(shape)
    case 'whole':
      return wholeSchema(shape)
    case 'flag':
      return { anyOf: [{ type: 'boolean' }, { type: 'string', pattern: orVariable(/^(true|false)$/) }] }
    case 'list':
      return { type: 'array', items: schemaOf(shape.of, false) }
    case 'words':
      return {
        anyOf: [
          { type: 'string', pattern: '\\S' },
          { type: 'array', items: scalar, minItems: 1 },
        ],
      }
    case 'probe':
      return {
        anyOf: [
          { type: 'string', pattern: '\\S' },
          { type: 'array', items: [shell], additionalItems: scalar, minItems: 2 },
        ],
      }
    case 'named':
      return namedSchema(shape, merges)
    case 'keys':
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(shape.keys).map(([name, key]) => [name, keySchema(key, merges)])),
        patternProperties: { '^x-': {} },
        additionalProperties: false,
        ...(!merges && required(shape.keys)),
      }
  }
}

const scalar = { type: ['string', 'number', 'boolean'] }
const shell = { anyOf: [{ enum: ['CMD', 'CMD-SHELL'] }, { type: 'string', pattern: '\\$' }] }

function keySchema(key: Key, merges: boolean): Schema {
  const { default: usual, says, shape, overwrites } = key
  const schema = schemaOf(shape, merges && !overwrites)
  return { description: says, ...(usual !== undefined && { default: usual }), ...schema }
}

function required(keys: Readonly<Record<string, Key>>): Schema {
  const needed = Object.keys(keys).filter((name) => keys[name]?.isNeeded)
  return needed.length > 0 ? { required: needed } : {}
}

/** A map, or a list of maps with one key. What both hold is long where it is a service or a container. */
function namedSchema({ of, name }: NamedShape, merges: boolean): Schema {
  const defined = of === services.of ? 'service' : of === containers.of ? 'container' : undefined
  const map = {
    type: 'object',
    propertyNames: { pattern: name.pattern.source },
    additionalProperties: defined ? { $ref: `#/definitions/${defined}` } : schemaOf(of, merges),
  }
  return { anyOf: [{ type: 'array', items: { ...map, minProperties: 1, maxProperties: 1 } }, map] }
}

function textSchema({ form, oneOf }: TextShape): Schema {
  if (oneOf) return { anyOf: [{ enum: oneOf }, { type: 'string', pattern: '\\$' }] }
  if (!form) return scalar
  return { type: takesNumbers(form) ? ['string', 'integer'] : 'string', pattern: orVariable(form.pattern) }
}

function takesNumbers({ pattern }: Form): boolean {
  return pattern.test('8080')
}

function wholeSchema({ least, most }: WholeShape): Schema {
  const number = { type: 'integer', minimum: least, ...(most !== undefined && { maximum: most }) }
  return { anyOf: [number, { type: 'string', pattern: orVariable(/^\d+$/) }] }
}

/** What a text with a variable stands for is not known until it is filled in. */
function orVariable({ source }: RegExp): string {
  return `${source}|\\$`
}
