import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffCluster } from '../../src/cluster/deployCluster.ts'
import { stackText } from '../../src/cluster/file/stackText.ts'
import { changing } from '../../src/engine/plan.ts'
import { importServiceAsStack } from '../../src/import/stackFromService.ts'
import { begun, possible } from '../cluster/possible.ts'
import { arbitraryStack } from '../cluster/file/arbitraryStack.ts'
import { isThorough } from '../sampled.ts'

describe('init --from-service --stack', () => {
  it('writes each service that cluster deploy created as a file that shows no changes', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(arbitraryStack(), async (stack) => {
        const { stage, others } = begun()
        const { result } = await stage.deploy([stackText(possible(stack, others))], {}, { timeout: 10_000_000 })
        expect(result.exitCode).toBe(0)
        for (const { name, type } of stack.services) {
          if (type === 'task') continue
          const settings = { transport: stage.transport, clock: stage.clock }
          const { text, variables } = await importServiceAsStack({ cluster: 'my-cluster', service: name }, settings)
          const files = [{ name: 'stack.yml', text }]
          const options = { cluster: 'my-cluster', files, env: Object.fromEntries(variables) }
          expect(changing((await diffCluster(options, settings)).stages)).toEqual([])
          seen++
        }
      }),
      { numRuns: isThorough ? 20 : 2 },
    )
    expect(seen).toBeGreaterThan(0)
  })
})
