/** A record without a prototype: a cluster or a family may be called `constructor` or `__proto__`. */
export const byName = <T>(): Record<string, T> => Object.create(null)
