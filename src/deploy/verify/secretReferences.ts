/** The parameters and secrets that a task definition names. */
import { type Subject, containersOf } from './subject.ts'

/** A parameter of Systems Manager. */
export interface ParameterReference {
  readonly type: 'parameter'
  readonly where: string
  /** Its name or ARN, as it is written. */
  readonly name: string
  /** That of the ARN. */
  readonly region: string | undefined
}

/** A secret of Secrets Manager, with the key, stage and version at the end of its ARN. */
export interface SecretReference {
  readonly type: 'secret'
  readonly where: string
  readonly id: string
  readonly region: string | undefined
  readonly key: string | undefined
  readonly stage: string | undefined
  readonly version: string | undefined
}

export function referencesIn(subject: Subject): (ParameterReference | SecretReference)[] {
  return containersOf(subject).flatMap(({ path, container }) => {
    const { secrets = [], logConfiguration: { secretOptions = [] } = {}, repositoryCredentials } = container
    const credentials = repositoryCredentials?.credentialsParameter
    return [
      ...secrets.map(({ valueFrom }, index) =>
        reference(subject.where(`${path}/secrets/${index}/valueFrom`), valueFrom),
      ),
      ...secretOptions.map(({ valueFrom }, index) =>
        reference(subject.where(`${path}/logConfiguration/secretOptions/${index}/valueFrom`), valueFrom),
      ),
      ...(credentials === undefined
        ? []
        : [secret(subject.where(`${path}/repositoryCredentials/credentialsParameter`), credentials)]),
    ]
  })
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html */
function reference(where: string, valueFrom = ''): ParameterReference | SecretReference {
  if (/^arn:[\w-]+:secretsmanager:/.test(valueFrom)) return secret(where, valueFrom)
  return { type: 'parameter', where, name: valueFrom, region: /^arn:[\w-]+:ssm:([\w-]+):/.exec(valueFrom)?.[1] }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function secret(where: string, text: string): SecretReference {
  const [, arn, region, rest = ''] = /^(arn:[\w-]+:secretsmanager:([\w-]+):\d{12}:secret:[^:]+)(.*)$/.exec(text) ?? []
  const [, key, stage, version] = rest.split(':')
  return {
    type: 'secret',
    where,
    id: arn ?? text,
    region,
    key: key || undefined,
    stage: stage || undefined,
    version: version || undefined,
  }
}
