import type { Checked } from './checked.ts'
import type { Shape } from './shape.ts'
import type { Place, Written } from './written.ts'

/** What checking needs to know besides the value: its path, the place of its key, and whom to tell. */
export interface Looking {
  readonly path: string
  readonly place: Place
  readonly report: (place: Place, sentence: string) => void
}

/** Compares what is written with a shape, as `checkShape` does. */
export type Check = (written: Written, shape: Shape, looking: Looking) => Checked
