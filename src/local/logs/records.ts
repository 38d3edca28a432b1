// The records of CloudWatch Logs in a region: log groups, their streams and events.

export interface LogsRecords {
  /** By log group, then stream; events oldest first, times in milliseconds. */
  readonly logs: Record<string, Record<string, LogEvent[]>>
  /** Epoch milliseconds at which a log group (`group`) or a stream (`group:stream`) was made. */
  readonly logCreationTimes: Record<string, number>
}

export interface LogEvent {
  readonly timestamp: number
  readonly ingestionTime: number
  readonly message: string
  readonly eventId: string
}
