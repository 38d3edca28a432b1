/** The schedules of AWS: `rate(1 day)`, `cron(0 6 * * ? *)`, `at(2027-01-01T06:00:00)`. */

/** Whether a schedule is a `rate(…)`, for which AWS takes no time zone. */
export function isRate(expression: string | undefined): boolean {
  return expression?.startsWith('rate(') === true
}
