import * as ecs from '@aws-sdk/client-ecs'
import * as eventBridge from '@aws-sdk/client-eventbridge'
import { expect, it } from 'vitest'
import * as scheduler from '@aws-sdk/client-scheduler'
import { eventShapes, scheduleShapes, shapes } from '../../src/definition/shapes.ts'

/** The names of a structure's members and how many of them, from the first, are required: as the SDK's schema has it. */
const membersOf = (sdk: object, structure: string): [string[], number] => {
  const schema: unknown = Reflect.get(sdk, `${structure}$`)
  if (!Array.isArray(schema)) throw new Error(`the SDK has no ${structure}`)
  return [schema[4], schema[6] ?? 0]
}

const membersIn = (table: typeof shapes, structure: string): [string[], number] => {
  const members = Object.entries(table[structure]!)
  return [members.map(([member]) => member), members.filter(([, type]) => type.endsWith('!')).length]
}

const reachable = (table: typeof shapes, structure: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(structure) || !table[structure]) return seen
  seen.add(structure)
  for (const type of Object.values(table[structure])) reachable(table, type.replace(/^(list |map )*|!$/g, ''), seen)
  return seen
}

it.each(Array.from(reachable(eventShapes, 'PutTargetsRequest')))(
  'the structure %s of an event target has the members that EventBridge gives it',
  (structure) => {
    expect(membersIn(eventShapes, structure)).toEqual(membersOf(eventBridge, structure))
  },
)

it.each(Array.from(reachable(scheduleShapes, 'UpdateScheduleInput')))(
  'the structure %s of a schedule has the members that EventBridge Scheduler gives it',
  (structure) => {
    const [members, required] = membersOf(scheduler, structure)
    // What a deploy takes from the schedule that is there.
    const taken = { UpdateScheduleInput: 3, Target: 2 }[structure] ?? 0
    expect(membersIn(scheduleShapes, structure)).toEqual([members, required - taken])
  },
)

it.each(['RegisterTaskDefinitionRequest', 'UpdateServiceRequest', 'RunTaskRequest'])(
  'every structure in %s has the members that ECS gives it',
  (input) => {
    for (const structure of reachable(shapes, input)) {
      expect([structure, ...membersIn(shapes, structure)]).toEqual([structure, ...membersOf(ecs, structure)])
    }
  },
)
