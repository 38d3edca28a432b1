// Every simple setting of a service goes all the way to ECS and back, and a change of it takes what the table says.
import { describe, expect, it } from 'vitest'
import { serviceKeys } from '../../src/cluster/file/keys/serviceKeys.ts'
import type { Key } from '../../src/cluster/file/shape.ts'
import { stackText } from '../../src/cluster/file/stackText.ts'
import { serviceSettings, simple } from '../../src/cluster/serviceSettings.ts'
import { importedAsStack } from '../../src/commands/import/stackFromImported.ts'
import { problemsOf } from './file/support.ts'
import { fileOf, type Keys } from './stacks.ts'
import { clusterStage } from './support.ts'

/** A service that has what a setting may need: a load balancer, a role. */
const file = (keys: Keys = {}): string =>
  fileOf({
    web: {
      image: 'web:v1',
      memory: 64,
      network_mode: 'bridge',
      ports: [8080],
      task_role_arn: 'arn:aws:iam::123456789012:role/task',
      elb: { type: 'public', ports: { public: 80, container: 8080 } },
      ...keys,
    },
  })

/** A value that the key allows and that is not the usual one. */
function unusual(key: Key, usual: unknown): string | number | boolean | undefined {
  const { shape } = key
  if (shape.is === 'flag') return !usual
  if (shape.is === 'whole') return shape.least === usual ? shape.least + 1 : shape.least
  return shape.is === 'text' ? shape.oneOf?.find((word) => word !== usual) : undefined
}

const cases = simple.map(({ member, key, usual }) => {
  const value = unusual(serviceKeys[key], usual)
  return { member, key, usual, value, line: `${key}: ${value}` }
})

/** What a change of a setting is called, by what it takes. */
const titles = {
  'in place': 'Change service web in my-cluster\n',
  deploys: 'Update service web in my-cluster\n',
  recreates: 'Delete service web',
}

/** A cluster that runs the file. */
async function running(text: string) {
  const stage = clusterStage()
  stage.given(text)
  await stage.deploy([text])
  return stage
}

describe.each(cases)('$key', ({ member, key, usual, value, line }) => {
  it('is created, described, and shows no changes', async () => {
    const stage = await running(file({ [key]: value }))
    expect(stage.region().services['my-cluster/web']!.service).toMatchObject({ [member]: value })
    const text = stackText(await stage.describe())
    expect(text).toContain(`${line}\n`)
    expect(await stage.diff(text)).toEqual([])
    expect((await stage.warned(text)).filter((warning) => warning.endsWith('it stays.'))).toEqual([])
  })

  it('is left out of the file where nobody has set it', async () => {
    const stage = await running(file())
    expect(stackText(await stage.describe())).not.toContain(key)
  })

  it('is changed as the table says', async () => {
    const stage = await running(file())
    const title = titles[serviceSettings[member].change]
    const changed = (await stage.diff(file({ [key]: value }))).filter((one) =>
      one.includes(`${key}: ${usual} → ${value}`),
    )
    expect(changed).toEqual([expect.stringContaining(title)])
    const { result } = await stage.deploy([file({ [key]: value })], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.region().services['my-cluster/web']!.service).toMatchObject({ [member]: value })
    expect(await stage.diff(file({ [key]: value }))).toEqual([])
  })

  it('is no key of a task', () => {
    expect(problemsOf(`type: task\n${line}`)).toContainEqual(expect.stringContaining(`services/web/${key}: a task`))
  })

  it('is imported from the files of another tool', () => {
    const taskDefinition = { containerDefinitions: [{ name: 'web', image: 'web:v1', memory: 64 }] }
    const members = { taskDefinition, updateServices: [{ service: 'web', [member]: value ?? '' }] }
    const { text } = importedAsStack({ name: 'web', about: [], members, variables: new Map(), warnings: [] })
    expect(text).toContain(`\n      ${line}\n`)
    expect(text).not.toContain(member)
  })
})
