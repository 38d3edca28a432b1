/** A refusal, just as it goes over the wire. */
export class AwsFault extends Error {
  readonly code: string
  readonly status: number
  readonly members: Readonly<Record<string, unknown>>

  /** `code` is AWS's error code, `members` what else the error's body carries (ConflictException's `resourceIds`). */
  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.members = members
  }
}
