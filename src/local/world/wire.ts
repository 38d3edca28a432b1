/** Plain JSON, as it is on the wire: times are epoch seconds, absent members are absent. */
export type Wire = Record<string, any>
