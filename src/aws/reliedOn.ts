/** What AWS always answers and a run cannot do without, by the structure of AWS's model that it is a member of. */
export const reliedOn: Readonly<Record<string, readonly string[]>> = {}
