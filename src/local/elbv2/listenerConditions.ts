import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'

/** Where the values of a condition are; the first two may also have them in `Values`. */
const configs: Readonly<Record<string, string>> = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
}

/**
 * The conditions of a rule as they are shown, those that have two spellings with both.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
 */
export function completeConditions(given: readonly Wire[]): Wire[] {
  if (given.length === 0) throw new AwsFault('ValidationError', 'A condition must be specified')
  return given.map((condition) => {
    const { Field } = condition
    if (!Object.hasOwn(configs, Field)) {
      const fields = Object.keys(configs).join(',')
      throw new AwsFault('ValidationError', `Condition field '${Field}' must be one of '[${fields}]'`)
    }
    const member = configs[Field]!
    const values = condition[member]?.Values ?? condition.Values ?? []
    if (values.length === 0) throw new AwsFault('ValidationError', 'A condition value must be specified')
    const hasBoth = Field === 'path-pattern' || Field === 'host-header'
    if (!hasBoth && condition.Values) {
      throw new AwsFault('ValidationError', `The 'Values' field is not compatible with '${Field}'`)
    }
    return structuredClone(hasBoth ? { Field, Values: values, [member]: { Values: values } } : condition)
  })
}
