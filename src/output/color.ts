/** Whether to print in color, and whether to draw the live view. */
/** Environment variables, as in `process.env`. */
type Environment = Readonly<Record<string, string | undefined>>

/** What matters of the stream that is written to. */
interface StreamFacts {
  readonly isTTY?: boolean
  readonly columns?: number
}

/**
 * Whether to print in color. NO_COLOR (https://no-color.org) wins over FORCE_COLOR, which wins over TERM=dumb. Otherwise
 * terminals get color, and so do the logs of GitHub Actions and GitLab CI, which show it.
 */
export function wantsColor(environment: Environment, stream: StreamFacts): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment
  if (NO_COLOR) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (TERM === 'dumb') return false
  if (stream.isTTY) return true
  return isSet(environment['GITHUB_ACTIONS']) || isSet(environment['GITLAB_CI'])
}

/** Whether the live view can be drawn: only on a terminal of known width, and not in CI. */
export function wantsLive(environment: Environment, stream: StreamFacts): boolean {
  return (
    stream.isTTY === true && !isSet(environment['CI']) && environment['TERM'] !== 'dumb' && (stream.columns ?? 0) > 0
  )
}

/** CI systems set their variables to `true`; an empty value, `false` or `0` switches one off. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
