// An image is one that AWS takes, and not what a variable that is not set leaves behind.
import { imageMust, isImage } from '../../../definition/image.ts'
import { unsetInImage } from '../../../definition/unset.ts'
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, shownAt, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

export function imagesAreImages({ services }: UnvalidatedStack): Finding[] {
  return services
    .flatMap(({ containers }) => containers)
    .flatMap(({ node }) => {
      const image = textAt(node, 'image')
      if (image === undefined) return []
      const word = unsetInImage(image)
      if (word !== undefined) {
        return [about(at(node, 'image')!, `has ${word} in it, which an unset variable leaves behind`)]
      }
      if (isImage(image)) return []
      // Values of variables are not shown.
      const blank = /\s/.test(image) ? '; there is a blank or a line break in it' : ''
      const not = JSON.stringify(shownAt(node, 'image'))
      return [about(at(node, 'image')!, `must be ${imageMust}, not ${not}${blank}`)]
    })
}
