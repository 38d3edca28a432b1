import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { running } from './service/support.ts'
import { stage } from './support.ts'

const digest = `sha256:${'4bc4'.repeat(16)}`
const plain = web({ runTasks: [], eventTargets: [] })

function imageOf({ call }: Pick<ReturnType<typeof stage>, 'call'>, taskDefinition: string): string {
  return call('ecs', 'DescribeTaskDefinition', { taskDefinition }).taskDefinition.containerDefinitions[0].image
}

describe('deploy', () => {
  it.each([
    [digest, `my_image@${digest}`],
    [`v1@${digest}`, `my_image:v1@${digest}`],
  ])('of %s registers the image %s and runs it', async (tag, image) => {
    const staged = stage(plain)
    expect(await staged.deploy(tag)).toMatchObject({ exitCode: 0 })
    expect([staged.runs('my_cluster/web'), imageOf(staged, 'web:2')]).toEqual(['web:2', image])
    expect((await staged.deploy(tag, { skipUnchanged: true })).writes).toEqual([])
  })

  it('is refused where an image has no place for a digest, before anything is written', async () => {
    const containerDefinitions = [
      { name: 'web', image: 'my_image:<image_tag>', memory: 64 },
      { name: 'proxy', image: 'proxy:v-<image_tag>', memory: 64 },
    ]
    const result = await stage({ ...plain, taskDefinition: { family: 'web', containerDefinitions } }).deploy(digest)
    expect(result).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'BadArguments' } })
    expect(result.problem!.problems).toEqual([
      'Task/taskDefinition/containerDefinitions/1/image: proxy:v-<image_tag> has no place for a digest',
    ])
  })

  it('is refused for what a variable leaves behind that is not set', async () => {
    const { deploy } = stage(plain)
    for (const tag of ['undefined', 'null', 'NaN', '[object Object]']) {
      expect(await deploy(tag)).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'BadArguments' } })
    }
  })
})

describe('rollback --to', () => {
  it.each([digest, 'v1', `v1@${digest}`])('finds a revision by %s', async (to) => {
    const { deploy, rollback, runs } = stage(plain)
    await deploy(`v1@${digest}`)
    await deploy('v2')
    expect(await rollback({ to })).toMatchObject({ exitCode: 0 })
    expect(runs('my_cluster/web')).toBe('web:2')
  })
})

it('rollback --to finds the newest where several have the tag', async () => {
  const { deploy, rollback, runs } = stage(plain)
  for (const tag of ['v1', 'v1', 'v2']) await deploy(tag)
  expect(await rollback({ to: 'v1' })).toMatchObject({ exitCode: 0 })
  expect(runs('my_cluster/web')).toBe('web:3')
})

describe('service update', () => {
  it('says that an image without a tag is latest', async () => {
    const staged = running()
    const { exitCode, warnings } = await staged.update({ image: ['docker.repo.com/doorman'] })
    expect([exitCode, imageOf(staged, 'doorman:2')]).toEqual([0, 'docker.repo.com/doorman:latest'])
    expect(warnings).toEqual(['--image docker.repo.com/doorman names no tag; deploying latest'])
  })
})
