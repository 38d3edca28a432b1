// Creates a rule or replaces one whole: members left out of a later call are gone, its targets stay. Tags count only
// when the rule is new. Nothing ever fires here.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
import { ruleArn } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { parseJson } from '../../world/parseJson.ts'
import { busOf, checkBus, checkName, ruleKey } from '../rule.ts'

export const putRule: Operation = ({ Tags, ...input }, { region }) => {
  checkRule(input)
  checkBus(region, input.EventBusName)
  const key = ruleKey(input.Name, input.EventBusName)
  const EventBusName = busOf(input.EventBusName)
  const Arn = ruleArn(region, EventBusName, input.Name)
  const existing = region.rules[key]
  const rule = { ...input, EventBusName, Arn, State: input.State ?? 'ENABLED', CreatedBy: region.account }
  region.rules[key] = { rule, targets: existing?.targets ?? [] }
  if (!existing && Tags) region.tags[Arn] = Tags
  return { RuleArn: Arn }
}

const states = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']

function checkRule({ Name, ScheduleExpression, EventPattern, State, EventBusName }: Wire): void {
  checkName('name', Name)
  if (!ScheduleExpression && !EventPattern) {
    throw new AwsFault('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.')
  }
  if (ScheduleExpression && !isSchedule(ScheduleExpression)) {
    throw new AwsFault('ValidationException', 'Parameter ScheduleExpression is not valid.')
  }
  if (ScheduleExpression && busOf(EventBusName) !== 'default') {
    throw new AwsFault('ValidationException', 'ScheduleExpression is supported only on the default event bus.')
  }
  if (EventPattern && !isPattern(EventPattern)) {
    throw new AwsFault('InvalidEventPatternException', 'Event pattern is not valid. Reason: it is not a JSON object')
  }
  if (State !== undefined && !states.includes(State)) {
    throw new AwsFault('ValidationException', `State should be one of [${states.join(', ')}]`)
  }
}

/** `rate(1 day)`, `rate(5 minutes)` or a cron expression of six fields, one of which leaves the day open. */
function isSchedule(text: string): boolean {
  const [, amount, plural] = /^rate\(([1-9]\d*) (?:minute|hour|day)(s?)\)$/.exec(text) ?? []
  if (amount !== undefined) return (amount === '1') === (plural === '')
  const fields = /^cron\((.*)\)$/.exec(text)?.[1]?.split(' ') ?? []
  return fields.length === 6 && fields.every(Boolean) && (fields[2] === '?') !== (fields[4] === '?')
}

function isPattern(text: string): boolean {
  const pattern = parseJson(text)
  return typeof pattern === 'object' && pattern !== null && !Array.isArray(pattern)
}
