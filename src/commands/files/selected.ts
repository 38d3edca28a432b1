// The classes that `--only` and `--exclude` leave, chosen before anything is read or planned.
import { EcsTaskError } from '../../ground/errors.ts'
import { nearest } from '../../ground/nearest.ts'
import { nameOfClass } from '../../definition/read.ts'
import type { Context } from '../program/command.ts'
import type { Choice } from '../options/sharedOptions.ts'

/** As many names as somebody reads. */
const mostNames = 20

/** The context with the chosen classes alone; throws `BadArguments` with every name that there is not. */
export function selected(context: Context, choice: Choice): Context {
  const { only, exclude } = choice
  if (only === undefined && exclude === undefined) return context
  const all = context.declared.map((one) => ({ ...one, known: nameOfClass(one.source, one.name) }))
  const names = all.map(({ known }) => known)
  const problems = Object.entries({ '--only': only, '--exclude': exclude }).flatMap(([option, given = []]) =>
    given.filter((name) => !names.includes(name)).map((name) => `${option} ${name}: ${unknown(name, names)}`),
  )
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  const fix = names.length > 0 ? `Choose among: ${names.slice(0, mostNames).join(', ')}${more}` : undefined
  if (problems.length > 0) {
    const what = problems.length === 1 ? 'There is no such class.' : 'There are no such classes.'
    throw new EcsTaskError('BadArguments', what, { problems, fix })
  }
  const isChosen = (name: string): boolean => (only ?? names).includes(name) && !exclude?.includes(name)
  const declared = context.declared.filter((_, index) => isChosen(names[index] ?? ''))
  if (declared.length === 0) {
    throw new EcsTaskError('BadArguments', 'No class is left: --exclude leaves out all of them.', { fix })
  }
  return { ...context, declared, leftOut: names.filter((name) => !isChosen(name)) }
}

function unknown(name: string, names: readonly string[]): string {
  const meant = nearest(name, names)
  return meant === undefined ? 'no class has this name' : `no class has this name; did you mean ${meant}?`
}
