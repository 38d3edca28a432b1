// A JSON Schema validator for the keywords that the schema of stacks uses.
type Part = Readonly<Record<string, any>>

/** What keeps a value from being valid: nothing that says so itself passes unseen, since an unknown keyword throws. */
type Keyword = (value: any, given: any, schema: Part, root: Part) => boolean

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const types: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isMap,
}

const note: Keyword = () => true

const keywords: Record<string, Keyword> = {
  $schema: note,
  title: note,
  description: note,
  default: note,
  definitions: note,
  additionalItems: note,
  type: (value, given) => [given].flat().some((type: string) => types[type]!(value)),
  enum: (value, given) => given.includes(value),
  pattern: (value, given) => typeof value !== 'string' || new RegExp(given).test(value),
  minimum: (value, given) => typeof value !== 'number' || value >= given,
  maximum: (value, given) => typeof value !== 'number' || value <= given,
  anyOf: (value, given, _, root) => given.some((one: Part) => validates(value, one, root)),
  $ref: (value, given, _, root) => validates(value, root['definitions'][given.replace('#/definitions/', '')], root),
  required: (value, given) => !isMap(value) || given.every((name: string) => Object.hasOwn(value, name)),
  minProperties: (value, given) => !isMap(value) || Object.keys(value).length >= given,
  maxProperties: (value, given) => !isMap(value) || Object.keys(value).length <= given,
  minItems: (value, given) => !Array.isArray(value) || value.length >= given,
  propertyNames: (value, given, _, root) =>
    !isMap(value) || Object.keys(value).every((name) => validates(name, given, root)),
  properties: (value, given, _, root) =>
    !isMap(value) ||
    Object.keys(given).every((name) => !Object.hasOwn(value, name) || validates(value[name], given[name], root)),
  patternProperties: note,
  additionalProperties: (value, given, { properties = {}, patternProperties = {} }, root) => {
    const own = Object.keys(patternProperties).map((pattern) => new RegExp(pattern))
    const isTold = (name: string): boolean =>
      Object.hasOwn(properties, name) || own.some((pattern) => pattern.test(name))
    return (
      !isMap(value) ||
      Object.entries(value).every(([name, entry]) => isTold(name) || (given && validates(entry, given, root)))
    )
  },
  items: (value, given, { additionalItems }, root) =>
    !Array.isArray(value) ||
    value.every((entry, index) =>
      validates(entry, Array.isArray(given) ? (given[index] ?? additionalItems) : given, root),
    ),
}

/** Whether a value is valid, by as much of JSON Schema as our schema uses. https://json-schema.org/draft-07/json-schema-validation */
export function validates(value: unknown, schema: Part, root: Part = schema): boolean {
  return Object.entries(schema).every(([name, given]) => {
    const keyword = keywords[name]
    if (!keyword) throw new Error(`The schema has ${name}, which this test does not know.`)
    return keyword(value, given, schema, root)
  })
}
