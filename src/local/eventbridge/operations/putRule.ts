// Creates a rule or replaces one whole: members left out of a later call are gone, its targets stay. Tags count only
// when the rule is new. Nothing ever fires here.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
import type { PutRuleRequest, PutRuleResponse } from '@aws-sdk/client-eventbridge'
import { ruleArn } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { parseObject } from '../../world/parseJson.ts'
import type { Rule } from '../../world/world.ts'
import { checkRole, checkTags } from '../roleAndTags.ts'
import { busOf, checkBus, checkName, ruleKey } from '../rule.ts'

export const putRule: Operation<PutRuleRequest, PutRuleResponse> = (
  { Tags, ...input },
  { region },
): Wire<PutRuleResponse> => {
  checkRule({ ...input, Tags })
  checkBus(region, input.EventBusName)
  const key = ruleKey(input.Name, input.EventBusName)
  const EventBusName = busOf(input.EventBusName)
  const Arn = ruleArn(region, EventBusName, input.Name)
  const existing = region.rules[key]
  const rule: Rule = { ...input, EventBusName, Arn, State: input.State ?? 'ENABLED', CreatedBy: region.account }
  region.rules[key] = { rule, targets: existing?.targets ?? [] }
  if (!existing && Tags) region.tags[Arn] = Tags
  return { RuleArn: Arn }
}

function checkRule({
  Name,
  ScheduleExpression,
  EventPattern,
  RoleArn,
  EventBusName,
  Tags,
}: Wire<PutRuleRequest>): void {
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
  if (Buffer.byteLength(EventPattern ?? '') > 2048) {
    throw new AwsFault('ValidationException', `Parameter EventPattern for rule ${Name} exceeds limit of 2048.`)
  }
  if (EventPattern && !isPattern(EventPattern)) {
    throw new AwsFault(
      'InvalidEventPatternException',
      'Event pattern is not valid. Reason: it is not a JSON object of lists',
    )
  }
  checkRole(RoleArn)
  checkTags(Tags)
}

/** `rate(1 day)`, `rate(5 minutes)` or a cron expression of six fields, one of which leaves the day open. */
function isSchedule(text: string): boolean {
  const [, amount, plural] = /^rate\(([1-9]\d*) (?:minute|hour|day)(s?)\)$/.exec(text) ?? []
  if (amount !== undefined) return (amount === '1') === (plural === '')
  const fields = /^cron\((.*)\)$/.exec(text)?.[1]?.split(' ') ?? []
  const isOpen = (fields[2] === '?') !== (fields[4] === '?')
  return fields.length === 6 && isOpen && fields.every((field, index) => isField(field, index))
}

/** Minutes, hours, days of the month, months, days of the week and years. */
const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [1, 7],
  [1970, 2199],
] as const
const names = /^(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|SUN|MON|TUE|WED|THU|FRI|SAT)$/i

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
function isField(field: string, index: number): boolean {
  const [least, most] = ranges[index]!
  const isValue = (value: string): boolean =>
    (/^\d{1,4}$/.test(value) && Number(value) >= least && Number(value) <= most) ||
    ((index === 3 || index === 4) && names.test(value))
  return field.split(',').every((part) => {
    if (part === '*' || part === '?') return true
    if (index === 2 && /^(L|LW|\d{1,2}W)$/.test(part)) return true
    if (index === 4 && /^(L|[1-7]L|[1-7]#[1-5]|[A-Z]{3}(L|#[1-5]))$/i.test(part)) return true
    const [span = '', step, ...more] = part.split('/')
    const [first = '', last, ...others] = span.split('-')
    if (more.length > 0 || others.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false
    return (
      (first === '*' && last === undefined && step !== undefined) ||
      (isValue(first) && (last === undefined || isValue(last)))
    )
  })
}

/** A pattern leads through objects to lists of what is looked for, and has one member at least. */
function isPattern(text: string): boolean {
  const pattern = parseObject(text)
  return pattern !== undefined && Object.keys(pattern).length > 0 && leadsToLists(pattern)
}

const isStructure = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const leadsToLists = (pattern: object): boolean =>
  Object.values(pattern).every((value: unknown) =>
    Array.isArray(value) ? value.length > 0 : isStructure(value) && leadsToLists(value),
  )
