import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { diffCluster } from '../../../src/cluster/deployCluster.ts'
import { stackText } from '../../../src/cluster/file/stackText.ts'
import { changing } from '../../../src/engine/plan.ts'
import { importServiceAsStack } from '../../../src/commands/import/stackFromService.ts'
import { arbitraryStack } from '../../cluster/file/arbitraryStack.ts'
import { begun, possible } from '../../cluster/possible.ts'

it(
  'init --from-service --stack writes each of 20 services that cluster deploy created as a file that shows no changes',
  { timeout: 240_000 },
  async () => {
    let seen = 0
    const stacks = fc.sample(arbitraryStack(), 40)
    for (const stack of stacks) {
      if (seen >= 20) break
      const { stage, others } = begun()
      const { result } = await stage.deploy([stackText(possible(stack, others))], {}, { timeout: 10_000_000 })
      expect(result.exitCode).toBe(0)
      const settings = { transport: stage.transport, clock: stage.clock }
      for (const { name, type } of stack.services) {
        if (type === 'task') continue
        const { text, variables } = await importServiceAsStack({ cluster: 'my-cluster', service: name }, settings)
        const options = {
          cluster: 'my-cluster',
          files: [{ name: 'stack.yml', text }],
          env: Object.fromEntries(variables),
        }
        expect(changing((await diffCluster(options, settings)).stages)).toEqual([])
        seen++
      }
    }
    expect(seen).toBeGreaterThanOrEqual(20)
  },
)
