// The records of Secrets Manager in a region: secrets with their versions.

export interface SecretsmanagerRecords {
  /** By name. */
  readonly secrets: Record<string, SecretRecord>
}

export interface SecretRecord {
  readonly ARN: string
  readonly Name: string
  readonly CreatedDate: number
  readonly Description?: string | undefined
  readonly KmsKeyId?: string | undefined
  LastChangedDate: number
  LastAccessedDate?: number
  /** Since when it is on its way out, and when it goes: epoch seconds. */
  DeletedDate?: number
  DeletionDate?: number
  /** Oldest first. */
  readonly versions: SecretVersion[]
}

export interface SecretVersion {
  readonly VersionId: string
  readonly CreatedDate: number
  readonly SecretString?: string | undefined
  /** In base64. */
  readonly SecretBinary?: string | undefined
  stages: string[]
}
