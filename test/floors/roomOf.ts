// Finds the room of a file, and the rooms that it may import.
import { basename, dirname } from 'node:path/posix'
import { type Rooms, doors, house, local, records } from './rooms.ts'

/** The words of a list in `rooms.ts`. */
export const words = (list: string): readonly string[] => list.split(' ').filter((word) => word !== '')

export const isLocal = (path: string): boolean => path.startsWith('local/')

/** Whether a list of files and folders, whose names end in `/`, holds a file. */
export const isIn = (path: string, list: string): boolean =>
  words(list).some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place))

/** The room that a file is in, `undefined` for one that is in none. */
export function roomOf(path: string): string | undefined {
  if (!path.includes('/')) return isIn(path, doors) ? 'doors' : undefined
  if (!isLocal(path)) return folderIn(house, dirname(path))
  if (dirname(path) === 'local') return 'local'
  const room = folderIn(local, dirname(path).slice('local/'.length))
  return room && basename(path) === records ? 'world' : room
}

/** The innermost room around a folder. */
function folderIn(rooms: Rooms, folder: string): string | undefined {
  const around = Object.keys(rooms).filter((name) => `${folder}/`.startsWith(`${name}/`))
  return around.toSorted((one, other) => other.length - one.length)[0]
}

/** The rooms of a list in a table, with `*` written out. */
export function listed(rooms: Rooms, room: string): readonly string[] {
  const list = rooms[room] ?? ''
  const names = Object.keys(rooms)
  return list === '*' ? names.slice(0, names.indexOf(room)) : words(list)
}
