// Creates a parameter, or with Overwrite a new version of it. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { parameterArn } from '../parameter.ts'

export const putParameter: Operation<PutParameterRequest, PutParameterResult> = (
  input,
  { region, now },
): Wire<PutParameterResult> => {
  const { Name, Value, Overwrite = false, Tags } = input
  checkName(Name)
  const versions = own(region.parameters, Name) ?? []
  const newest = versions.at(-1)
  if (newest && !Overwrite) {
    const hint = 'To overwrite this value, set the overwrite option in the request to true.'
    throw new AwsFault('ParameterAlreadyExists', `The parameter already exists. ${hint}`)
  }
  if (newest && Tags?.length)
    throw invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    )
  const Type = input.Type ?? newest?.Type
  if (Type === undefined) throw invalid('A parameter type is required when you create a parameter.')
  if (!['String', 'StringList', 'SecureString'].includes(Type)) {
    throw new AwsFault('UnsupportedParameterType', 'The parameter type is not supported.')
  }
  const Tier = input.Tier ?? newest?.Tier ?? 'Standard'
  checkValue(input, Tier)
  const ARN = parameterArn(region, Name)
  const version = {
    Name,
    ARN,
    Type,
    Value,
    Version: (newest?.Version ?? 0) + 1,
    LastModifiedDate: now / 1000,
    DataType: input.DataType ?? newest?.DataType ?? 'text',
    Tier,
    Description: input.Description ?? newest?.Description,
    KeyId: Type === 'SecureString' ? (input.KeyId ?? newest?.KeyId ?? 'alias/aws/ssm') : undefined,
  }
  region.parameters[Name] = [...versions, version].slice(-mostVersions)
  if (Tags) region.tags[ARN] = Tags
  return { Version: version.Version, Tier }
}

/** "Service quotas" of Systems Manager: past versions of a parameter, characters of a value. */
const mostVersions = 100
const mostCharacters = { Standard: 4096, 'Intelligent-Tiering': 8192, Advanced: 8192 } as const

function checkName(name: string): void {
  if (!/^[\w.\-/]{1,1011}$/.test(name)) {
    throw invalid('Only a mix of letters, numbers and the following 4 symbols .-_/ are allowed.')
  }
  if (/^\/?(?:aws|ssm)/i.test(name)) {
    throw invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).')
  }
  if (name.includes('/') && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.')
}

function checkValue({ Value, AllowedPattern }: Wire<PutParameterRequest>, tier: keyof typeof mostCharacters): void {
  const most = mostCharacters[tier] ?? mostCharacters.Advanced
  if (Value === '' || Value.length > most) {
    throw invalid(
      Value === ''
        ? 'Value for the parameter must not be empty.'
        : `${tier} tier parameters support a maximum parameter value of ${most} characters.`,
    )
  }
  if (AllowedPattern !== undefined && AllowedPattern !== '') throw invalid('The local AWS has no AllowedPattern.')
}

const invalid = (message: string): AwsFault => new AwsFault('ValidationException', message)
