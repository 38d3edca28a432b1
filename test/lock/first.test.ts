import { expect, it } from 'vitest'
import { staged, key } from './support.ts'
it('works', async () => {
  const { deploy, transport, record, sent } = staged()
  const { exitCode, problem, summary, left, events } = await deploy('v1', { transport })
  console.log(exitCode, problem, summary, left, record(), sent.map((o) => o.operation))
  console.log(events.filter((e) => e.type === 'warning.raised'))
})
