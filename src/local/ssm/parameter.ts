// A parameter: how it is found and shown.
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import type { ParameterVersion, Region } from '../world/world.ts'

/** The newest version of the parameter of that name or ARN, or the one that `name:version` names; undefined where there is none. */
export function findParameter(region: Region, nameOrArn: string): ParameterVersion | undefined {
  const [, name = '', version] = /^(.*?)(?::(\d+))?$/.exec(nameIn(region, nameOrArn)) ?? []
  const versions = own(region.parameters, name) ?? []
  return version === undefined ? versions.at(-1) : versions.find((each) => String(each.Version) === version)
}

/** An ARN has the name without the slash that it may begin with. */
function nameIn({ name, account, parameters }: Region, nameOrArn: string): string {
  const prefix = `arn:aws:ssm:${name}:${account}:parameter/`
  if (!nameOrArn.startsWith(prefix)) return nameOrArn
  const rest = nameOrArn.slice(prefix.length)
  return own(parameters, rest.replace(/:\d+$/, '')) ? rest : `/${rest}`
}

export const parameterArn = (region: Region, name: string): string =>
  `arn:aws:ssm:${region.name}:${region.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`

/** The refusal of a name that no parameter has. */
export const notFound = (): AwsFault => new AwsFault('ParameterNotFound', '')

/** A parameter as GetParameter shows it; the value of a SecureString stays encrypted unless it is to be decrypted. */
export function shownParameter(
  { Name, ARN, Type, Value, Version, LastModifiedDate, DataType }: ParameterVersion,
  { WithDecryption = false, Selector }: { WithDecryption?: boolean | undefined; Selector?: string },
) {
  return {
    Name,
    Type,
    Value: Type === 'SecureString' && !WithDecryption ? encrypted(Value) : Value,
    Version,
    ...(Selector !== undefined && { Selector }),
    LastModifiedDate,
    ARN,
    DataType,
  }
}

/** What looks like a ciphertext of KMS, and is one for nobody who does not know better. */
const encrypted = (value: string): string => `AQICAHh${Buffer.from(`local ${value}`).toString('base64')}`
