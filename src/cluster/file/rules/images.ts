// An image is not what a variable that is not set leaves behind.
import { unsetInImage } from '../../../definition/unset.ts'
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

export function imagesAreSet({ services }: UnvalidatedStack): Finding[] {
  return services
    .flatMap(({ containers }) => containers)
    .flatMap(({ node }) => {
      const word = unsetInImage(textAt(node, 'image') ?? '')
      if (word === undefined) return []
      return [about(at(node, 'image')!, `has ${word} in it, which a variable that is not set leaves behind`)]
    })
}
