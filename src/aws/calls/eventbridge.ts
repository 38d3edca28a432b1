/** The calls to EventBridge. */
import type * as events from '@aws-sdk/client-eventbridge'
import { type CallFacts, type Page, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to EventBridge. */
export interface EventsCalls {
  listTargetsByRule: [events.ListTargetsByRuleCommandInput, events.ListTargetsByRuleCommandOutput]
  listEventBuses: [events.ListEventBusesCommandInput, events.ListEventBusesCommandOutput]
  listRuleNamesByTarget: [events.ListRuleNamesByTargetCommandInput, events.ListRuleNamesByTargetCommandOutput]
  putTargets: [events.PutTargetsCommandInput, events.PutTargetsCommandOutput]
  removeTargets: [events.RemoveTargetsCommandInput, events.RemoveTargetsCommandOutput]
}

const { read, write } = tableOf('events')

export const eventsCalls: Readonly<Record<keyof EventsCalls, CallFacts>> = {
  listTargetsByRule: read('eventBridge', { page: eventsPage('Targets') }),
  listEventBuses: read('eventBridge', { page: eventsPage('EventBuses') }),
  listRuleNamesByTarget: read('eventBridge', { page: eventsPage('RuleNames') }),
  putTargets: write('eventBridge'),
  removeTargets: write('eventBridge'),
}

function eventsPage(items: string): Page {
  return { items, size: 'Limit', most: 100, token: 'NextToken' }
}
