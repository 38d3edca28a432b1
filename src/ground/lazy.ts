// Loads a package, or a large part of Node, when it is first needed: an SDK client takes longer to load than Node takes to start.
import { createRequire } from 'node:module'

// It is a require, not a dynamic import, because tsx rewrites every file that holds a dynamic import.
export const lazy = createRequire(import.meta.url)
