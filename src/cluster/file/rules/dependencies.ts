// Dependencies must exist and must not form a circle.
import { nearest } from '../../../ground/nearest.ts'
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { textsAt, type ValidatedText } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

export function dependenciesCanBeMet({ services }: UnvalidatedStack): Finding[] {
  const dependsOn = new Map(services.map(({ name, node }) => [name, textsAt(node, 'depends_on')]))
  const names = [...dependsOn.keys()]
  return [...dependsOn].flatMap(([name, on]) =>
    on.flatMap((dependency) => {
      if (dependency.text === name) return [about(dependency, `${name} cannot wait for itself`)]
      if (!dependsOn.has(dependency.text)) return [about(dependency, unknown(dependency, name, names))]
      const circle = wayBack(dependency.text, name, dependsOn)
      // Each circle is told once, where the first of it stands.
      if (!circle || circle.some((one) => names.indexOf(one) < names.indexOf(name))) return []
      const waits = circle.map((one, index) => `${index === 0 ? name : circle[index - 1]} waits for ${one}`)
      return [about(dependency, `${waits.join(', and ')}: none of them can be first; leave one out`)]
    }),
  )
}

function unknown({ shown }: ValidatedText, name: string, names: readonly string[]): string {
  const others = names.filter((one) => one !== name)
  const proposal = nearest(shown, others)
  const instead = proposal
    ? `did you mean ${proposal}?`
    : `there ${others.length === 0 ? 'is no other' : `is ${others.join(', ')}`}`
  return `${shown} is not in this stack; ${instead}`
}

/** The shortest way from one to another, both included; undefined where there is none. */
function wayBack(
  from: string,
  to: string,
  dependsOn: ReadonlyMap<string, readonly ValidatedText[]>,
): string[] | undefined {
  const seen = new Set([from])
  let ways = [[from]]
  while (ways.length > 0) {
    const found = ways.find((way) => way.at(-1) === to)
    if (found) return found
    ways = ways.flatMap((way) => {
      const next = (dependsOn.get(way.at(-1)!) ?? []).map(({ text }) => text).filter((name) => !seen.has(name))
      for (const name of next) seen.add(name)
      return next.map((name) => [...way, name])
    })
  }
  return undefined
}
