/** What AWS's model says of a text, or of each text of a list: its values, its length and its form; of a list how many. */
export interface Constraint {
  readonly oneOf?: readonly string[]
  readonly length?: readonly [least: number, most: number]
  readonly pattern?: RegExp
  readonly items?: readonly [least: number, most: number]
}

/** By `Structure.member`. */
export type Constraints = Readonly<Record<string, Constraint>>

export const oneOf = (...values: string[]): Constraint => ({ oneOf: values })
export const upTo = (most: number, least = 0): Constraint => ({ length: [least, most] })
export const items = (most: number, least = 0): Constraint => ({ items: [least, most] })
