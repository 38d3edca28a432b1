// What a check needs besides the node: its path, the place of its key, and a way to report.
import type { ValidatedNode } from './validatedNode.ts'
import type { Shape } from './shape.ts'
import type { Place, YamlNode } from './yamlNode.ts'

export interface CheckContext {
  readonly path: string
  readonly place: Place
  readonly report: (place: Place, sentence: string) => void
}

/** Compares what is written with a shape, as `checkShape` does. */
export type Check = (node: YamlNode, shape: Shape, context: CheckContext) => ValidatedNode
