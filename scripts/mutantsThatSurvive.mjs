// Planted faults that no test can notice, each with the reason: they change nothing that can be observed.

/** `before` and `after` are the line without and with the fault, as `npm run mutate` prints them; `because` is one sentence. */
export const survivors = []
