// The members of a record: which are there, and how they change.

/** A shape whose members are there or absent, but never undefined. */
type Present<Shape> = { [Member in keyof Shape]: Exclude<Shape[Member], undefined> }

/** Leaves out what is undefined, which on the wire is the same as absent. */
export const present = <Shape extends object>(from: Shape): Present<Shape> =>
  // Object.fromEntries forgets which members a shape has.
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as Present<Shape>

/** Those of the named members that are there. */
export const pick = <Shape extends object, Member extends keyof Shape>(
  from: Shape,
  members: readonly Member[],
): Partial<Present<Pick<Shape, Member>>> =>
  // The same.
  Object.fromEntries(
    members.filter((member) => from[member] !== undefined).map((member) => [member, from[member]]),
  ) as Partial<Present<Pick<Shape, Member>>>

/** Changes members of a record, in place. */
export function change<Shape extends object>(record: Shape, to: Readonly<Partial<NoInfer<Shape>>>): undefined {
  Object.assign(record, to)
}
