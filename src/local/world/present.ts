// What is there of a structure, to be spread over what stands in for the rest.

type Present<T> = { [Member in keyof T]: Exclude<T[Member], undefined> }

/** The members that are not undefined: spread over others, undefined would take theirs away. */
export const present = <T extends object>(of: T): Present<T> =>
  // `fromEntries` knows no names; they are those of `of`.
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Present<T>
