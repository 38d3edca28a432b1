import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stackText } from '../../src/cluster/file/stackText.ts'
import { arbitraryStack } from './file/arbitraryStack.ts'
import { isThorough } from '../sampled.ts'
import { begun, possible } from './possible.ts'
import type { clusterStage } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

/** Deploys a file and answers what then stands. */
async function deployed(stage: Stage, text: string): Promise<object> {
  const { result } = await stage.deploy([text], {}, { timeout: 10_000_000 })
  if (result.exitCode !== 0) throw new Error(JSON.stringify(result.problem))
  return stage.standing()
}

describe('cluster describe', () => {
  it('prints a file that shows no changes against the cluster, and creates the same in an empty one', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStack(), async (stack) => {
        const { stage, others } = begun()
        const stands = await deployed(stage, stackText(possible(stack, others)))
        const text = stackText(await stage.describe())
        expect(await stage.diff(text)).toEqual([])
        expect(await deployed(begun().stage, text)).toEqual(stands)
      }),
      { numRuns: isThorough ? 30 : 3 },
    )
  })
})
