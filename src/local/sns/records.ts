// The records of SNS in a region: topics with what was published to them.

export interface SnsRecords {
  /** By ARN. */
  readonly topics: Record<string, TopicRecord>
}

export interface TopicRecord {
  /** Oldest first. */
  readonly published: PublishedMessage[]
  /** Which the topic was made with. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** A message as Publish had it. */
export interface PublishedMessage {
  readonly MessageId: string
  readonly Message: string
  readonly Subject?: string | undefined
  readonly MessageStructure?: string | undefined
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>> | undefined
  /** When, in epoch seconds. */
  readonly at: number
}

export interface MessageAttribute {
  readonly DataType: string
  readonly StringValue?: string | undefined
  /** In base64. */
  readonly BinaryValue?: string | undefined
}
