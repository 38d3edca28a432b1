/** The numbers of a container that a stack file, a stack and ECS hold alike: a key with a `member` is all there is to one. */
import { furtherContainerKeys } from './keys/containerKeys.ts'
import type { StackContainer } from '../stack.ts'

type Keys = typeof furtherContainerKeys
type PlainKey = { [K in keyof Keys]: Keys[K] extends { readonly member: string } ? K : never }[keyof Keys]
type PlainMember = Keys[PlainKey]['member']

/** By ECS's name of the member; undefined where the file says nothing. */
export type PlainNumbers = Pick<StackContainer, PlainMember>

const plain = Object.entries(furtherContainerKeys).flatMap(([key, of]) =>
  'member' in of ? [{ key, member: of.member }] : [],
)

/** Each number as found under its key in the file, or its member in ECS. */
export function plainNumbers(find: (name: { key: string; member: PlainMember }) => number | undefined): PlainNumbers {
  return Object.fromEntries(plain.map((name) => [name.member, find(name)])) as PlainNumbers
}

/** The numbers by their keys in the file. */
export function byKey(numbers: PlainNumbers): Record<string, number | undefined> {
  return Object.fromEntries(plain.map(({ key, member }) => [key, numbers[member]]))
}

/** The numbers as ECS takes them: those that are there. */
export function asInput(numbers: PlainNumbers): Partial<Record<PlainMember, number>> {
  return Object.fromEntries(
    plain.flatMap(({ member }) => (numbers[member] === undefined ? [] : [[member, numbers[member]]])),
  )
}
