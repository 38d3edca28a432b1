// Planted faults that no test can notice, each with the reason: they change nothing that can be observed.

/** `mutant` is as `npm run mutate` prints it, without the line number. */
export const survivors = []
