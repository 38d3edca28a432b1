// Writes the member tables of the AWS inputs, read from the SDK's own models: src/definition/shapes.ts for the five inputs that
// users declare, src/local/wire/shapes.ts for every operation that the local AWS has; and src/local/operations.ts, the dispatch
// table of those. Run it after an SDK update and for a new operation: `npm run shapes`. Tests compare.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const packages = {
  ecs: '@aws-sdk/client-ecs',
  ecr: '@aws-sdk/client-ecr',
  events: '@aws-sdk/client-eventbridge',
  sns: '@aws-sdk/client-sns',
  sts: '@aws-sdk/client-sts',
  logs: '@aws-sdk/client-cloudwatch-logs',
  elbv2: '@aws-sdk/client-elastic-load-balancing-v2',
  route53: '@aws-sdk/client-route-53',
  servicediscovery: '@aws-sdk/client-servicediscovery',
  ec2: '@aws-sdk/client-ec2',
  autoscaling: '@aws-sdk/client-auto-scaling',
  applicationautoscaling: '@aws-sdk/client-application-auto-scaling',
  iam: '@aws-sdk/client-iam',
  s3: '@aws-sdk/client-s3',
  scheduler: '@aws-sdk/client-scheduler',
  secretsmanager: '@aws-sdk/client-secrets-manager',
  ssm: '@aws-sdk/client-ssm',
}

const simple = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  5: 'timestamp',
  6: 'timestamp',
  7: 'timestamp',
  15: 'document',
  17: 'number',
  19: 'number',
  21: 'blob',
  42: 'blob',
}

/** The type of a member in the tables' grammar: `string`, `Structure`, `list <type>`, `map <type>`. */
function typeOf(schema, visit) {
  if (typeof schema === 'function') return typeOf(schema(), visit)
  if (typeof schema === 'number') {
    if (schema & 128) return `map ${typeOf(schema & ~128, visit)}`
    if (schema & 64) return `list ${typeOf(schema & ~64, visit)}`
    return simple[schema] ?? fail(`unknown simple schema ${schema}`)
  }
  if (typeof schema[1] !== 'string') return typeOf(schema[0], visit) // a member with traits
  const [kind, , name] = schema
  if (kind === 0) return typeOf(schema[4], visit)
  if (kind === 1) return `list ${typeOf(schema[4], visit)}`
  if (kind === 2) return `map ${typeOf(schema[5], visit)}`
  if (kind === 3 || kind === 4) {
    visit(schema)
    return name
  }
  return fail(`unknown schema ${JSON.stringify(schema).slice(0, 80)}`)
}

function fail(message) {
  throw new Error(message)
}

/** Every structure that can be reached from the given ones: `{ Structure: { member: type } }`, `!` marks a required one. */
function tableOf(roots) {
  const table = {}
  const visit = (schema) => {
    const [, , name, , members, types, required = 0] = schema
    if (table[name]) return
    table[name] = {}
    members.forEach((member, index) => {
      table[name][member] = typeOf(types[index], visit) + (index < required ? '!' : '')
    })
  }
  for (const root of roots) visit(root)
  return Object.fromEntries(Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The traits of a member; the SDK writes the most common ones as bits of a number, of which 1 is httpLabel, 16 httpPayload. */
function traitsOf(schema) {
  const isMember = Array.isArray(schema) && typeof schema[1] !== 'string'
  const traits = isMember ? schema[1] : 0
  return typeof traits === 'number' ? { httpLabel: (traits & 1) > 0, isPayload: (traits & 16) > 0 } : traits
}

/** Where the members of a structure are that are not in the body: `label`, `query NAME`, `header NAME`. */
function bindingsOf([, , , , members, types]) {
  const bindings = members.flatMap((member, index) => {
    const { httpLabel, httpQuery, httpHeader, isPayload, httpPrefixHeaders } = traitsOf(types[index])
    if (isPayload || httpPrefixHeaders) fail(`${member} is bound as no member was before`)
    if (httpLabel) return [[member, 'label']]
    if (httpQuery) return [[member, `query ${httpQuery}`]]
    return httpHeader ? [[member, `header ${httpHeader}`]] : []
  })
  return Object.fromEntries(bindings)
}

/** Method, path and status of an operation of a REST protocol, and where its members are. */
function bindingOf(service, operation) {
  const [method, path, status] = require(packages[service])[`${operation}$`][3].http
  const { input, output } = operationOf(service, operation)
  return { method, path, status, inputs: bindingsOf(input), outputs: bindingsOf(output) }
}

/** What the elements of each list are called that are not called `member`: `{ Structure: { member: name } }`. */
function elementsOf(roots) {
  const resolved = (schema) => {
    if (typeof schema === 'function') return resolved(schema())
    return Array.isArray(schema) && typeof schema[1] !== 'string' ? resolved(schema[0]) : schema
  }
  const table = {}
  const seen = new Set()
  const visit = (schema) => {
    const [kind, , name, , members, types] = schema
    if (kind !== 3 || seen.has(name)) return
    seen.add(name)
    members.forEach((member, index) => {
      const { xmlName, xmlFlattened } = traitsOf(types[index])
      if (xmlName || xmlFlattened) fail(`${name}.${member} is written as no member was before`)
      const type = resolved(types[index])
      if (!Array.isArray(type)) return
      if (type[0] !== 1) return visit(type)
      const element = traitsOf(type[4]).xmlName
      if (element) table[name] = { ...table[name], [member]: element }
      const of = resolved(type[4])
      if (Array.isArray(of)) visit(of)
    })
  }
  for (const root of roots) visit(root)
  return Object.fromEntries(Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * How EC2 spells members otherwise than the SDK does, `{ Structure: { member: spelling } }`. `spelled` has the protocol's
 * spelling of a member with those traits; `usual` is what it is without any.
 */
function spellings(roots, spelled, usual) {
  const table = {}
  const visited = new Set()
  const visit = (schema) => {
    const [, , name, , members, types] = schema
    if (visited.has(name)) return
    visited.add(name)
    members.forEach((member, index) => {
      typeOf(types[index], visit)
      const spelling = spelled(member, traitsOf(types[index]), types[index])
      if (spelling !== undefined && spelling !== usual(member)) table[name] = { ...table[name], [member]: spelling }
    })
  }
  for (const root of roots) visit(root)
  return Object.fromEntries(Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const capitalized = (text) => text[0].toUpperCase() + text.slice(1)
const lowerCamel = (text) => text[0].toLowerCase() + text.slice(1)

/** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution */
const inForm = (member, { ec2QueryName, xmlName = member }) => ec2QueryName ?? capitalized(xmlName)
const inXml = (member, { xmlName = member }) => xmlName
const itemInXml = (_member, _traits, type) => listItemOf(type)

/** The XML element around each element of a list; undefined where the type is no list. */
function listItemOf(type) {
  const schema = typeof type === 'function' ? type() : type
  if (!Array.isArray(schema)) return undefined
  if (typeof schema[1] !== 'string') return listItemOf(schema[0])
  const [kind, , , , item] = schema
  return kind === 1 ? (traitsOf(item).xmlName ?? 'member') : undefined
}

/** The input and output schema of an operation of a service: `ecs`, `RunTask` → RunTaskRequest and RunTaskResponse. */
function operationOf(service, operation) {
  const sdk = require(packages[service])
  const schema = sdk[`${operation}$`] ?? fail(`${service} has no operation ${operation}`)
  const [input, output] = schema
    .slice(4, 6)
    .map((structure) => (typeof structure === 'function' ? structure() : structure))
  return { input, output }
}

const inputOf = (service, operation) => operationOf(service, operation).input

const render = (value) =>
  JSON.stringify(value, null, 1)
    .replace(/\n\s{2,}/g, ' ')
    .replace(/ }/g, ' }')

/** The members that UpdateSchedule needs and a deploy takes from the schedule where nobody declares them. */
const taken = {
  UpdateScheduleInput: ['ScheduleExpression', 'Target', 'FlexibleTimeWindow'],
  Target: ['Arn', 'RoleArn'],
}

function withoutTaken(table) {
  const optional = Object.entries(taken).map(([name, members]) => [
    name,
    { ...table[name], ...Object.fromEntries(members.map((member) => [member, table[name][member].replace('!', '')])) },
  ])
  return { ...table, ...Object.fromEntries(optional) }
}

export function houseShapes() {
  const inputs = {
    taskDefinition: ['ecs', 'RegisterTaskDefinition'],
    updateServices: ['ecs', 'UpdateService'],
    runTasks: ['ecs', 'RunTask'],
    eventTargets: ['events', 'PutTargets'],
    schedules: ['scheduler', 'UpdateSchedule'],
  }
  // Each service has a table of its own: EventBridge has structures of ECS's names that are spelled otherwise.
  const tableFor = (wanted) =>
    tableOf(
      Object.values(inputs).flatMap(([service, operation]) =>
        service === wanted ? [inputOf(service, operation)] : [],
      ),
    )
  const names = Object.fromEntries(
    Object.entries(inputs).map(([member, [service, operation]]) => [member, inputOf(service, operation)[2]]),
  )
  return `// Generated by scripts/shapes.mjs from the AWS models. Do not edit.

/** The AWS input that each member of a definition is. */
export const inputs: Record<'taskDefinition' | 'updateServices' | 'runTasks' | 'eventTargets' | 'schedules', string> = ${render(names)}

/** The members of every structure in ECS's inputs and the type of each; \`!\` marks a required one. */
export const shapes: Record<string, Record<string, string>> = ${render(tableFor('ecs'))}

/** The same for EventBridge's. */
export const eventShapes: Record<string, Record<string, string>> = ${render(tableFor('events'))}

/** The same for EventBridge Scheduler's; what a deploy takes from the schedule that is there is not required. */
export const scheduleShapes: Record<string, Record<string, string>> = ${render(withoutTaken(tableFor('scheduler')))}
`
}

const restXmlServices = ['route53']
const restServices = [...restXmlServices, 'scheduler']
const xmlServices = ['sns', 'sts', 'elbv2', 'ec2', 'autoscaling', 'iam', ...restXmlServices]
const root = new URL('../src/local/', import.meta.url)
/** The room of a service: its name here, but for EventBridge, which signs as `events`. */
const roomOf = (service) => (service === 'events' ? 'eventbridge' : service)

const namesOf = (service) =>
  readdirSync(new URL(`${roomOf(service)}/operations/`, root))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .toSorted()

/** The operations that the local AWS has, by service: the names of their files. */
function operationNames() {
  return Object.fromEntries(Object.keys(packages).map((service) => [service, namesOf(service)]))
}

export function localShapes() {
  const inputs = {}
  const outputs = {}
  const tables = {}
  const bindings = {}
  const elements = {}
  const ec2 = {}
  for (const [service, names] of Object.entries(operationNames())) {
    const operations = names.map((name) => name[0].toUpperCase() + name.slice(1))
    const schemas = operations.map((operation) => operationOf(service, operation))
    const isXml = xmlServices.includes(service)
    inputs[service] = Object.fromEntries(names.map((name, index) => [name, schemas[index].input[2]]))
    if (isXml) outputs[service] = Object.fromEntries(names.map((name, index) => [name, schemas[index].output[2]]))
    const structures = (member) => schemas.map((schema) => schema[member]).filter((schema) => schema[0] === 3)
    const roots = [...structures('input'), ...(isXml ? structures('output') : [])]
    tables[service] = tableOf(roots)
    if (service === 'ec2') {
      ec2.form = spellings(structures('input'), inForm, capitalized)
      ec2.xml = spellings(structures('output'), inXml, lowerCamel)
      ec2.items = spellings(structures('output'), itemInXml, () => 'item')
    }
    if (!restServices.includes(service)) continue
    bindings[service] = Object.fromEntries(names.map((name, index) => [name, bindingOf(service, operations[index])]))
    if (restXmlServices.includes(service)) elements[service] = elementsOf(roots)
  }
  return `// Generated by scripts/shapes.mjs from the AWS models. Do not edit.

/** The input structure of each operation, by service. */
export const inputs: Record<string, Record<string, string>> = ${render(inputs)}

/** The output structure of each operation, for the services that answer in XML: it cannot be written without it. */
export const outputs: Record<string, Record<string, string>> = ${render(outputs)}

/** The members of every structure of those, by service, and the type of each; \`!\` marks a required one. */
export const shapes: Record<string, Record<string, Record<string, string>>> = ${JSON.stringify(tables, null, 1).replace(/\n\s{3,}/g, ' ')}

/**
 * Method, path and status of each operation of the REST protocols, by service, and which members of its input and output
 * are not in the body: \`label\` (in the path), \`query NAME\`, \`header NAME\`.
 */
export const bindings: Record<
  string,
  Record<
    string,
    { method: string; path: string; status: number; inputs: Record<string, string>; outputs: Record<string, string> }
  >
> = ${JSON.stringify(bindings, null, 1).replace(/\n\s{3,}/g, ' ')}

/** What the elements of a list are called in XML where that is not \`member\`, by service, structure and member. */
export const elements: Record<string, Record<string, Record<string, string>>> = ${JSON.stringify(elements, null, 1).replace(/\n\s{3,}/g, ' ')}
/** EC2's spelling of members in a form, by structure, where it is not the member capitalized. */
export const ec2FormNames: Record<string, Record<string, string>> = ${render(ec2.form)}

/** EC2's spelling of members in XML, by structure, where it is not the member in lower camel. */
export const ec2XmlNames: Record<string, Record<string, string>> = ${render(ec2.xml)}

/** What EC2 calls the elements of a list in XML, by structure and member, where it is not \`item\`. */
export const ec2XmlItems: Record<string, Record<string, string>> = ${render(ec2.items)}
`
}

/** The dispatch table of the local AWS: every operation there is a file of, by service. */
export function localOperations() {
  const names = operationNames()
  const all = Object.values(names).flat()
  const alias = (service, name) =>
    all.indexOf(name) === all.lastIndexOf(name) ? name : `${service}${name[0].toUpperCase()}${name.slice(1)}`
  const lines = (each) =>
    Object.entries(names).map(([service, ours]) =>
      each(
        service,
        ours.map((name) => [name, alias(service, name)]),
      ),
    )
  const imports = lines((service, ours) =>
    ours
      .map(
        ([name, as]) =>
          `import { ${name === as ? name : `${name} as ${as}`} } from './${roomOf(service)}/operations/${name}.ts'\n`,
      )
      .join(''),
  )
  const table = lines((service, ours) =>
    ours.length === 0
      ? `  ${service}: {},\n`
      : `  ${service}: {\n${ours.map(([name, as]) => `    ${name === as ? name : `${name}: ${as}`},\n`).join('')}  },\n`,
  )
  return `// Generated by scripts/shapes.mjs from the folder of operations. Do not edit.
import type { AnyOperation } from './world/operation.ts'
${imports.join('')}
/** Every operation that the local AWS has, by service. */
export const operations: Record<string, Record<string, AnyOperation>> = {
${table.join('')}}
`
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for (const [file, text] of [
    ['../src/definition/shapes.ts', houseShapes()],
    ['../src/local/wire/shapes.ts', localShapes()],
    ['../src/local/operations.ts', localOperations()],
  ]) {
    const path = new URL(file, import.meta.url)
    let before = ''
    try {
      before = readFileSync(path, 'utf8')
    } catch {}
    if (before !== text) writeFileSync(path, text)
  }
}
