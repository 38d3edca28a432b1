// Options as clipanion has them, composed: with a value that is more than a text, or several as one member of a command.
import { Command, Option } from 'clipanion'
import { nonEmpty } from './optionValues.ts'

/** An option whose text, or texts, are read together with the command line: what is wrong is refused before the command begins. */
export function parsed<V, T>(option: V, parse: (value: V) => T): T
export function parsed<V, T>(option: V | undefined, parse: (value: V) => T): T | undefined
export function parsed<V, T>(option: V | undefined, parse: (value: V) => T): T | undefined {
  return together({ option }, ({ option: value }) => (value === undefined ? undefined : parse(value)))
}

/** Several options as one member, which holds what they come to together. */
export function together<O extends object, T = O>(options: O, read: (values: O) => T): T {
  const parts = optionsOf(options)
  return Option.makeCommandOption<T>({
    definition(builder, key) {
      for (const [, part] of parts) part.definition(builder, key)
    },
    transformer: (builder, key, state, context) =>
      read(
        Object.fromEntries(parts.map(([name, part]) => [name, part.transformer(builder, key, state, context)])) as O,
      ),
  })
}

/** Refuses whichever option of its command was given an empty value, but for those that take one; it has no name itself. */
export function emptyRefused(taking: readonly string[]): undefined {
  return Option.makeCommandOption<undefined>({
    definition() {},
    transformer({ options }, _key, { options: given }) {
      for (const { name, value } of given) {
        if (typeof value !== 'string' || taking.includes(name)) continue
        const names = options.find((option) => option.names.includes(name))?.names ?? []
        nonEmpty(names.find((one) => one.startsWith('--')) ?? name)(value)
      }
      return undefined
    },
  })
}

/** The members that are options: clipanion gives them the types of their values, which they become once the command line has been read. */
export function optionsOf(options: object): [string, Option.CommandOption<unknown>][] {
  return Object.entries(options).filter(isOption)
}

function isOption(member: [string, unknown]): member is [string, Option.CommandOption<unknown>] {
  return typeof member[1] === 'object' && member[1] !== null && Command.isOption in member[1]
}
