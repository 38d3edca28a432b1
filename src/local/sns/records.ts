// The records of SNS in a region: topics with what was published to them.
import type { Wire } from '../world/wire.ts'

export interface SnsRecords {
  /** By ARN, with what was published (oldest first, `at` in epoch seconds) and the attributes it was made with. */
  readonly topics: Record<string, { published: Wire[]; attributes?: Record<string, string> }>
}
