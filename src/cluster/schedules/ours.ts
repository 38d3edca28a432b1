/** Which schedules are a stack's own: AWS gives tags to their groups alone, so that the description of each tells. */
import type { Schedule } from '../../deploy/starters/schedule.ts'
import { ownerOf } from '../ownership.ts'

/** The description of a schedule: whose it is, and the run that has made it. */
export function descriptionOf(of: { readonly cluster: string; readonly run: string }, task: string): string {
  return `${ownerOf(of.cluster, task)} ${of.run}`
}

/** The task that a schedule was made for, by name; undefined for one of others. */
export function taskOf({ Description }: Pick<Schedule, 'Description'>, cluster: string): string | undefined {
  const [owner = ''] = (Description ?? '').split(' ')
  const name = owner.startsWith(ownerOf(cluster)) ? owner.slice(ownerOf(cluster).length) : ''
  return name === '' ? undefined : name
}

/** The run that has made a schedule. */
export function makerOf({ Description }: Pick<Schedule, 'Description'>): string | undefined {
  return Description?.split(' ')[1]
}
