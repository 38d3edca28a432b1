// The records of Systems Manager in a region: parameters.

export interface SsmRecords {
  /** By name, each with its versions, oldest first; at most 100 are kept. */
  readonly parameters: Record<string, ParameterVersion[]>
}

export interface ParameterVersion {
  readonly Name: string
  readonly ARN: string
  readonly Type: 'String' | 'StringList' | 'SecureString'
  readonly Value: string
  readonly Version: number
  readonly LastModifiedDate: number
  readonly DataType: string
  readonly Tier: 'Standard' | 'Advanced' | 'Intelligent-Tiering'
  readonly Description?: string | undefined
  readonly KeyId?: string | undefined
}
