// Dependencies must exist and must not form a circle.
import { nearest } from '../../../ground/nearest.ts'
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { textsAt, type ValidatedText } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'
import { circlesIn } from '../../../ground/circles.ts'

export function dependenciesCanBeMet({ services }: UnvalidatedStack): Finding[] {
  const dependsOn = new Map(services.map(({ name, node }) => [name, textsAt(node, 'depends_on')]))
  const names = [...dependsOn.keys()]
  const others = [...dependsOn].flatMap(([name, on]) =>
    on.flatMap((dependency) => {
      if (dependency.text === name) return [about(dependency, `${name} cannot wait for itself`)]
      return dependsOn.has(dependency.text) ? [] : [about(dependency, unknown(dependency, name, names))]
    }),
  )
  const next = new Map([...dependsOn].map(([name, on]) => [name, on.map(({ text }) => text)]))
  const circles = circlesIn(next).flatMap(([first = '', ...way]) =>
    (dependsOn.get(first) ?? [])
      .filter(({ text }) => text === (way[0] ?? ''))
      .map((dependency) => {
        const waits = [first, ...way].map((one, index, all) => `${one} waits for ${all[index + 1] ?? first}`)
        return about(dependency, `${waits.join(', and ')}: none of them can be first; leave one out`)
      }),
  )
  return [...others, ...circles]
}

/** As many names as somebody reads. */
const mostNames = 20

function unknown({ shown }: ValidatedText, name: string, names: readonly string[]): string {
  const others = names.filter((one) => one !== name)
  const proposal = nearest(shown, others)
  const more = others.length > mostNames ? ` and ${others.length - mostNames} more` : ''
  const instead = proposal
    ? `did you mean ${proposal}?`
    : `there ${others.length === 0 ? 'is no other' : `is ${others.slice(0, mostNames).join(', ')}${more}`}`
  return `${shown} is not in this stack; ${instead}`
}
