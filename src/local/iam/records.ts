// The records of IAM, which belong to no region: roles, and the policies of the caller.

export interface IamRecords {
  /** By name. */
  readonly roles: Record<string, RoleRecord>
  /** Inline policies of the user `local`, who is everybody that calls, by name. Without any, everything is allowed. */
  readonly userPolicies: Record<string, string>
  /** Sessions of assumed roles, by access key id. */
  readonly sessions: Record<string, SessionRecord>
}

export interface RoleRecord {
  readonly role: {
    readonly Path: string
    readonly RoleName: string
    readonly RoleId: string
    readonly Arn: string
    readonly CreateDate: number
    /** JSON, as it was given. */
    AssumeRolePolicyDocument: string
    readonly Description?: string | undefined
    readonly MaxSessionDuration: number
  }
  /** Inline policies as pairs of name and JSON. */
  readonly policies: [name: string, document: string][]
}

export interface SessionRecord {
  readonly arn: string
  readonly userId: string
  /** Epoch seconds. */
  readonly expiration: number
}
