// What somebody probably meant who typed an option that there is none of.
import type { Definition } from 'clipanion'
import { nearest } from '../../ground/nearest.ts'

type Option = Definition['options'][number]

/** `-s` and `--service` of `-s,--service #0`. */
export function spellings({ definition }: Pick<Option, 'definition'>): string[] {
  return definition.split(' ')[0]?.split(',') ?? []
}

/** What to type instead, as a sentence; undefined where nothing is near. `what` quotes what was typed: `("--wait=false")`. */
export function optionMeant(what: string, options: readonly Option[]): string | undefined {
  const [, typed, , value = ''] = /"(--[\w-]+)(=([^"]*))?/.exec(what) ?? []
  if (typed === undefined) return undefined
  const names = options.flatMap((option) => [...spellings(option), ...negated(option)])
  const name = nearest(typed, names)
  if (name === undefined) return undefined
  return /^(?:false|no|off|0)$/i.test(value) ? withoutFlag(name, options) : `Did you mean ${name}?`
}

/** `--no-wait` of a flag `--wait`. */
function negated(option: Option): string[] {
  if (option.definition.includes(' ')) return []
  return spellings(option).flatMap((name) => (/^--(?!no-)/.test(name) ? name.replace('--', '--no-') : []))
}

/** How to say no to a flag, or to an option that takes a value, which is left out. */
function withoutFlag(name: string, options: readonly Option[]): string {
  const isDeclared = (one: string): Option | undefined => options.find((option) => spellings(option).includes(one))
  const own = isDeclared(name)
  if (own === undefined) return `Did you mean ${name.replace('--no-', '--')}?`
  const no = name.replace('--', '--no-')
  // Only of what is on by default the help names the opposite.
  return own.description?.includes(no) || isDeclared(no) ? `Did you mean ${no}?` : `Leave out ${name}.`
}
