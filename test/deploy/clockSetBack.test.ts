import { afterEach, expect, it, vi } from 'vitest'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { executeDefinitionCommand } from '../../src/deploy/definitionCommand.ts'
import { read } from '../../src/definition/read.ts'
import { systemClock } from '../../src/ground/clock.ts'
import { startLocalAws } from '../../src/local/index.ts'
import { web } from './declared.ts'
import { fixturesOf } from './support.ts'

afterEach(() => vi.restoreAllMocks())

it('a clock that is set back two hours in the middle of a run neither hangs the calls nor the undo', async () => {
  const speed = 200
  const { definition } = read(web({ runTasks: [] }), 'Web')
  const local = await startLocalAws({ speed })
  local.provision(fixturesOf([definition]))
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  let isBack = false
  const result = await executeDefinitionCommand(
    { command: 'deploy', tag: 'crash', wait: true, skipUnchanged: false },
    [definition],
    {
      transport: sdkTransport({ region: 'us-east-1', endpoint: local.url, credentials }),
      clock: systemClock({ speed, now: local.now }),
      listeners: [
        {
          hear({ type }) {
            if (isBack || type !== 'service.progressed') return
            isBack = true
            const { now } = Date
            vi.spyOn(Date, 'now').mockImplementation(() => now() - 2 * 3_600_000)
          },
        },
      ],
    },
  )
  await local.close()
  expect([isBack, result.exitCode, result.problem?.code]).toEqual([true, 1, 'DeploymentFailed'])
  const { service } = local.world.regions['us-east-1']!.services['my_cluster/web'] as any
  expect(service.taskDefinition).toMatch(/web:1$/)
})
