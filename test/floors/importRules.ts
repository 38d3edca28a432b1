// The rules for what a file imports and uses.
import { basename, dirname, join } from 'node:path/posix'
import manifest from '../../package.json' with { type: 'json' }
import { isIn, isLocal, listed, roomOf, words } from './roomOf.ts'
import { bridge, edges, house, lazy, local, packages, records, siblings, typesOnly, untyped } from './rooms.ts'
import type { Import, Source } from './source.ts'

/** What is wrong with the imports of a file and with the names that it uses, a sentence each. */
export function importFaults(path: string, source: Source): string[] {
  return [...source.imports.flatMap((one) => importFault(path, one) ?? []), ...edgeFaults(path, source)]
}

/** The path from `src` of what an import of a file of ours names. */
export const targetOf = (path: string, specifier: string): string => join(dirname(path), specifier)

function importFault(path: string, { specifier, how }: Import): string | undefined {
  const isOurs = specifier.startsWith('.')
  const target = isOurs ? targetOf(path, specifier) : specifier
  const reason = isOurs ? ofFile(path, target, how) : ofPackage(path, specifier, how)
  return reason && `${path} may not import ${target}: ${reason}`
}

function ofFile(path: string, target: string, how: Import['how']): string | undefined {
  if (target.startsWith('..')) return 'it is outside of src/'
  if (path === bridge.from && target === bridge.to) return undefined
  if (isLocal(path) !== isLocal(target)) return 'the house and local/ share no code'
  const folder = siblingsIn(path)
  if (folder !== undefined && siblingsIn(target) === folder) {
    return `files in ${folder}/ do not import each other`
  }
  return ofRoom(path, target, how)
}

/** The folder of siblings that a file is in. */
const siblingsIn = (path: string): string | undefined =>
  words(siblings).find((folder) => `/${dirname(path)}`.endsWith(`/${folder}`))

function ofRoom(path: string, target: string, how: Import['how']): string | undefined {
  const [from, to] = [roomOf(path), roomOf(target)]
  // A file in no room is a fault of its own.
  if (!from || !to || from === to) return undefined
  const free = listed(isLocal(path) ? local : house, from)
  const types = isLocal(path) ? [] : listed(typesOnly, from)
  if (free.includes(to) || (how === 'types' && types.includes(to))) return undefined
  const ofTypes = types.length > 0 ? `, and only types of ${types.join(', ')}` : ''
  const who = basename(path) === records ? `${records} belongs to ${from}, which` : from
  return `${who} may import ${free.join(', ') || 'no other room'}${ofTypes}`
}

function ofPackage(path: string, specifier: string, how: Import['how']): string | undefined {
  if (specifier.startsWith('node:')) {
    const isTooEarly = how === 'early' && !isLocal(path) && words(lazy).includes(specifier)
    return isTooEarly ? 'it takes long to load: `require` it when it is needed' : undefined
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
  const entry = name.startsWith('@aws-sdk/') ? '@aws-sdk/' : name
  const places = packages[entry]
  if (how === 'types' && isOperation(path) && name in modelled) return undefined
  if (places === undefined || !(name in { ...manifest.dependencies, ...bundled })) {
    return 'it is not a package of this project'
  }
  const areTypesFree = !isLocal(path) || entry === '@aws-sdk/'
  if (how === 'types' && areTypesFree) return undefined
  const isLate = words(lazy).includes(entry)
  if (isIn(path, places) && (how === 'late' || !isLate)) return undefined
  return `${only(places)} may${isLate ? ', with require' : ''}${areTypesFree ? '; `import type` is free' : ''}`
}

/** Clients that only the models and types of the local AWS come from: they are not installed with the package. */
const modelled = Object.fromEntries(
  Object.entries(manifest.devDependencies).filter(([name]) => name.startsWith('@aws-sdk/')),
)

/** No published declaration mentions what stands in such a file. */
const isOperation = (path: string): boolean => isLocal(path) && basename(dirname(path)) === 'operations'

/** The packages that the build puts into `dist/`: an SDK client is none, so it must be a dependency. */
const bundled = Object.fromEntries(Object.entries(packages).filter(([name]) => name in manifest.devDependencies))

function edgeFaults(path: string, { names, imports }: Source): string[] {
  const used = new Set([...names, ...imports.map(({ specifier }) => specifier)])
  const reached = edges
    .filter(({ places }) => !isIn(path, places))
    .flatMap(({ names: ways, places }) => ways.filter((way) => used.has(way)).map((way) => ({ way, places })))
    .map(({ way, places }) => `${path} may not use ${way}: ${only(places)} may; take it as an argument`)
  const loose = untyped
    .filter(({ places }) => isLocal(path) && !isIn(path, places))
    .flatMap(({ names: ways, places }) => ways.filter((way) => used.has(way)).map((way) => ({ way, places })))
    .map(({ way, places }) => `${path} may not use ${way}: ${only(places)} may; ${giveType}`)
  return [
    ...reached,
    ...loose,
    ...(used.has('as unknown as') ? [`${path} may not use as unknown as: ${giveType}`] : []),
  ]
}

const giveType = 'give the value its type where it is made'

const only = (places: string): string => (places === '' ? 'no file' : `only ${words(places).join(' and ')}`)
