// Variables and secrets of a manifest, and members without those that are not there.
import { FromEnvironment, Noted, type Tree } from '../tree.ts'
import type { Manifest, Path } from './manifest.ts'

/** An object of the class. */
export type Valued = Record<string, Tree>

/** The members that have a value; an empty list or object is none. */
export function membersOf(members: Readonly<Record<string, Tree | undefined>>): Valued {
  const isThere = ([, value]: [string, Tree | undefined]): boolean =>
    value !== undefined && (typeof value !== 'object' || value === null || Object.keys(value).length > 0)
  return Object.fromEntries(Object.entries(members).filter((entry) => isThere(entry))) as Valued
}

export function variablesOf(manifest: Manifest, path: Path): Tree[] {
  return manifest.names(...path).flatMap((name) => {
    const value = manifest.text(...path, name)
    return value === undefined ? [] : { name, value }
  })
}

/** A name of the Parameter Store or an ARN as it is; of Secrets Manager ECS needs the whole ARN. */
export function secretsOf(manifest: Manifest, path: Path): Tree[] {
  return manifest.names(...path).flatMap((name): Tree[] => {
    const plain = manifest.text(...path, name)
    if (plain !== undefined) return [{ name, valueFrom: plain }]
    const secret = manifest.text(...path, name, 'secretsmanager')
    if (secret === undefined) return []
    if (typeof secret === 'string' && secret.startsWith('arn:')) return [{ name, valueFrom: secret }]
    const prefix = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:'
    const arn = typeof secret === 'string' ? `${prefix}${secret}` : new FromEnvironment([prefix, ...secret.parts])
    return [{ name, valueFrom: new Noted(arn, ['Put your region and account: Secrets Manager needs the whole ARN.']) }]
  })
}
