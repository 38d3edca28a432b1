import { describe, expect, it } from 'vitest'
import { jsonAnswer, transportInProcess } from '../sdkInProcess.ts'

describe('members that the SDK does not know', () => {
  it('come back at any depth, and what it knows is left as it made it', async () => {
    const send = transportInProcess(() =>
      jsonAnswer(200, {
        taskDefinition: {
          taskDefinitionArn: 'web:1',
          family: 'web',
          registeredAt: 0,
          containerDefinitions: [
            { name: 'a', novel: 1 },
            { name: 'b', deep: { x: [1] } },
          ],
          fresh: true,
          nothing: null,
        },
      }),
    )
    const { taskDefinition } = await send('describeTaskDefinition', { taskDefinition: 'web' }, undefined)
    expect(taskDefinition).toEqual({
      taskDefinitionArn: 'web:1',
      family: 'web',
      registeredAt: new Date(0),
      containerDefinitions: [
        { name: 'a', novel: 1 },
        { name: 'b', deep: { x: [1] } },
      ],
      fresh: true,
    })
  })

  it('are sent without a change to the input, in which a time stays a time', async () => {
    const bodies: unknown[] = []
    const send = transportInProcess(({ body }) => (bodies.push(JSON.parse(body)), jsonAnswer(200, {})))
    const input = { cluster: 'c', service: 'web', createdAt: { after: new Date(1000), novel: { deep: [null] } } }
    const before = structuredClone(input)
    await send('listServiceDeployments', input, undefined)
    expect(input).toEqual(before)
    expect(bodies).toEqual([{ ...input, createdAt: { after: 1, novel: { deep: [null] } } }])
  })
})
