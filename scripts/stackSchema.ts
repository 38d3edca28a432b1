// Writes templates/stack.schema.json from the table of keys in src/cluster/file/keys. Run it after a change there: `npm run schema`.
// A test compares.
import { writeFileSync } from 'node:fs'
import { stackSchema } from '../src/cluster/file/stackSchema.ts'

writeFileSync(new URL('../templates/stack.schema.json', import.meta.url), `${JSON.stringify(stackSchema(), null, 2)}\n`)
