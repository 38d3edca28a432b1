import { expect, it } from 'vitest'
import { fileOf } from './stacks.ts'
import { clusterStage } from './support.ts'

it('refuses names and tags that AWS cannot hold before anything is written, all at once', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `service-${index}`)
  const plain = { image: 'img:v1', memory: 64 }
  const long = 'a'.repeat(250)
  const file = fileOf({
    ...Object.fromEntries(names.map((name) => [name, plain])),
    [long]: plain,
    last: { ...plain, depends_on: names },
  })
  const stage = clusterStage()
  stage.given(file)
  const before = structuredClone(stage.aws.world)
  const { result, writes } = await stage.deploy([file])
  expect(result).toMatchObject({ exitCode: 2, outcome: 'refused' })
  expect(result.problem?.problems).toEqual([
    `my-cluster-${long}: a family has at most 255 characters, and this is 261.`,
    expect.stringMatching(/: the tag ecs-task:service has at most 256 characters, and this is 261: my-cluster\/a+…$/),
    expect.stringMatching(
      /^my-cluster\/last: the tag ecs-task:depends-on has at most 256 characters, and this is 3\d\d: service-0 service-1 service-2 service-3 …$/,
    ),
  ])
  expect(writes).toEqual([])
  expect(stage.aws.world.regions).toEqual(before.regions)
})
