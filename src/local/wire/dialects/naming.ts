/** How a dialect of forms and XML spells what the models name. */
export interface Naming {
  /** What stands between a list and the numbers of its elements, `member` in `X.member.1`; absent where it is `X.1`. */
  readonly inList?: string
  /** The member of a structure that a name of the form means; the name itself where it means none. */
  memberOf(structure: string, name: string): string
  /** The XML element that a member of a structure is written as. */
  elementOf(structure: string, member: string): string
  /** The XML element around each element of a list that is a member of a structure. */
  itemOf(structure: string, member: string): string
}

/** AWS Query: everything is called what it is called in the models. */
export const queryNaming: Naming = {
  inList: 'member',
  memberOf: (_, name) => name,
  elementOf: (_, member) => member,
  itemOf: () => 'member',
}
